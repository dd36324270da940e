"""Items: written down in the one way of RFC 8785."""

import json

import jsonschema
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file

from dateline.stories import actions, items
from dateline.stories.models import Picture, PublishedItem, Topic

text = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)
values = st.recursive(
    text | st.integers(-(2**53) + 1, 2**53 - 1), lambda inner: st.lists(inner) | st.dictionaries(names, inner)
)


@given(st.dictionaries(names, values))
def test_an_item_is_written_as_the_rfc_says(item):
    assert items.canonical(item).encode() == rfc8785.dumps(item)


@pytest.mark.django_db
def test_every_item_is_as_the_standard_says_and_points_to_what_is_out(data_folder, draft, published):
    out, inside = published("The bridge opens"), draft("The budget is a secret")
    story = published(
        "Mayor resigns",
        body=["One.", {"type": "related", "value": inside.pk}, {"type": "related", "value": out.pk}],
        lead_image=Picture.objects.create(title="The bridge", file=get_test_image_file()),
        lead_alt="The bridge", lead_caption="On Monday", lead_credit="Ana", kicker="City", summary="He has gone.",
        byline="Rana Okafor", editors_note="We asked him.", slugline="MAYOR/GONE", original_publisher="Another",
        topics=[Topic.objects.create(slug="cities", name="Cities")],
    )  # fmt: skip
    actions.kill(story, note="Forged.")
    schema = json.loads((data_folder / "iptc/schemas-ninjs/ninjs-schema_2.2.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    written = [json.loads(row.json) for row in PublishedItem.objects.order_by("pk")]
    assert [error.message for item in written for error in checker.iter_errors(item)] == []
    assert [each["uri"] for each in written[1]["associations"][1:]] == [written[0]["uri"]]
    assert items.related(written[1]) == [inside.pk, out.pk]

"""ninjs in, whichever line of the standard it is of."""

import json

import pytest

from dateline.iptc import ninjs


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "u", "pubstatus": "usable", "headline": "H", "body_html": "<p>B</p>", "located": "Oslo"},
        {"uri": "u", "pubstatus": "usable", "headlines": [{"role": "main", "value": "H"}],
         "bodies": [{"contenttype": "text/html", "value": "<p>B</p>"}], "located": "Oslo"},
        {"uri": "u", "pubStatus": "usable", "headlines": [{"value": "H"}],
         "bodies": [{"contentType": "text/html", "value": "<p>B</p>"}], "located": "Oslo"},
    ],
)  # fmt: skip
def test_the_three_lines_say_the_same(item):
    read = ninjs.parse(item)
    assert (read.headline, read.body_html, read.located, read.pubstatus) == ("H", "<p>B</p>", "Oslo", "usable")


@pytest.mark.parametrize(("member", "value"), [("urgency", "high"), ("headline", ["H"]), ("subjects", "x")])
def test_a_member_of_the_wrong_type_is_named(member, value):
    with pytest.raises(ValueError, match=member):
        ninjs.parse({"uri": "u", "pubstatus": "usable", member: value})


def test_an_object_with_an_address_alone_is_no_item():
    assert not ninjs.is_ninjs({"uri": "u", "title": "T"})


def test_the_standards_own_examples_are_read(data_folder):
    good = sorted((data_folder / "iptc/ninjs-validation-suite").glob("*/should_pass/*.json"))
    assert good
    for path in good:
        value = json.loads(path.read_text("utf-8"))
        if isinstance(value, dict) and "uri" in value:
            assert ninjs.parse(value).uri == str(value["uri"]).strip()

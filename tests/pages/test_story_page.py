"""A story's page, as readers and machines find it."""

import json
import re

import pytest
from wagtail.images.tests.utils import get_test_image_file

from dateline.stories import actions
from dateline.stories.models import Picture, Section, Topic
from dateline.stories.models.publications import CORRECTIONS_KEPT

pytestmark = pytest.mark.django_db


def data_of(response):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)[1])


@pytest.mark.parametrize("path", ["/news/{id}/", "/news/{id}/another-slug/", "/ar/news/{id}/mayor-resigns/"])
def test_every_other_address_of_a_story_leads_to_its_own(client, published, path):
    story = published("Mayor resigns")
    response = client.get(path.format(id=story.pk))
    assert (response.status_code, response["Location"]) == (301, f"/news/{story.pk}/mayor-resigns/")


def test_the_dateline_runs_into_the_first_paragraph(client, published):
    story = published(place="Baghdad", body=["The mayor resigned."])
    assert (
        '<p><span class="dateline">BAGHDAD (Dispatches) -</span> The mayor resigned.</p>'
        in client.get(story.get_absolute_url()).text
    )


def test_a_related_story_has_its_present_headline_and_none_once_killed(client, published):
    other = published("The bridge opens")
    story = published("Mayor resigns", body=["One.", {"type": "related", "value": other.pk}])
    assert "The bridge opens" in client.get(story.get_absolute_url()).text
    actions.kill(other, note="It has not.")
    assert "The bridge opens" not in client.get(story.get_absolute_url()).text


def test_machines_read_the_same_story(client, published):
    story = published('Mayor "resigns" </script><script>alert(1)</script>', byline="Rana Okafor\nTomás Ilić")
    data = data_of(client.get(story.get_absolute_url()))
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == story.headline
    assert [author["name"] for author in data["author"]] == ["Rana Okafor", "Tomás Ilić"]
    assert data["dateline"] == "BAGHDAD (Dispatches) -"


def test_translations_name_each_other(client, published):
    english = published("Mayor resigns")
    arabic = published("استقالة العمدة", language="ar", translation_key=english.translation_key)
    for story in (english, arabic):
        page = client.get(story.get_absolute_url()).text
        for other in (english, arabic):
            assert f'hreflang="{other.language}" href="http://127.0.0.1:8000{other.get_absolute_url()}"' in page
    assert '<article class="story" lang="ar" dir="rtl"' in client.get(arabic.get_absolute_url()).text


def test_the_history_shows_every_part_that_a_correction_changed(client, published, section):
    pictures = [
        Picture.objects.create(title=name, file=get_test_image_file(f"{name}.png")) for name in ("port", "ship")
    ]
    body = ["Read it <a href='https://old.example/'>here</a>."]
    story = published(
        byline="Rana Okafor", editors_note="We asked him.", lead_image=pictures[0], lead_alt="A port",
        lead_caption="The port", lead_credit="Ana", body=body,
    )  # fmt: skip
    for field, value in {
        "byline": "Tomás Ilić", "editors_note": "We asked her.", "lead_image": pictures[1], "lead_alt": "A ship",
        "lead_caption": "The ship", "lead_credit": "Ben", "place": "Basra",
        "section": Section.objects.create(slug="sport", name="Sport"),
    }.items():  # fmt: skip
        setattr(story, field, value)
    story.topics.set([Topic.objects.create(slug="ships", name="Ships")])
    story.body[0].value.source = '<p>Read it <a href="https://new.example/">here</a>.</p>'
    actions.correct(story, note="Much of it was wrong.")
    page = client.get(f"/news/{story.pk}/history/").text
    for gone in ("Rana Okafor", "him.", "A port", "The port", "Ana", "BAGHDAD ", "World", "[https://old.example/]."):
        assert re.search(rf"<del>[^<]*{re.escape(gone.split()[-1])}", page), gone
    for new in ("Tomás", "her.", "ship", "Ben", "BASRA", "Sport", "Ships", "[https://new.example/]."):
        assert re.search(rf"<ins>[^<]*{re.escape(new)}", page), new
    assert re.search(r"<del>port\.[^<]*webp</del><ins>ship\.[^<]*webp</ins>", page)
    assert '<p class="editors-note">We asked her.</p>' in client.get(story.get_absolute_url(), follow=True).text


def test_the_newest_corrections_stand_at_the_story_and_all_of_them_in_its_history(client, published):
    story = published("Mayor resigns")
    for number in range(2, CORRECTIONS_KEPT + 1):
        _correct(story, number)
    assert ">All corrections<" not in client.get(story.get_absolute_url()).text
    for number in range(CORRECTIONS_KEPT + 1, CORRECTIONS_KEPT + 5):
        _correct(story, number)
    page = client.get(story.get_absolute_url()).text
    assert "It was not 4." not in page
    assert page.count("It was not 5.") == 2  # where it is read, and in what search engines read
    assert f'href="/news/{story.pk}/history/">All corrections<' in page
    assert "It was not 2." in client.get(f"/news/{story.pk}/history/").text


def _correct(story, number):
    story.headline = f"Mayor resigns {number} times"
    actions.correct(story, note=f"It was not {number}.")


def test_an_old_version_is_kept_word_for_word_and_says_that_it_is_old(client, published):
    story = published("Mayor resigns")
    story.headline = "Mayor stays"
    actions.correct(story, note="He stays.")
    page = client.get(f"/news/{story.pk}/v/1/").text
    assert "Mayor resigns" in page
    assert "This is an old version" in page
    assert client.get(f"/news/{story.pk}/v/3/").status_code == 404


def test_a_killed_story_is_gone_everywhere_and_says_why(client, published):
    story = published("Mayor resigns")
    actions.kill(story, note="The mayor has not resigned.")
    for path in ("", "history/", "v/1/", "mayor-resigns/"):
        response = client.get(f"/news/{story.pk}/{path}")
        assert response.status_code == 410
        assert "The mayor has not resigned." in response.text
        assert "Mayor resigns" not in response.text
    assert json.loads(client.get(f"/news/{story.pk}.json").content)["pubstatus"] == "canceled"


@pytest.mark.parametrize("number", [0, 10**9, 2**62, 2**70])
def test_a_number_that_is_no_storys_is_not_found(client, db, number):
    for path in ("", "history/", "v/1/"):
        assert client.get(f"/news/{number}/{path}").status_code == 404
    assert client.get(f"/news/{number}.json").status_code == 404

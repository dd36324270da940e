"""What caches may keep."""

import pytest

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/ar/", "/section/world/", "/corrections/", "/search/?q=mayor", "/nothing-here/", "/colours.css"]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_may_be_kept_under_its_address_alone(client, published, path):
    published()
    response = client.get(path)
    assert response["Cache-Control"].startswith("public, max-age=")
    assert "stale-while-revalidate=10" in response["Cache-Control"]
    assert "stale-while-revalidate=60" in response["CDN-Cache-Control"]
    assert "Surrogate-Key" in response
    assert "Vary" not in response
    assert not response.cookies


def test_what_may_not_be_kept_says_why(client, db):
    response = client.get("/healthz")
    assert response["Cache-Control"] == "no-store"
    assert response["X-Not-Cached"]


def test_who_has_a_page_already_gets_304_until_it_changes(client, published):
    story = published("Mayor resigns")
    path = story.get_absolute_url()
    tag = client.get(path)["ETag"]
    assert not tag.startswith("W/")
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    from dateline.stories import actions

    story.headline = "Mayor stays"
    actions.correct(story, note="The mayor stays.")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_keys_name_the_story(client, published):
    story = published()
    assert f"story-{story.pk}" in client.get(story.get_absolute_url())["Surrogate-Key"].split()

"""What the desk keeps: its doors, its pictures, its versions."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from dateline.desk import throttle
from dateline.desk.models import FailedLogin
from dateline.stories import actions
from dateline.stories.models import Picture

pytestmark = pytest.mark.django_db


def log_in(password, address="192.0.2.7", name="editor"):
    sent = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("wagtailadmin_login"), sent)


def test_eight_wrong_passwords_shut_the_door_for_a_quarter_of_an_hour(people):
    for _ in range(throttle.FAILURES):
        assert log_in("wrong").status_code == 200
    refused = log_in("a long password")
    assert refused.status_code == 200
    assert "Too many wrong passwords" in refused.content.decode()
    assert log_in("a long password", address="198.51.100.1").status_code == 302, (
        "the editor elsewhere is not locked out"
    )
    assert log_in("a long password", name="chief").status_code == 302, "nor are others at that address"
    FailedLogin.objects.update(last_at=timezone.now() - throttle.LOCKED - timedelta(seconds=1))
    assert log_in("a long password").status_code == 302


def test_a_right_password_forgets_the_wrong_ones(people):
    for _ in range(throttle.FAILURES - 1):
        log_in("wrong")
    assert log_in("a long password").status_code == 302
    assert not FailedLogin.objects.exists()


def test_a_household_of_ipv6_is_one_address(people):
    for number in range(throttle.FAILURES):
        log_in("wrong", address=f"2001:db8::{number + 1:x}")
    assert log_in("a long password", address="2001:db8::ffff").status_code == 200


def test_the_desk_lets_no_inline_script_run_but_the_starts_of_its_widgets(people, draft):
    story = draft('</script><script>initDateChooser(alert("x"));</script>', owner=people["editor"].user)
    response = people["editor"].get(reverse("desk_story:edit", args=[story.pk]))
    policy = response["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe" not in scripts
    starts = re.findall(r"<script>(?:new )?\w+\([^<]*\);</script>", response.content.decode())
    assert len(starts) == len(scripts.split()) - 1
    assert response["Cache-Control"] == "no-store, private" or "private" in response["Cache-Control"]


def test_a_picture_that_is_not_published_is_at_no_address_that_can_be_guessed(people, client):
    picture = Picture.objects.create(title="Harbour", file=get_test_image_file("secretpic.png"))
    people["editor"].get(reverse("wagtailimages:index"))
    made = [rendition.url for rendition in picture.renditions.all()]
    assert made
    assert all(re.fullmatch(r"/media/images/secretpic\.\S+\.[\w-]{22}\.\w+", url) for url in made)
    assert client.get("/media/images/secretpic.max-165x165.png").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("reporter", 200), ("editor", 200), ("chief", 200), ("moderator", 404)])
def test_what_was_uploaded_is_for_those_who_work_with_pictures(people, role, status):
    picture = Picture.objects.create(title="Harbour", file=get_test_image_file("harbour.png"))
    assert people[role].get(picture.file.url).status_code == status


def test_the_picture_of_a_killed_story_is_named_nowhere(client, published):
    picture = Picture.objects.create(title="Harbour", file=get_test_image_file("harbour.png"))
    body = ["At the harbour.", {"type": "image", "value": {"image": picture.pk, "alt": "The harbour"}}]
    story = published(lead_image=picture, lead_alt="The harbour", body=body)
    file = story.current.picture["sizes"][0]["href"]
    assert file in client.get(story.get_absolute_url()).text
    actions.kill(story, note="It is another harbour.")
    places = ["/", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/rss.xml", "/section/world/", "/news-sitemap.xml"]
    places += [f"/news/{story.pk}{rest}" for rest in ("/mayor-resigns/", "/history/", "/v/1/", ".json")]
    for place in places:
        assert file not in client.get(place, follow=True).text, place


def test_a_call_that_is_not_plain_data_is_not_let_through(rf):
    from django.http import HttpResponse

    from dateline.desk.middleware import DeskPolicyMiddleware

    for line in ('initDateChooser(alert("x"));', 'alert("x");', 'initDateChooser("a");alert("b");'):
        page = HttpResponse(f"<script>{line}</script>")
        policy = DeskPolicyMiddleware(lambda request, page=page: page)(rf.get("/desk/"))["Content-Security-Policy"]
        assert "sha256" not in policy, line
    page = HttpResponse('<script>initDateChooser("id_date", {"format": "Y-m-d"});</script>')
    assert "sha256" in DeskPolicyMiddleware(lambda request: page)(rf.get("/desk/"))["Content-Security-Policy"]


def test_no_revision_is_purged(draft):
    story = draft("Mayor resigns")
    for number in range(3):
        story.headline = f"Mayor resigns {number}"
        story.save_revision()
    for options in ({}, {"days": 0}, {"non_pages": True}):
        with pytest.raises(CommandError, match="deletes no revision"):
            call_command("purge_revisions", **options)
    assert Revision.objects.filter(object_id=str(story.pk)).count() == 3


@pytest.fixture
def picture(people):
    return Picture.objects.create(
        title="The bridge", file=get_test_image_file(), uploaded_by_user=people["reporter"].user
    )


def pressed(client, picture):
    return client.post(reverse("wagtailimages:delete", args=[picture.pk]), follow=True).content.decode()


def test_a_picture_of_a_version_that_went_out_is_kept_for_ever(people, published, picture, editor):
    story = published("Mayor resigns", lead_image=picture, lead_alt="A bridge")
    story.lead_image = None
    story.save()
    actions.update(story, by=editor)
    for client in (people["reporter"], people["chief"]):
        assert "It is kept" in pressed(client, picture)
    operator = Client()
    operator.force_login(editor)
    assert "It is kept" in pressed(operator, picture)
    bulk = reverse("wagtail_bulk_action", args=["stories", "picture", "delete"])
    operator.post(f"{bulk}?id={picture.pk}")
    operator.post(reverse("wagtailimages:delete_multiple", args=[picture.pk]), HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_of_a_draft_is_kept_too(people, draft, picture):
    draft("Mayor resigns", body=[{"type": "image", "value": {"image": picture.pk, "alt": "A bridge"}}])
    assert "It is kept" in pressed(people["reporter"], picture)


def test_a_picture_that_nobody_used_is_deleted(people, picture):
    pressed(people["reporter"], picture)
    assert not Picture.objects.exists()


def test_a_published_picture_is_not_exchanged_under_its_name(people, published, picture):
    published("Mayor resigns", lead_image=picture, lead_alt="A bridge")
    name = picture.file.name
    url = reverse("wagtailimages:edit", args=[picture.pk])
    sent = {"title": "The bridge", "tags": "", "credit": "Agency", "collection": picture.collection_id}
    other = SimpleUploadedFile("other.png", get_test_image_file("other.png").file.getvalue(), "image/png")
    page = people["editor"].post(url, sent | {"file": other}).content.decode()
    assert "Upload the other one as a new picture" in page
    picture.refresh_from_db()
    assert picture.file.name == name
    people["editor"].post(url, sent)
    picture.refresh_from_db()
    assert picture.credit == "Agency"


def test_every_version_can_be_read_and_any_two_compared(people, published, editor):
    story = published("Mayor resigns", body=["He said <b>no</b> on Monday."])
    story.headline = "Mayor stays"
    actions.correct(story, by=editor, note="He stays.")
    actions.kill(story, by=editor, note="Forged & false.")
    reporter = people["reporter"]
    first = reporter.get(reverse("desk_version", args=[story.pk, 1])).content.decode()
    assert "<b>no</b>" in first
    page = reporter.get(reverse("desk_versions", args=[story.pk]), {"from": 1, "to": 2}).content.decode()
    assert "<del>resigns</del><ins>stays</ins>" in page
    assert "He stays." in page
    assert "Forged &amp; false." in page
    for asked in ({"from": 99, "to": "x"}, {"from": "²", "to": "-1"}, {"from": "9" * 30}):
        assert reporter.get(reverse("desk_versions", args=[story.pk]), asked).status_code == 200
    assert reporter.get(reverse("desk_version", args=[story.pk, 4])).status_code == 404


def test_a_correction_of_words_that_changed_meanwhile_is_looked_at_again(people, published):
    story = published("Mayor resigns")
    story.headline = "Mayor stays"
    seen = story.save_revision()
    story.headline = "Mayor is a fool"
    newest = story.save_revision()
    url = reverse("desk_correct", args=[story.pk])
    page = people["editor"].post(url, {"note": "He stays.", "revision": seen.pk}).content.decode()
    assert "changed meanwhile" in page
    assert f'value="{newest.pk}"' in page
    assert "He stays." in page
    people["editor"].post(url, {"note": "He stays.", "revision": newest.pk})
    assert story.publications.latest("version").kind == "correct"


def test_a_story_gets_the_language_it_is_written_in_and_keeps_it_once_it_is_out(people, draft, section, editor):
    from wagtail.models import Locale

    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    story = draft("العراق", owner=people["editor"].user)
    sent = {"headline": "العراق", "section": section.pk, "urgency": 5, "body-count": 0, "language": arabic.pk}
    url = reverse("desk_story:edit", args=[story.pk])
    people["editor"].post(url, sent | {"action-publish": "on"})
    assert story.__class__.objects.get(pk=story.pk).language == "ar"
    people["editor"].post(url, sent | {"language": Locale.objects.get(language_code="en").pk, "action-publish": "on"})
    assert story.__class__.objects.get(pk=story.pk).language == "ar"

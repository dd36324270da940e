"""Nobody writes under a name that readers would take for somebody else's."""

import pytest
from django.test import Client
from django.utils import timezone

from dateline.comments import actions
from dateline.comments.checks import names
from dateline.comments.models import Comment, Reader
from dateline.comments.readers import marks
from dateline.comments.threads import before
from tests.comments.doors import sign_in

pytestmark = pytest.mark.django_db
THE_NEWSROOMS = [
    "Stаff", "St4ff", "S t a f f", "Sta\u200bff", "Stafff", "ⓢⓣⓐⓕⓕ", "𝕾𝖙𝖆𝖋𝖋", "ＳＴＡＦＦ", "Mona · Stáff", "Moderator", "ModeratorOmar", "M0derator",
    "moderator_omar", "The Editor", "a.d.m.i.n", "Аdmіn", "Dispatches", "D1spatches", "Omar, Dispatches", "mod", "Rédaction", "La rédactrice",
    "Modérateur", "Redacción", "El moderador", "هيئة التحرير", "المشرف", "الـمـشـرف", "إدارة الموقع", "سردبیر", "تحريريه", "مدیر سایت",
]  # fmt: skip
ANYBODYS = [
    "Sana", "Staffan", "Falstaff", "Stafford", "Edith Orr", "Modesto", "Adm. Nelson", "Edi Torres", "Dispatch rider", "Anna 2", "برويز مشرف",
    "ليلى", "سارة المحمدي", "علیرضا ناظری", "Renée Redon", "山田", "Mod Squad",
]  # fmt: skip


def post(client, story, name, comment="A good report.", **options):
    return client.post(f"/news/{story.pk}/comments/", {"name": name, "comment": comment}, **options)


@pytest.mark.parametrize("name", THE_NEWSROOMS)
def test_no_guest_signs_as_the_newsroom_does(client, published, name):
    answer = post(client, published(), name)
    assert answer.status_code == 422
    assert "With this name you would be taken for the newsroom. Choose another name." in answer.text
    assert 'aria-describedby="write-name-error"' in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name", ANYBODYS)
def test_names_that_only_look_a_little_like_it_are_anybodys(client, published, name):
    assert post(client, published(), name).status_code == 303


@pytest.mark.parametrize("name", ["Sana ✓", "✅ Sana", "Sana ✔️"])
def test_no_name_carries_the_mark_of_one_that_was_checked(client, published, name):
    answer = post(client, published(), name)
    assert answer.status_code == 422
    assert "Leave it out." in answer.text


@pytest.fixture
def sana(published, moderator):
    """A signed-in reader whose comment is shown, and the story under which it stands."""
    story, client = published(), Client()
    reader = sign_in(client, name="Sana H.")
    post(client, story, "", "From me.", REMOTE_ADDR="198.51.100.1")
    actions.decide(Comment.objects.get().pk, "approved", by=moderator, was="held")
    return story, reader


@pytest.mark.parametrize("name", ["Sana H.", "sana h", "Sаna H.", "S a n a H", "5ana H."])
def test_a_guest_does_not_sign_as_a_signed_in_reader_of_the_thread(client, sana, name):
    story, _ = sana
    answer = post(client, story, name)
    assert answer.status_code == 422
    assert "Add something to the name, or sign in if it is yours." in answer.text
    assert 'aria-describedby="write-name-error"' in answer.text
    assert post(client, story, f"{name} from Basra").status_code == 303


def test_elsewhere_the_moderator_is_told(client, sana, published, moderator):
    other = published("Other")
    assert post(client, other, "Sana H.").status_code == 303
    assert "name" in Comment.objects.get(story_id=other.pk).concerns
    client.force_login(moderator)
    assert "a guest with the name of a signed-in reader" in client.get("/desk/comments/").text


def test_readers_and_moderators_see_who_signed_in(client, sana, moderator):
    story, _ = sana
    post(client, story, 'Guest <span class="signed-in">signed in</span>')
    actions.decide(Comment.objects.latest("pk").pk, "approved", by=moderator, was="held")
    text = client.get(f"/news/{story.pk}/comments/").text
    assert text.count('<span class="signed-in">signed in</span>') == 1
    assert '<bdi class="name">Sana H.</bdi> <span class="signed-in">signed in</span>' in text
    client.force_login(moderator)
    queue = client.get("/desk/comments/?state=approved").text
    assert ("This signed-in reader: 1 approved" in queue, "This guest: 1 approved" in queue) == (True, True)


def test_what_the_release_before_did_not_keep_is_worked_out(client, sana):
    story, reader = sana
    Reader.objects.filter(pk=reader.pk).update(looks=None)
    Comment.objects.update(signed_in=False)
    assert (marks.catch_up(), marks.catch_up()) == (1, 0)
    assert Comment.objects.get().signed_in
    assert post(client, story, "Sana H.").status_code == 422


def test_a_name_that_is_given_up_is_free(client, sana):
    story, reader = sana
    reader.name, reader.looks = "Another", names.looks("Another")
    reader.save()
    assert post(client, story, "Sana H.").status_code == 303


def test_a_namesake_and_a_guest_who_was_here_are_found_by_an_index(published, plans):
    story = published()
    seen = {"name": "Sana", "text": "Hello.", "at": timezone.now(), "address": "", "limited": False}
    found = plans(lambda: before.attempt(story.pk, None, **seen))
    assert [plan for plan in found if "reader_looks" in plan and "reader_guest_once" in plan], found

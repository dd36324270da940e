"""A newsroom as `dateline init` leaves it, before any test has touched it."""

from tests.homes import Home

GROUPS = """
from django.contrib.auth.models import Group
for group in Group.objects.all():
    print(group.name, *sorted(permission.codename for permission in group.permissions.all()))
"""


def test_each_role_may_do_its_work_in_a_new_newsroom(home: Home):
    may = {line.split()[0]: set(line.split()[1:]) for line in home.python(GROUPS).splitlines()}
    assert all("access_admin" in may[role] for role in ("Reporters", "Editors", "Chiefs", "Moderators"))
    assert "add_story" in may["Reporters"]
    assert "publish_story" not in may["Reporters"]
    assert {"publish_story", "correct_story", "lock_story", "unlock_story"} <= may["Editors"]
    assert "kill_story" not in may["Editors"]
    assert {"publish_story", "kill_story", "add_user"} <= may["Chiefs"]


def test_django_finds_nothing_wrong(home: Home):
    assert "no issues" in home.run("check").stdout


def test_no_command_reads_wagtails_api(home: Home):
    read = home.python("import sys; print(*sorted({'ninja', 'pydantic', 'wagtail.api.v3.api'} & sys.modules.keys()))")
    assert read.split() == []


def test_what_stood_in_for_wagtails_api_is_gone(home: Home):
    assert home.python("from wagtail.images.api.v3 import registry; print(registry.__spec__.name)").strip() == (
        "wagtail.images.api.v3.registry"
    )

"""Readers who write, and a moderator who decides."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from dateline.comments import actions
from dateline.stories.models import Current


@pytest.fixture
def moderator(db):
    """Somebody who may moderate, and nothing else: in the group Moderators, which may enter the desk."""
    user = User.objects.create_user("mona", "mona@newsroom.example", "a long password")
    group = Group.objects.get(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    user.groups.add(group)
    return user


@pytest.fixture
def write():
    """Write a comment: `write(story, "Well said.", name="Sana", address="192.0.2.7")`. It is held."""

    def make(story, text="Well said.", *, name="Sana", address="192.0.2.7", **options):
        current = Current.objects.get(pk=story.pk)
        return actions.accept(current, name=name, text=text, address=address, language=current.edition, **options)

    return make


@pytest.fixture
def approved(write, moderator):
    """Write one that a moderator approved."""

    def make(story, *args, **options):
        return actions.decide(write(story, *args, **options).pk, "approved", by=moderator, was="held")

    return make

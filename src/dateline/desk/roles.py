"""Who may do what. A role is a Django group; its permissions are set here, at each migration."""

from django.contrib.auth.models import Group, Permission, User

ROLES = {"reporter": "Reporters", "editor": "Editors", "chief": "Chiefs", "moderator": "Moderators"}

_DESK = ["wagtailadmin.access_admin"]
_WRITE = [*_DESK, "stories.add_story", "stories.change_story", "stories.view_story"]
_EDIT = [
    *_WRITE,
    *(f"stories.{deed}_story" for deed in ("publish", "correct", "lock", "unlock")),
    *(f"stories.{deed}_{thing}" for deed in ("add", "change", "view") for thing in ("section", "topic", "provider")),
    "comments.moderate_comment",
]
_LEAD = [*_EDIT, "stories.kill_story", "auth.add_user", "auth.change_user", "auth.view_user"]
PERMISSIONS = {
    "Reporters": _WRITE,
    "Editors": _EDIT,
    "Chiefs": _LEAD,
    "Moderators": [*_DESK, "comments.moderate_comment"],
}
USE_PICTURES = ("Reporters", "Editors", "Chiefs")
PICTURE_PERMISSIONS = ("add_image", "change_image", "choose_image")  # Wagtail asks them of a collection


def give(user: User, role: str) -> None:
    """Make `role` the one role of `user`. KeyError for a role that is none of ROLES."""
    user.groups.remove(*user.groups.filter(name__in=ROLES.values()))
    user.groups.add(Group.objects.get_or_create(name=ROLES[role])[0])


def role_of(user: User) -> str:
    """The user's role; "" for those without."""
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role, name in reversed(ROLES.items()) if name in names), "")


def grant() -> None:
    """Give each role's group its permissions, and no others. A permission whose room is not there yet is left out."""
    for name, wanted in PERMISSIONS.items():
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.set(filter(None, map(_permission, wanted)))


def _permission(name: str) -> Permission | None:
    app, codename = name.split(".")
    return Permission.objects.filter(content_type__app_label=app, codename=codename).first()

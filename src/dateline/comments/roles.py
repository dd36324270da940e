"""Who may moderate: the groups of the newsroom that do, by name."""

from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as global_apps
from django.contrib.auth.management import create_permissions

GROUPS = ("Moderators", "Editors", "Chiefs")
PERMISSION = "comments.moderate_comment"


def grant(sender: Any, using: str, apps: Apps = global_apps, **_: Any) -> None:
    """Let those groups moderate. After each migrate; whoever made the groups first, and however often it runs."""
    create_permissions(sender, verbosity=0, using=using, apps=apps)  # ours runs before Django's own
    codename = PERMISSION.partition(".")[2]
    permission = apps.get_model("auth", "Permission").objects.using(using).filter(codename=codename).first()
    if permission is None:  # migrated back to where there are no comments
        return
    for name in GROUPS:
        group, _new = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(permission)

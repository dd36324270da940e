"""What the desk needs to be there after each migration: roles, their permissions, and the approval workflow."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.db import transaction

from . import indexes, roles


def after_migrate(using: str = "default", plan: Any = None, **_: Any) -> None:
    """Idempotent. Permissions of rooms that migrate after the desk are made first, since roles name them."""
    if not apps.is_installed("wagtail.admin"):
        return
    for label in ("stories", "comments", "wagtailadmin", "wagtailimages", "auth"):
        config = apps.get_app_config(label)
        create_contenttypes(config, verbosity=0, using=using)
        create_permissions(config, verbosity=0, using=using)
    with transaction.atomic(using=using):
        indexes.ensure(using)
        roles.grant()
        _take_back_what_wagtail_gave()
        _let_them_use_pictures()
        _lay_out_approval()


def _take_back_what_wagtail_gave() -> None:
    """Wagtail makes groups named Editors and Moderators too, and lets them into pages, documents and pictures."""
    from wagtail.models import GroupCollectionPermission, GroupPagePermission

    groups = Group.objects.filter(name__in=roles.ROLES.values())
    GroupPagePermission.objects.filter(group__in=groups).delete()
    GroupCollectionPermission.objects.filter(group__in=groups).exclude(
        group__name__in=roles.USE_PICTURES, permission__codename__in=roles.PICTURE_PERMISSIONS
    ).delete()


def _let_them_use_pictures() -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    if root is None:
        return
    for group in Group.objects.filter(name__in=roles.USE_PICTURES):
        for name in roles.PICTURE_PERMISSIONS:
            permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=name)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _lay_out_approval() -> None:
    """A reporter's story is approved by an editor or a chief, then goes out."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

    from dateline.stories.models import Story

    kind = ContentType.objects.get_for_model(Story)
    if WorkflowContentType.objects.filter(content_type=kind).exists():
        return
    task = GroupApprovalTask.objects.create(name="Approval by an editor")
    task.groups.set(Group.objects.filter(name__in=("Editors", "Chiefs")))
    workflow = Workflow.objects.create(name="Editor's approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=kind, workflow=workflow)

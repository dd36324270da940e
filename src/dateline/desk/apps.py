import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.snippets.apps import WagtailSnippetsAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class DeskConfig(AppConfig):
    name = "dateline.desk"
    default = True

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import published

        from dateline.stories.models import Story

        from . import furniture, permissions, schedule

        register_permission_policy(Story, permissions.StoryPolicy(Story))  # before anything asks for Wagtail's own

        published.connect(schedule.forget)

        # After the last app: by then every permission is there that a role may name.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(furniture.after_migrate, sender=last)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users, with our screens of them: in INSTALLED_APPS in place of wagtail.users."""

    default = False
    user_viewset = "dateline.desk.people.PeopleScreens"


class WithoutAPI(AppConfig):
    """Gets an application of Wagtail's ready without its part of Wagtail's API (`wagtail.api.v3`).

    Wagtail 8 has three of them give their part even where the API is not installed. To read it, with django-ninja and
    pydantic under it, took each command 1.4 s of its 2.6 s of processor time.
    """

    default = False

    def ready(self) -> None:
        with _no_api(self.name):
            super().ready()


class SnippetsConfig(WithoutAPI, WagtailSnippetsAppConfig):
    """In INSTALLED_APPS in place of wagtail.snippets."""


class ImagesConfig(WithoutAPI, WagtailImagesAppConfig):
    """In INSTALLED_APPS in place of wagtail.images."""


class DocumentsConfig(WithoutAPI, WagtailDocsAppConfig):
    """In INSTALLED_APPS in place of wagtail.documents."""


class _Nothing(ModuleType):
    """Whatever is asked of it is there, and does nothing when it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments: object) -> None:
        pass


@contextmanager
def _no_api(application: str) -> Iterator[None]:
    """Within it, importing the API's part of an application reads nothing."""
    part = f"{application}.api.v3"
    absent = {"wagtail.api.v3.api", part, f"{part}.registry", f"{part}.router"} - sys.modules.keys()
    sys.modules.update({name: _Nothing(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]

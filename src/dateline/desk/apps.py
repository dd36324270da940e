from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "dateline.desk"

    def ready(self) -> None:
        from . import furniture

        # Not for the desk itself: Django tells nothing to an app that has no models.
        post_migrate.connect(furniture.after_migrate, sender=apps.get_app_config("stories"))

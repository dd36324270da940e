from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "dateline.desk"

    def ready(self) -> None:
        from . import furniture

        post_migrate.connect(furniture.after_migrate, sender=self)

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class DeskConfig(AppConfig):
    name = "dateline.desk"

    def ready(self) -> None:
        from . import furniture

        # After the last app: by then every permission is there that a role may name. Not for the desk itself, since
        # Django tells nothing to an app that has no models.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(furniture.after_migrate, sender=last)

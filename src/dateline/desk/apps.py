from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class DeskConfig(AppConfig):
    name = "dateline.desk"
    default = True

    def ready(self) -> None:
        from wagtail.signals import published

        from . import furniture, schedule

        published.connect(schedule.forget)

        # After the last app: by then every permission is there that a role may name.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(furniture.after_migrate, sender=last)


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users, with our screens of them: in INSTALLED_APPS in place of wagtail.users."""

    default = False
    user_viewset = "dateline.desk.people.PeopleScreens"

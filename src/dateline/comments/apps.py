from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommentsConfig(AppConfig):
    name = "dateline.comments"

    def ready(self) -> None:
        from .roles import grant

        post_migrate.connect(grant, sender=self, dispatch_uid="dateline.comments.roles")

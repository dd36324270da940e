from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "dateline.edge"
    label = "edge"

    def ready(self) -> None:
        from . import purging

        purging.follow_the_taxonomy()

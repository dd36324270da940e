from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "dateline.pages"

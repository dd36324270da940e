"""Every address, in order."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("wagtail.admin.urls")),
]

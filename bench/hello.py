"""Django's smallest view, behind no middleware: what a request costs that shows nothing. The others stand beside it."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world.")


urlpatterns = [path("", hello)]


class HelloRequest(WSGIRequest):
    urlconf = __name__


with override_settings(MIDDLEWARE=[]):
    application = WSGIHandler()
application.request_class = HelloRequest

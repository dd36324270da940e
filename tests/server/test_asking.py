"""What a client sends, as the application reads it."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest

from dateline.server import asking

pytestmark = pytest.mark.django_db


def test_letters_that_were_not_escaped_are_read_as_they_were_meant():
    headers = [("cookie", "name=بغداد"), ("user-agent", "متصفح")]
    asked = asking.environ("GET", "/search/", "q=بغداد&before=٩", headers=headers)
    request = WSGIRequest(asked | {"wsgi.input": io.BytesIO()})
    assert (request.GET["q"], request.GET["before"]) == ("بغداد", "٩")
    assert request.COOKIES == {"name": "بغداد"}
    assert all(ord(letter) < 256 for value in asked.values() if isinstance(value, str) for letter in value)


@pytest.mark.parametrize("host", ["[::1", "a:b:c", "a:99999999", ":", "\udcff"])
def test_a_host_that_is_none_breaks_nothing(host):
    assert asking.environ("GET", "/", headers=[("host", host)])["HTTP_HOST"]

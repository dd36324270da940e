"""Whose address counts, where a proxy stands before the site."""

import dataclasses

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dateline.comments.threads import addresses
from dateline.server.proxies import ProxyMiddleware
from tests.homes import Newsroom

LOCAL = "127.0.0.1"


def asker(set_to, proxies, peer, said=None):
    """Whose address a comment would be counted under."""
    set_to.DATELINE = dataclasses.replace(settings.DATELINE, proxies=proxies)
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = peer
    if said is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = said
    found = []
    ProxyMiddleware(lambda request: found.append(addresses.of(request)) or HttpResponse())(request)
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "peer", "said", "counts"),
    [
        pytest.param([], "192.0.2.9", "198.51.100.1", "192.0.2.9", id="no proxy: a header is a lie"),
        pytest.param([LOCAL], "192.0.2.9", "198.51.100.1", "192.0.2.9", id="asked beside the proxy: a lie, too"),
        pytest.param([LOCAL], LOCAL, "198.51.100.1", "198.51.100.1", id="the proxy says it"),
        pytest.param([LOCAL], LOCAL, "6.6.6.6, 198.51.100.1", "198.51.100.1", id="what stands before may be forged"),
        pytest.param([LOCAL, "10.0.0.0/8"], LOCAL, "6.6.6.6,198.51.100.1,10.1.2.3", "198.51.100.1", id="two of ours"),
        pytest.param([LOCAL], LOCAL, None, LOCAL, id="a proxy that says nothing"),
        pytest.param([LOCAL], LOCAL, "198.51.100.1, <script>", LOCAL, id="no address ends it"),
        pytest.param([LOCAL], LOCAL, "", LOCAL, id="an empty header"),
        pytest.param([LOCAL], LOCAL, "198.51.100.1:5555", "198.51.100.1", id="with a port"),
        pytest.param([LOCAL], LOCAL, "[2001:db8::1]:443", "2001:db8::1", id="IPv6 with a port"),
        pytest.param(["::1"], "::1", "::ffff:198.51.100.1", "198.51.100.1", id="IPv4 in IPv6"),
        pytest.param(["1"], "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1", id="one, by number"),
        pytest.param(["2"], "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.9.9.9", "198.51.100.1", id="two, by number"),
        pytest.param(["2"], "10.0.0.1", "198.51.100.1", "198.51.100.1", id="fewer than the number"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(settings, proxies, peer, said, counts):
    assert asker(settings, proxies, peer, said) == counts


@pytest.mark.parametrize("proxies", [["nginx"], ["10.0.0.1/8"], ["1", "2.3.4.5/33"]])
def test_a_setting_that_names_no_network_is_refused_with_the_cure(settings, proxies):
    with pytest.raises(ValueError, match="DATELINE_PROXIES must be a number, or networks"):
        asker(settings, proxies, LOCAL)


@pytest.mark.server
def test_behind_a_proxy_each_reader_has_limits_of_his_own_and_nobody_lies_himself_out_of_them(make_home):
    newsroom = make_home(kind=Newsroom, DATELINE_PROXIES=LOCAL)
    newsroom.serve("--workers", "1")

    def ask_for_a_link(number, forwarded):
        form = f"email=reader{number}%40readers.example".encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": forwarded}
        return newsroom.ask("POST", "/readers/", data=form, headers=headers).status

    assert [ask_for_a_link(number, f"9.9.9.{number}, 8.8.8.8") for number in range(11)] == [303] * 10 + [429]
    assert ask_for_a_link(11, "8.8.4.4") == 303

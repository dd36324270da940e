"""Addresses are kept as keyed hashes that rotate, and in no other way."""

from datetime import UTC, datetime

import pytest

from dateline.comments.models import Comment, Reader
from dateline.comments.threads import addresses

NOVEMBER, DECEMBER = (datetime(2026, month, 30, 23, 59, tzinfo=UTC) for month in (11, 12))


def test_an_address_is_known_again_within_a_month_and_not_after():
    assert addresses.keyed("192.0.2.7", NOVEMBER) == addresses.keyed("192.0.2.7", NOVEMBER.replace(day=1))
    assert addresses.keyed("192.0.2.7", NOVEMBER) != addresses.keyed("192.0.2.8", NOVEMBER)
    assert addresses.keyed("192.0.2.7", NOVEMBER) != addresses.keyed("192.0.2.7", DECEMBER)


def test_nobody_without_the_secret_key_can_make_the_hash(settings):
    before = addresses.keyed("192.0.2.7", NOVEMBER)
    settings.SECRET_KEY = "another"
    assert addresses.keyed("192.0.2.7", NOVEMBER) != before


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.7", "192.0.2.7", True),
])  # fmt: skip
def test_a_household_of_ipv6_is_one(one, other, same):
    assert (addresses.keyed(one, NOVEMBER) == addresses.keyed(other, NOVEMBER)) is same


@pytest.mark.parametrize("nothing", ["", "unix:", "999.1.1.1", "fe80::1%eth0\x00"])
def test_what_is_no_address_has_no_hash(nothing):
    assert addresses.keyed(nothing, NOVEMBER) in ("", addresses.keyed("fe80::1", NOVEMBER))


def test_parts_of_a_secret_cannot_run_into_each_other():
    assert addresses.secret("ab", "c") != addresses.secret("a", "bc")


@pytest.mark.django_db
def test_no_row_holds_the_address(client, published):
    client.post(f"/news/{published().pk}/comments/", {"comment": "Well said."}, REMOTE_ADDR="192.0.2.77")
    for row in (*Comment.objects.values(), *Reader.objects.values()):
        assert "192.0.2.77" not in str(row)

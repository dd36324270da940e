"""Addresses are kept as keyed hashes that rotate, and in no other way."""

from datetime import UTC, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dateline.comments.models import AddressKey, Comment, Reader
from dateline.comments.threads import address_keys, addresses

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEGUN = NOW.astimezone(UTC).replace(day=1, hour=0, minute=0)
NEXT = BEGUN + timedelta(days=32)
LAST = BEGUN - timedelta(days=2)


@pytest.fixture(autouse=True)
def _a_process_that_knows_no_key():
    address_keys.known.clear()


def test_an_address_is_known_again_within_a_month_and_not_after():
    assert addresses.keyed("192.0.2.7", NOW) == addresses.keyed("192.0.2.7", BEGUN)
    assert addresses.keyed("192.0.2.7", NOW) != addresses.keyed("192.0.2.8", NOW)
    assert addresses.keyed("192.0.2.7", NOW) != addresses.keyed("192.0.2.7", NEXT)


def test_nobody_without_the_secret_key_or_the_months_can_make_the_hash(settings):
    before = addresses.keyed("192.0.2.7", NOW)
    AddressKey.objects.update(key="another")
    assert addresses.keyed("192.0.2.7", NOW) != before
    settings.SECRET_KEY = "another"
    assert addresses.keyed("192.0.2.7", NOW) != before


def test_a_months_key_is_destroyed_when_it_is_over_and_made_no_second_time():
    AddressKey.objects.create(month=f"{LAST:%Y-%m}", key="the key of last month")
    kept = addresses.keyed("192.0.2.7", NOW)
    assert addresses.keyed("192.0.2.7", LAST)
    assert address_keys.forget() == (1 if NOW - BEGUN > address_keys.KEPT_AFTER else 0)
    AddressKey.objects.filter(month=f"{LAST:%Y-%m}").delete()
    assert addresses.keyed("192.0.2.7", LAST) == ""
    assert addresses.keyed("192.0.2.7", NOW) == kept
    assert AddressKey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_asks_once_a_month_and_knows_nothing_that_was_never_committed():
    with pytest.raises(KeyError), transaction.atomic():
        addresses.keyed("192.0.2.7", NOW)
        raise KeyError
    assert not AddressKey.objects.exists()
    first = addresses.keyed("192.0.2.7", NOW)
    with CaptureQueriesContext(connection) as queries:
        assert addresses.keyed("192.0.2.7", NOW) == first
    assert len(queries) == 0
    address_keys.known.clear()  # another process
    assert addresses.keyed("192.0.2.7", NOW) == first


@pytest.mark.parametrize(("one", "other", "same"), [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
    ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ("::ffff:192.0.2.7", "192.0.2.7", True),
])  # fmt: skip
def test_a_household_of_ipv6_is_one(one, other, same):
    assert (addresses.keyed(one, NOW) == addresses.keyed(other, NOW)) is same


@pytest.mark.parametrize("nothing", ["", "unix:", "999.1.1.1", "fe80::1%eth0\x00"])
def test_what_is_no_address_has_no_hash(nothing):
    assert addresses.keyed(nothing, NOW) in ("", addresses.keyed("fe80::1", NOW))


def test_parts_of_a_secret_cannot_run_into_each_other():
    assert addresses.secret("ab", "c") != addresses.secret("a", "bc")


def test_a_secret_is_what_django_makes_of_it_and_changes_with_the_key(settings):
    before = addresses.secret("Sâna")
    assert before == salted_hmac("dateline.comments", "4:Sâna", algorithm="sha256").hexdigest()[:32]
    settings.SECRET_KEY = "another"
    assert addresses.secret("Sâna") != before


def test_no_row_holds_the_address(client, published):
    client.post(f"/news/{published().pk}/comments/", {"comment": "Well said."}, REMOTE_ADDR="192.0.2.77")
    for row in (*Comment.objects.values(), *Reader.objects.values()):
        assert "192.0.2.77" not in str(row)

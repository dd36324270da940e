"""The tests' own ground: real transactions on both databases, although the record refuses to be emptied."""

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale

from dateline.stories.models import Publication


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_with_real_transactions_begins_with_an_empty_record_that_refuses_changes(published, time):
    assert not Publication.objects.exists()
    assert Locale.objects.exists()
    published()
    assert not connection.in_atomic_block
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        Publication.objects.all()._raw_delete(using="default")
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_test_may_ask_for_the_database_by_its_fixture(transactional_db, published):
    published()
    assert Publication.objects.get().seq == 1

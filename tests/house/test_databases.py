"""The tests' own ground: real transactions on both databases, although the record refuses to be emptied."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from wagtail.models import Locale

from dateline.search import index
from dateline.search.find import find
from dateline.stories.models import Publication

pytestmark = pytest.mark.django_db


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


def test_a_test_that_comes_after_finds_what_migrations_made(published):
    """Whatever ran before it in this process: people, roles and kinds of things are there, and nobody's story."""
    published()
    assert Publication.objects.get().seq == 1
    assert Group.objects.filter(name="Editors").exists()
    assert ContentType.objects.get_for_model(Publication).pk == ContentType.objects.get(model="publication").pk


@pytest.mark.django_db(transaction=True)
def test_what_is_found_is_forgotten_with_the_story(published):
    published("Quokka seen in the harbour")
    index.catch_up()
    assert find("quokka").hits


@pytest.mark.django_db(transaction=True)
def test_and_the_next_finds_nothing_of_it():
    assert not find("quokka").hits
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM " + ("search_words" if connection.vendor == "sqlite" else "search_entry"))
        assert cursor.fetchone()[0] == 0

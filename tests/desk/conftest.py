"""The people of the desk, each signed in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from dateline.desk import furniture, roles


@pytest.fixture
def people(db):
    """A user for each role, and a browser that is signed in: `people["editor"].post(...)`."""
    furniture.after_migrate()

    def employ(role):
        user = User.objects.create_user(role, f"{role}@newsroom.example", "a long password", first_name=role.title())
        roles.give(user, role)
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return {role: employ(role) for role in roles.ROLES}

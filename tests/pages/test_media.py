"""Pictures: what was published is public and kept for ever, what lies in the drawer is not."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawer():
    """A published size of a picture, and the picture that an editor uploaded."""
    for folder in ("images", "original_images"):
        (settings.MEDIA_ROOT / folder).mkdir(parents=True, exist_ok=True)
        (settings.MEDIA_ROOT / folder / "harbour.webp").write_bytes(folder.encode())


def test_a_published_picture_may_be_kept_for_ever(client, drawer):
    response = client.get("/media/images/harbour.webp")
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in response


@pytest.mark.parametrize(
    "path",
    [
        "original_images/harbour.webp",
        "images/../original_images/harbour.webp",
        "images/%2e%2e/original_images/harbour.webp",
        "images/..%2foriginal_images/harbour.webp",
        "./original_images/harbour.webp",
        "/original_images/harbour.webp",
        "images/../../secret-key",
        "images/..%2f..%2fsecret-key",
        "images/",
        "images/harbour.webp%00",
    ],
)
def test_no_way_of_writing_an_address_opens_the_drawer(client, drawer, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_an_editor_sees_the_upload_and_no_cache_keeps_it(client, drawer, editor):
    client.force_login(editor)
    response = client.get("/media/original_images/harbour.webp")
    assert b"".join(response) == b"original_images"
    assert response["Cache-Control"] == "no-store"

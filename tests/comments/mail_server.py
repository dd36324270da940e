"""A mail server of our own on loopback: it takes mail, refuses it, or is not there."""

import asyncio
import warnings
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.homes import free_port


class Postbox:
    """Keeps what came, and answers a mailbox as `answers` says: `{"gone@d.example": "550 no such mailbox"}`."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.answers: dict[str, str] = {}
        self.slowly = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.slowly)
        self.came.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


def login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"news@room", b"p%ss")
    return AuthResult(success=right, handled=False)


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    """A mail server, and the settings that name it."""
    box = Postbox()
    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), authenticator=login, auth_require_tls=False, auth_required=True
    )
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # a password without TLS, on loopback
        controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 10
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "news@room", "p%ss"
    box.controller = controller
    yield box
    if controller.server is not None:
        controller.stop()

"""How a reader comes in, for the tests: by the link that was mailed to him."""

import re

from django.core import mail
from django.test import Client

from dateline.comments.mail import delivery
from dateline.comments.models import Reader


def link_mailed(to, *, prefix=""):
    """Ask for a link to `to`, and take it from the mail."""
    mail.outbox.clear()
    assert Client().post(f"{prefix}/readers/", {"email": to}).status_code == 303
    delivery.send_due()
    (sent,) = mail.outbox
    assert sent.to == [to.lower()]
    return re.search(r"https?://[^/]+(\S+/readers/enter/\S+|/readers/enter/\S+)", sent.body)[1]


def sign_in(client, to="sana@readers.example", *, name="Sana", prefix=""):
    """Sign `client` in, and return the reader."""
    link = link_mailed(to, prefix=prefix)
    answer = client.post(link, {"name": name})
    assert (answer.status_code, answer["Location"]) == (303, f"{prefix}/readers/me/")
    return Reader.objects.get(email=to.lower())

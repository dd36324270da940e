"""Readers sign in by a link that is mailed to them: no password to lose, and none to steal.

The link is signed, lives half an hour, and works once, when the button on its page is pressed: mail scanners open
links, and would use them up. Whether an address is known here cannot be found out by asking for one.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import languages

from ..checks import names
from ..mail import writing as mail
from ..models import Reader, SignIn
from ..refusals import TooOften
from ..threads import addresses

LIFE = timedelta(minutes=30)
KEPT = timedelta(days=1)
MAILBOX_OFTEN, MAILBOX_WITHIN = 3, timedelta(minutes=30)
ADDRESS_OFTEN, ADDRESS_WITHIN = 10, timedelta(minutes=30)
_SIGNER = signing.TimestampSigner(salt="dateline.comments.sign_in")


@transaction.atomic
def ask(email: str, *, language: str, address: str) -> None:
    """Mail a link to `email`, a valid address. Nothing tells whether it is known.

    At most three in half an hour to one mailbox: what comes beyond is answered alike, and not sent, so that nobody can
    be flooded from here. Refuses what comes too often from one address on the internet (TooOften).
    """
    email, now = email.lower(), timezone.now()
    keyed = addresses.keyed(address, now)
    SignIn.objects.filter(created_at__lt=now - KEPT).delete()
    if addresses.is_public(address) and _reaches(ADDRESS_OFTEN, address=keyed, created_at__gt=now - ADDRESS_WITHIN):
        raise TooOften(_("Many links were asked for from your address just now. Wait half an hour, then try again."))
    if _reaches(MAILBOX_OFTEN, email=email, created_at__gt=now - MAILBOX_WITHIN):
        return
    key = secrets.token_urlsafe(16)
    SignIn.objects.create(key=_kept(key), email=email, language=language, address=keyed, created_at=now)
    with translation.override(language):
        subject = _("Your link to %(agency)s") % {"agency": settings.DATELINE.agency}
    link = f"{settings.DATELINE.site_url}{languages.prefix(language)}/readers/enter/{_SIGNER.sign(key)}/"
    mail.put("mail_sign_in", to=email, subject=subject, language=language, until=now + LIFE, link=link)


def find(link: str) -> SignIn | None:
    """What a link is for; None where it is not ours, older than half an hour, or used."""
    try:
        key = _SIGNER.unsign(link, max_age=LIFE)
    except signing.BadSignature:
        return None
    return SignIn.objects.filter(key=_kept(key), used_at=None).first()


@transaction.atomic
def enter(link: str, *, name: str = "") -> Reader | None:
    """Use the link up, and return who signed in by it; None where somebody did already. `name` is a new reader's."""
    found, now = find(link), timezone.now()
    if not found or not SignIn.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
        return None
    reader, new = Reader.objects.get_or_create(
        email=found.email,
        defaults={"name": name, "looks": names.looks(name), "language": found.language, "confirmed_at": now},
    )
    if not new:
        reader.language, reader.name = found.language, reader.name or name
        reader.looks = names.looks(reader.name)
        reader.save(update_fields=["language", "name", "looks"])
    return reader


def is_known(found: SignIn) -> bool:
    """Whether who holds the link has a name here. To be told to him alone."""
    return Reader.objects.filter(email=found.email).exclude(name="").exists()


def _reaches(number: int, **those: object) -> bool:
    return len(SignIn.objects.filter(**those).values_list("pk")[:number]) == number


def _kept(key: str) -> str:
    return addresses.secret("sign-in", key)

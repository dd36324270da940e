"""Names that would pass for somebody else's: the newsroom's, or a signed-in reader's.

A name is compared as it looks (`disguises.name_words`): Stаff with a Cyrillic letter, St4ff, S t a f f and Stafff are
one name.
"""

import re
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from dateline.stories.prepared import prepared

from ..models import Comment, Reader
from ..refusals import NameTaken
from . import disguises
from .verdicts import Attempt, Note, Refuse, Verdict

# Who a newsroom's people are called in the languages of its editions: no guest's name holds one of these.
ROLES = (
    "staff", "moderator", "moderators", "admin", "admins", "administrator", "editor", "editors", "editorial", "newsroom",
    "news desk", "webmaster", "site team",
    "rédaction", "rédacteur", "rédactrice", "modérateur", "modératrice", "modération", "administrateur", "administratrice",
    "redacción", "redactor", "redactora", "moderador", "moderadora", "administrador", "administradora", "editora",
    "هيئة التحرير", "فريق التحرير", "رئيس التحرير", "المحرر", "المحررون", "المحررة", "المشرف", "المشرفة", "المشرفون", "الإدارة",
    "إدارة الموقع", "مدير الموقع",
    "تحریریه", "سردبیر", "ویراستار", "مدیر سایت", "مدیریت", "مدیریت سایت", "ناظر سایت",
)  # fmt: skip
# Those that are people's names as well: no guest has one alone.
ROLES_ALONE = ("mod", "mods", "official", "support", "مشرف", "محرر", "مدير", "ناظر", "دبیر", "oficial", "officiel")
MARKS = re.compile("[✓✔☑✅🗸🗹√⍻✪🎖🏅🛡®]")
NAMESAKES = 5  # readers of one name who are looked at


@lru_cache(maxsize=10_000)
def looks(name: str) -> str:
    """`name` as it looks: the same for all that nobody tells apart at a glance. "" where it has no letters."""
    return disguises.at_a_glance("".join(disguises.name_words(name)))[:80]


def is_the_newsrooms(name: str) -> bool:
    """Whether readers would take `name` for the newsroom's: it holds a role, the badge, or the agency's own name."""
    alone, roles = _roles(settings.DATELINE.agency)
    words = _in_a_row(name)
    return looks(name) in alone or any(role in words for role in roles)


def anothers_name(attempt: Attempt) -> Verdict:
    """A guest signs as a signed-in reader does. In a thread where that reader is read, nobody could tell them apart."""
    if attempt.reader.confirmed_at or not attempt.has_namesake:
        return None
    found = _namesakes(looks(attempt.name))
    here = Comment.objects.filter(reader__in=found, story_id=attempt.current.pk, state=Comment.State.APPROVED)
    if not here.exists():
        return Note(Comment.Concern.NAME)
    words = _("A signed-in reader is called “%(name)s” here. Add something to the name, or sign in if it is yours.")
    return Refuse(NameTaken(words % {"name": attempt.name}))


@prepared(str)
def _namesakes(looks: str) -> QuerySet[Reader]:
    return Reader.objects.filter(looks=looks, confirmed_at__isnull=False, approved__gt=0)[:NAMESAKES]


@lru_cache(maxsize=10_000)
def _in_a_row(name: str) -> str:
    """The words of a name as they look, a space around each."""
    return f" {' '.join(disguises.at_a_glance(word) for word in disguises.name_words(name))} "


@lru_cache(maxsize=4)
def _roles(agency: str) -> tuple[frozenset[str], list[str]]:
    """What no name may be, whatever stands between its words; and what none may hold, as words in a row."""
    badges = []
    for language in settings.EDITIONS:
        with translation.override(language):
            badges.append(str(_("Staff")))
    roles = [role for role in (*ROLES, *badges, agency) if _in_a_row(role).strip()]
    return frozenset(map(looks, (*ROLES_ALONE, *roles))), [_in_a_row(role) for role in roles]

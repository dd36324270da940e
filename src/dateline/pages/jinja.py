"""The environment of the public pages' templates."""

from datetime import datetime
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment

from dateline.stories import calendars, languages, pictures


def environment(**options) -> Environment:
    env: Any = Environment(  # noqa: S701  (Django's backend turns autoescape on)
        **options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals.update(static=cache(static), url=reverse, direction=languages.direction, absolute=pictures.absolute)
    env.globals.update(own_name=languages.own_name, parse_time=datetime.fromisoformat)
    env.filters.update(
        day=calendars.day,
        weekday=calendars.weekday,
        clock=calendars.clock,
        moment=calendars.moment,
        hijri=calendars.hijri,
        number=calendars.number,
    )
    return env

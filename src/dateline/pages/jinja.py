"""The environment of the public pages' templates.

A template is compiled once for each language, with the words of that language in it: `_("Search")` costs nothing when
a page is rendered, and melts into the HTML around it.
"""

from datetime import datetime
from functools import cache
from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from dateline.stories import calendars, languages, pictures

from . import cards


def environment(**options) -> "Environment":
    env: Any = Environment(  # Django's backend turns autoescape on
        **options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals.update(static=cache(static), url=reverse, direction=languages.direction, absolute=pictures.absolute)
    env.globals.update(card=cards.card, picture=cards.picture, stamp=cards.stamp)
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


class Environment(jinja2.Environment):
    """Gives each template in the language that is active. A template includes and imports others in its own."""

    language: str | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._by_language: dict[str, Environment] = {}

    def get_template(self, name: Any, *args: Any, **options: Any) -> jinja2.Template:
        if self.language or not (language := translation.get_language()):
            return super().get_template(name, *args, **options)
        return self._speaking(language).get_template(name, *args, **options)

    def _speaking(self, language: str) -> "Environment":
        if language not in self._by_language:
            other: Any = self.overlay()
            other.language = language
            self._by_language[language] = other
        return self._by_language[language]

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:  # Jinja's hook, before it compiles
        if self.language:
            with translation.override(self.language):
                source = _Translated().visit(source)
        return super()._generate(source, *args, **options)


class _Translated(NodeTransformer):
    """Puts what `_("...")` says in the language that is active in its place; as markup, where that is escaped."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(node.args[0], nodes.Const)):
            return node
        words = nodes.MarkSafeIfAutoescape(nodes.Const(translation.gettext(node.args[0].value)))
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(words, nodes.Dict(values), lineno=node.lineno)

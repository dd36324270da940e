"""The environment of the public pages' templates."""

from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment


def environment(**options) -> Environment:
    env = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)
    env.globals["static"] = static
    return env

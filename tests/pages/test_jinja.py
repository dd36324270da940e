"""Templates speak the language that is active, though each is compiled once for it."""

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import DictLoader

from dateline.pages.jinja import environment

TEMPLATES = {
    "page": "{{ _('Search') }} & {% include 'piece' %}",
    "piece": "{% from 'macros' import far with context %}{{ far() }}",
    "macros": "{% macro far() %}{{ _('Corrections') }}{% endmacro %}",
    "said": "{{ _('to %(name)s', name=name) }}",
    "plain": "{% autoescape false %}{{ _('to %(name)s', name=name) }}{% endautoescape %}",
    "given": "{{ _(words) }}",
}


@pytest.fixture
def say():
    templates = environment(autoescape=True, loader=DictLoader(TEMPLATES))

    def render(template, language, **values):
        with translation.override(language):
            return templates.get_template(template).render(**values)

    return render


def test_each_language_has_its_own_words_in_what_is_included_too(say):
    for language, search, corrections in (
        ("en", "Search", "Corrections"),
        ("fr", "Rechercher", "Rectifications"),
        ("ar", "بحث", "تصويبات"),
    ):
        assert say("page", language) == f"{search} & {corrections}", language
    assert say("page", "en") == "Search & Corrections"  # and stays at that


def test_what_is_put_into_words_is_escaped_where_the_template_is(say):
    assert say("said", "en", name="<b>") == "to &lt;b&gt;"
    assert say("plain", "en", name="<b>") == "to <b>"
    assert say("said", "ar", name="%s {} <b>").endswith("%s {} &lt;b&gt;")


def test_words_that_are_known_only_when_it_is_rendered_are_looked_up_then(say):
    assert [say("given", language, words="Search") for language in ("en", "ar")] == ["Search", "بحث"]


def test_without_a_language_the_words_stand_as_they_are_written(say):
    assert say("page", None) == "Search & Corrections"


def test_the_site_renders_with_it():
    assert type(engines["jinja2"].env).__module__ == environment.__module__

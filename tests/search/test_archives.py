"""Real archives in scripts that are typed in more than one way: every story is found by its own words."""

import csv
import json
import random
import re
import uuid
from html import escape

import pytest
from django.utils import timezone
from wagtail.models import Locale

from dateline.search import index
from dateline.search.find import find
from dateline.stories import bulk, folding
from dateline.stories.models import Section, Story

pytestmark = [pytest.mark.django_db, pytest.mark.data]

PERSIAN_AS_ARABS_TYPE = str.maketrans("یک۰۱۲۳۴۵۶۷۸۹", "يك٠١٢٣٤٥٦٧٨٩")
ARABIC_AS_PERSIANS_TYPE = str.maketrans("يكة", "یکه")
HARAKAT = "\u064e\u064f\u0650\u0651"


def persian(folder):
    for row in json.loads((folder / "persian-fars-news" / "fars-news-2.json").read_text("utf-8")):
        yield row["title"], "\n".join(row["paragraphs"])


def chinese(folder):
    lines = (folder / "chinese-cnews" / "cnews.val.txt").read_text("utf-8").splitlines()
    for line in lines:
        headline = line.split("\t")[-1]
        yield headline, headline


def hebrew(folder):
    with (folder / "hebrew-news-headlines" / "articles_final.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["headline"], row["snippet"]


def khmer(folder):
    for path in sorted((folder / "french-multilingual-press-2019" / "Khmer_KH").rglob("*")):
        if path.is_file():
            text = re.sub(r"<[^>]+>", " ", path.read_text("utf-8", "replace"))
            for paragraph in filter(None, map(str.strip, text.splitlines())):
                yield paragraph[:80], paragraph


def _retyped(text, how):
    return text.translate(how) if isinstance(how, dict) else how(text)


CASES = {
    "fa as it stands": ("fa", persian, str),
    "fa on an Arabic keyboard": ("fa", persian, PERSIAN_AS_ARABS_TYPE),
    "fa on a Persian keyboard": ("fa", persian, ARABIC_AS_PERSIANS_TYPE),
    "fa without ZWNJ": ("fa", persian, lambda text: text.replace("\u200c", " ")),
    "fa with vowel marks": ("fa", persian, lambda text: "".join(c + HARAKAT if c in "بتسن" else c for c in text)),
    "fa with tatweel": ("fa", persian, lambda text: text.replace("ب", "بـــ")),
    "zh as it stands": ("zh-hans", chinese, str),
    "he as it stands": ("he", hebrew, str),
    "km as it stands": ("km", khmer, str),
}


@pytest.mark.parametrize("case", CASES)
def test_a_story_is_found_by_a_run_of_its_words_however_typed(data_folder, case):
    language, read, how = CASES[case]
    rng = random.Random(case)
    rows = [(headline, text) for headline, text in read(data_folder / "newswire") if headline.strip() and text.strip()]
    rows = rng.sample(rows, min(150, len(rows)))
    stories = _publish(rows, language)
    index.catch_up()
    asked = 0
    for (_, text), story in zip(rows, stories, strict=True):
        run = _run(text, rng)
        if run:
            asked += 1
            for typed in (_retyped(run, how), f'"{_retyped(run, how)}"'):
                hits = find(typed, limit=100).hits
                if len(hits) == 100 and not typed.startswith('"'):
                    continue  # words that are everywhere
                assert story.pk in [hit.news_id for hit in hits], typed
                (hit,) = [hit for hit in hits if hit.news_id == story.pk]
                assert "<mark>" in hit.excerpt + hit.headline, typed
    assert asked > 20


def _publish(rows, language):
    locale = Locale.objects.get_or_create(language_code=language)[0]
    section = Section.objects.get_or_create(slug="world", defaults={"name": "World"})[0]
    stories = [
        Story(
            headline=headline,
            locale=locale,
            section=section,
            first_published_at=timezone.now(),
            body=json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": f"<p>{escape(text)}</p>"}]),
        )
        for headline, text in rows
    ]
    bulk.publish_many([(story, []) for story in stories])
    return stories


WORD = re.compile(r"[^\W\d_][\w\u200c\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u17b4-\u17d3]*")


def _run(text, rng):
    """Three whole words of a text as they stand in it; of a script without spaces, some characters."""
    words = text[:5_000].split()  # of one word, 256 places are kept
    runs = [words[n : n + 3] for n in range(len(words) - 2)]
    runs = [" ".join(run) for run in runs if all(map(WORD.fullmatch, run))]
    if not runs:
        runs = re.findall(f"[{folding.UNSPACED}]{{4,12}}", text)
    return rng.choice(runs)[:60] if runs else ""

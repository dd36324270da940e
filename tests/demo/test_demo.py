"""The sample newsroom: its day is on the site, in five languages, and what is still inside stays there."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from dateline import demo

pytestmark = pytest.mark.server
FILES = sorted((Path(demo.HERE) / "stories").glob("*/*.toml"))


def facts(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("prefix", ["/", "/ar/", "/fa/", "/fr/", "/es/"])
def test_each_edition_has_a_front_with_news_and_pictures(sample_newsroom, prefix):
    answer = sample_newsroom.get(prefix)
    assert answer.status == 200
    assert len(set(re.findall(r"/news/(\d+)/", answer.text))) >= 5
    assert "<img " in answer.text


def test_the_day_has_sixty_stories_with_corrections_a_kill_an_embargo_and_updates():
    kinds = [event["kind"] for path in FILES for event in facts(path).get("event", [])]
    assert len(FILES) >= 60
    assert len({facts(path)["section"] for path in FILES}) >= 8
    assert kinds.count("correct") >= 2
    assert kinds.count("kill") == 1
    assert kinds.count("update") >= 3
    assert sum("embargo" in facts(path) for path in FILES) == 1


def test_what_is_still_inside_is_on_no_front(sample_newsroom):
    inside = [facts(path)["headline"] for path in FILES if "published" not in facts(path)]
    assert inside
    site = "".join(
        sample_newsroom.get(f"{prefix}feeds/atom.xml").text for prefix in ("/", "/ar/", "/fa/", "/fr/", "/es/")
    )
    assert [headline for headline in inside if headline in site] == []


def test_the_killed_story_says_why_and_corrections_are_told(sample_newsroom):
    told = sample_newsroom.get("/corrections/").text
    killed = [
        news_id
        for news_id in re.findall(r"/news/(\d+)/", told)
        if sample_newsroom.get(f"/news/{news_id}/").status == 410
    ]
    assert len(set(killed)) == 1


def test_a_second_time_nothing_is_loaded_twice(sample_newsroom):
    count = "from dateline.stories.models import Publication; print(Publication.objects.count())"
    before = sample_newsroom.python(count)
    said = sample_newsroom.run("demo").stdout
    assert "nothing was loaded" in said
    assert sample_newsroom.python(count) == before


def test_every_item_of_the_day_is_as_the_standard_says_and_points_to_another(sample_newsroom, data_folder):
    read = "from dateline.stories.models import PublishedItem as P; print('\\n'.join(P.objects.values_list('json', flat=True)))"
    written = [json.loads(line) for line in sample_newsroom.python(read).splitlines() if line.startswith("{")]
    schema = json.loads((data_folder / "iptc/schemas-ninjs/ninjs-schema_2.2.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    assert len(written) >= 60
    assert [error.message for item in written for error in checker.iter_errors(item)] == []
    links = [each["uri"] for item in written for each in item.get("associations", ()) if "related" in each["name"]]
    assert links
    assert set(links) <= {item["uri"] for item in written}

"""The sample newsroom: enough to look at, and in every state that a newsroom knows."""

from collections import Counter

from dateline.demo import HERE, reading


def test_there_are_enough_stories_in_each_language_and_section():
    samples = list(reading.samples())
    assert len(samples) >= 60
    assert {"en", "ar", "fa", "fr", "es"} <= {sample.language for sample in samples}
    assert len({sample.facts["section"] for sample in samples}) >= 8


def test_the_day_has_corrections_a_kill_an_embargo_and_an_update_chain():
    samples = list(reading.samples())
    kinds = Counter(event["kind"] for sample in samples for event in sample.events)
    assert kinds["correct"] >= 3
    assert kinds["kill"] == 1
    assert [sample for sample in samples if sample.facts.get("embargo")]
    assert max(sum(event["kind"] == "update" for event in sample.events) for sample in samples) >= 4


def test_what_the_stories_name_is_there():
    newsroom = reading.newsroom()
    topics = {row["slug"] for row in newsroom["topic"]}
    samples = list(reading.samples())
    keys = {sample.key for sample in samples}
    for sample in samples:
        assert set(sample.facts.get("topics", [])) <= topics, sample.key
        assert sample.facts.get("translation_of", sample.key) in keys, sample.key
        for part in [sample.facts.get("lead_image"), *(part.get("image") for part in sample.facts["body"])]:
            assert part is None or (HERE / "pictures" / part["file"]).exists(), (sample.key, part)
            assert part is None or part["alt"], sample.key
    assert {row["story"] for row in reading.comments()} <= keys

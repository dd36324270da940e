"""Bad input is told, kept, and never stops its neighbours."""

import io
import json
import os
import signal
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest import formats, sources
from dateline.ingest.mapping import Mapper
from dateline.ingest.models import Quarantined
from dateline.ingest.taking import ASIDE
from dateline.stories.models import Story

from .test_formats import PAGES, REUTERS

pytestmark = pytest.mark.django_db


def lines(*rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


GOOD = {"title": "A good neighbour", "text": "It arrived."}


def arrived():
    return Story.objects.filter(headline="A good neighbour").exists()


def test_a_headline_that_nobody_can_see_is_none(take):
    take({"blank.jsonl": lines({"title": "\u200b\u2060", "text": "Nine ships came in on Monday. They left."})})
    story = Story.objects.get()
    assert story.headline == "Nine ships came in on Monday"
    assert "Working headline" in story.flag


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cut.jsonl", lines(GOOD) + '\n{"title": "Cut', "It is no JSON"),
        ("cut.json", json.dumps([GOOD]) [:-1] + ', {"title": "Cu', "cut off or is no JSON from here on"),
        ("bytes.jsonl", lines(GOOD).encode() + b'\n{"title": "\xff\xfe bad", "text": "x"}\n', "It is no JSON"),
        ("short.csv", "title,text\nA good neighbour,It arrived.\nonly one\n", "The row has 1 values where there are 2 columns."),
        ("quote.csv", 'title,text\nA good neighbour,It arrived.\n"never closed,x\n', "The row cannot be read"),
        ("bytes.csv", b"title,text\nA good neighbour,It arrived.\n" + b"x" * 5000 + b"\xff,y\n", "bytes that are no UTF-8"),
        ("empty.jsonl", lines(GOOD, {"title": "", "text": ""}), "neither a headline nor a text"),
        ("what.jsonl", lines(GOOD, {"colour": "red"}), "None of its members (colour) is a headline or a body"),
        ("list.jsonl", lines(GOOD) + "\n[1, 2]", "It is no object with named members."),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "31 February 2021"}), "is no date; write it as 2021-12-12 21:22"),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "yesterday"}), "is no date"),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "May"}), "is no whole date"),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "2999-01-01"}), "lies in the future"),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "1399-05-04", "lang": "en"}), "is in another calendar"),
        ("date.jsonl", lines(GOOD, {"title": "T", "date": "1400-13-04", "lang": "fa"}), "no day of the Jalali calendar"),
        ("id.jsonl", lines(GOOD, {"title": "T", "news_id": "seven"}), "its News ID 'seven' is no number"),
        ("lang.jsonl", lines(GOOD, {"title": "T", "lang": "xx-klingon"}), "is no language that Dateline knows"),
        ("blank.jsonl", lines(GOOD, {"title": "\u200b", "text": "\u3164"}), "has no headline that can be read"),
        ("big.jsonl", lines(GOOD, {"title": "T", "text": "a " * 3_000_000}), "more than 5,000,000 is no story"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_the_neighbours_arrive(take, name, content, message):
    outcome = take({name: content})
    assert message.lower() in outcome.text.lower()
    assert outcome.failed
    documents, imported, skipped, failed = outcome.counts
    assert (documents, failed) == (imported + skipped + failed, 1)
    assert arrived()
    assert Quarantined.objects.get().file.endswith(name)


def test_a_story_of_fifty_megabytes_is_refused_and_its_head_is_kept(take):
    outcome = take(
        {
            "big.sgm": REUTERS
            + '<REUTERS NEWID="50">'
            + "x" * 50_000_000
            + "</REUTERS>"
            + REUTERS.replace('NEWID="', 'NEWID="1')
        }
    )
    assert "no story" in outcome.text
    assert Story.objects.filter(pk__in=[7, 17]).count() == 2
    assert max(len(row.raw) for row in Quarantined.objects.all()) <= 1_000_000


def test_a_table_without_the_columns_says_how_to_name_them(take):
    outcome = take({"a.csv": "colour,size\nred,1\n"})
    assert "--map headline=COLUMN" in outcome.text
    assert "--map headline=1" in outcome.text


def test_a_document_that_is_cut_off_is_kept_and_those_before_it_arrive(take):
    outcome = take({"a.sgm": REUTERS[: REUTERS.index("ONLY A TITLE")]})
    assert "ends in the middle of this document" in outcome.text
    assert Story.objects.get().pk == 7


def test_a_cut_zip_says_that_nothing_was_taken_in(take):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.sgm", REUTERS)
    outcome = take({"cut.zip": file.getvalue()[:-40], "good.jsonl": lines(GOOD)})
    assert "nothing was taken in" in outcome.text
    assert "What could be read" not in outcome.text
    assert arrived()


def test_a_cut_tar_xz_gives_what_could_be_read(take, tmp_path):
    import lzma
    import tarfile

    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in (("a.sgm", REUTERS.encode()), ("b.bin", bytes(range(256)) * 4000)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    packed = lzma.compress(file.getvalue())
    outcome = take({"cut.tar.xz": packed[: len(packed) - 60]})
    assert "cut off or damaged" in outcome.text
    assert Story.objects.filter(pk=7).exists()


def test_a_zip_bomb_is_refused_by_its_size(take):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.jsonl", "w", force_zip64=True) as bomb,
    ):
        for _ in range(100):
            bomb.write(b" " * 1_000_000)
    outcome = take({"bomb.zip": file.getvalue(), "good.jsonl": lines(GOOD)})
    assert "that is no archive of stories" in outcome.text
    assert arrived()


def test_an_xml_bomb_is_not_opened(take):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outcome = take({"bomb.xml": bomb, "good.jsonl": lines(GOOD)})
    assert "No format takes it" in outcome.text
    assert arrived()


def test_the_same_number_with_other_words_is_refused(take):
    outcome = take({"a.txt": PAGES, "b.txt": PAGES.replace("opened the bridge on Sunday", "closed it on Sunday")})
    assert "News ID 41 already belongs to another story" in outcome.text
    assert "--news-ids assign" in outcome.text
    assert outcome.counts == (4, 2, 1, 1)


def test_control_characters_nuls_and_turns_without_an_end_are_dropped(take):
    take({"a.jsonl": lines({"title": "A\x00B\x07\u202ec", "text": "x\x00y\x1fz \\u0000"})})
    story = Story.objects.get()
    assert story.headline == "ABc"
    assert story.body.raw_data[0]["value"] == r"<p>xy z \u0000</p>"


def test_a_headline_of_ten_thousand_characters_is_kept(take):
    take({"a.jsonl": lines({"title": "word " * 2000, "text": "x"})})
    assert len(Story.objects.get().headline) == 9999


def test_a_windows_1256_archive_is_read_and_flagged(take):
    row = "title,text\nاجتماع المجلس في بغداد اليوم,اجتمع أعضاء المجلس في العاصمة اليوم لمناقشة الميزانية الجديدة للعام القادم\n"
    outcome = take({"a.csv": row.encode("cp1256")})
    assert not outcome.failed
    story = Story.objects.get()
    assert story.headline == "اجتماع المجلس في بغداد اليوم"
    assert "cp1256" in story.flag or "windows" in story.flag


def test_files_of_other_kinds_in_an_archive_are_passed_over_and_it_says_what_to_do(take):
    others = {"readme.md": "Hello, world.", "set.txt": "体育\t球队赢了\n财经\t股市上涨\n", "press.xml": "<?xml version='1.0'?><a/>",
              "x.bin": bytes(range(256)), "nothing": b""}  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {"a.sgm": REUTERS, **others}.items():
            archive.writestr(name, content)
    outcome = take({"a.zip": file.getvalue()})
    assert not outcome.failed
    assert "5 files of other kinds were passed over" in outcome.text
    for name, cure in (("readme.md", "News ID"), ("set.txt", "--format csv"), ("press.xml", "JSON or CSV"), ("x.bin", "neither text"),
                       ("nothing", "empty")):  # fmt: skip
        assert cure in next(line for line in outcome.text.splitlines() if f"{name} was passed over" in line)


def test_a_table_that_was_passed_over_is_taken_as_it_says(take):
    named = ("--format", "csv", "--map", "topics=1", "--map", "headline=2")
    assert take({"set.txt": "体育\t球队赢了\n财经\t股市上涨\n"}, *named).counts == (2, 2, 0, 0)
    assert Story.objects.get(headline="球队赢了").language == "zh-hans"


@pytest.mark.parametrize(("path", "message"), [("missing.sgm", "no such file"), ("empty.sgm", "It is empty")])
def test_a_path_that_cannot_be_read_says_so(take, tmp_path, path, message):
    import io as _io

    from django.core.management import CommandError, call_command

    if path.startswith("empty"):
        (tmp_path / path).touch()
    with pytest.raises(CommandError, match="1 documents failed"):
        call_command("import", str(tmp_path / path), stdout=_io.StringIO())
    assert message in Quarantined.objects.get().reason


def test_however_many_are_bad_each_is_kept_and_their_neighbours_arrive(take):
    bad = [{"title": f"T{number}", "date": "yesterday"} for number in range(2 * ASIDE + 3)]
    outcome = take({"a.jsonl": lines(GOOD, *bad)})
    assert outcome.counts == (len(bad) + 1, 1, 0, len(bad))
    assert {row.document for row in Quarantined.objects.all()} >= {json.dumps(row) for row in bad}


def test_an_import_whose_reader_was_ended_says_what_to_do(take, monkeypatch):
    monkeypatch.setattr(formats, "read", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))  # out of memory
    outcome = take({"a.jsonl": lines(GOOD)})
    assert outcome.failed
    assert "Say the same command again" in outcome.text


def test_a_second_import_keeps_the_bad_ones_once(take):
    for _ in range(2):
        take({"a.jsonl": lines(GOOD, {"title": "T", "date": "yesterday"})})
    assert Quarantined.objects.count() == 1


SAMPLES = [
    REUTERS.encode(),
    PAGES.encode(),
    lines(GOOD, GOOD).encode(),
    json.dumps([GOOD]).encode(),
    b"title,text\na,b\n",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SAMPLES),
    st.integers(0, 600),
    st.binary(max_size=40),
    st.sampled_from(["", *(f.name for f in formats.FORMATS if f.name != "xlsx")]),
)
def test_no_bytes_break_a_parser(sample, place, noise, name):
    place = min(place, len(sample))
    data = sample[:place] + noise + (sample[place + 7 :] if len(noise) % 2 else b"")
    source = sources.Source("noise", io.BufferedReader(io.BytesIO(data)), named=True)
    for record in formats.read(source, Mapper({}), name=name) or ():
        assert record.position

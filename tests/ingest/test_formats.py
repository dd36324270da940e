"""Each kind of archive, from its file to the story that readers get."""

import gzip
import io
import json
import lzma
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from dateline.stories import items
from dateline.stories.models import Current, Story

pytestmark = pytest.mark.django_db

REUTERS = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="1" NEWID="7">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>cocoa</D></TOPICS>
<PLACES><D>el-salvador</D><D>usa</D></PLACES>
<UNKNOWN> &#5;&#5;&#5;C T</UNKNOWN>
<TEXT>&#2;
<TITLE>COCOA &lt;CCO> RISES</TITLE>
<AUTHOR>    By Jane Roe, Reuters</AUTHOR>
<DATELINE>    NEW YORK, Feb 26 - </DATELINE><BODY>Showers continued in the
Bahia cocoa zone.
    The dry period means &lt;late> crops &amp; more.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" OLDID="2" NEWID="8">
<DATE> 2-MAR-1987 04:59:28.40</DATE><TOPICS></TOPICS><PLACES></PLACES>
<TEXT TYPE="BRIEF">&#2;
<TITLE>ONLY A TITLE</TITLE>
Blah blah blah.
&#3;</TEXT>
</REUTERS>
<REUTERS TOPICS="NO" OLDID="3" NEWID="9">
<DATE> 2-MAR-1987 04:59:28.40</DATE><TOPICS></TOPICS><PLACES></PLACES>
<TEXT TYPE="UNPROC">&#2;
Unprocessed.
&#3;</TEXT>
</REUTERS>
"""

PAGES = """News ID: 41
Publish Date : 12 December 2021 - 21:22
Prime minister opens the bridge
BAGHDAD (Dispatches) – The prime minister opened the bridge on Sunday.
It is the third across the river.
* Comment:
Name
Print

News ID: 42
Publish Date : 13 December 2021 - 09:05
ERBIL (Dispatches) – Rain closed the schools on Monday. They open again on Tuesday.
"""


def body(news_id):
    current = Current.objects.select_related("publication__item").get(pk=news_id)
    return items.value(items.read(current.publication.item.json), "bodies", "text")


def test_reuters_dispatches_keep_their_number_date_place_and_topics(take):
    outcome = take({"reut2-000.sgm": REUTERS})
    assert outcome.counts == (3, 2, 1, 0)
    assert not outcome.failed
    story = Story.objects.get(pk=7)
    assert story.headline == "COCOA <CCO> RISES"
    assert story.first_published_at == datetime(1987, 2, 26, 15, 1, 1, 790_000, UTC)
    assert (story.place, story.byline) == ("NEW YORK", "Jane Roe")
    assert body(7) == "Showers continued in the Bahia cocoa zone.\nThe dry period means <late> crops & more."
    assert {topic.name for topic in story.topics.all()} == {"cocoa", "el-salvador", "usa"}
    assert Current.objects.get(pk=7).dateline == "NEW YORK (Reuters) -"


def test_page_text_loses_its_furniture_and_gets_a_working_headline(take):
    assert take({"pages.txt": PAGES}).counts == (2, 2, 0, 0)
    first, second = Story.objects.get(pk=41), Story.objects.get(pk=42)
    assert (first.headline, first.place, first.credit, first.flag) == (
        "Prime minister opens the bridge", "BAGHDAD", "Dispatches", "",
    )  # fmt: skip
    assert body(41) == "The prime minister opened the bridge on Sunday.\nIt is the third across the river."
    assert first.first_published_at == datetime(2021, 12, 12, 21, 22, tzinfo=UTC)
    assert second.headline == "Rain closed the schools on Monday"
    assert "Working headline" in second.flag


ROWS = [
    {
        "id": "a1",
        "title": "First",
        "text": "One.\n\nTwo.",
        "date": "2024-05-01T10:00:00Z",
        "category": "Trade",
        "lang": "en",
    },
    {"id": "a2", "title": "كتاب", "text": "نص.", "date": "2024-05-02", "author": "ليلى"},
]


def _csv():
    return 'id,title,text,date,category,lang\na1,First,"One.\n\nTwo.",2024-05-01T10:00:00Z,Trade,en\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.jsonl", "\n".join(map(json.dumps, ROWS))),
        ("rows.json", json.dumps(ROWS)),
        ("rows.json", json.dumps({"articles": ROWS})),
        ("rows.csv", _csv()),
        ("rows.csv", ("\ufeff" + _csv()).encode("utf-16")),
    ],
)
def test_rows_become_stories_by_the_names_of_their_columns(take, name, content):
    assert not take({name: content}).failed
    story = Story.objects.get(source_id="a1")
    assert (story.headline, story.language) == ("First", "en")
    assert body(story.pk) == "One.\nTwo."
    assert [topic.name for topic in story.topics.all()] == ["Trade"]


def test_the_language_follows_from_the_script(take):
    take({"rows.json": json.dumps(ROWS)})
    assert Story.objects.get(source_id="a2").language == "ar"


def test_a_spreadsheet_is_read(take):
    book = Workbook()
    book.active.append(["Headline", "Text", "Source"])
    book.active.append(["Titular", "Cuerpo del texto.", "El Faro"])
    file = io.BytesIO()
    book.save(file)
    assert take({"hoja.xlsx": file.getvalue()}, "--language", "es").counts == (1, 1, 0, 0)
    assert Story.objects.get().original_publisher == "El Faro"


def test_documents_in_doc_tags_are_read(take):
    document = (
        "<DOC>\n<DOCNO>JA-1</DOCNO>\n<SRC>Jawhara</SRC>\n<CAT>culture</CAT>\n<TITLE>افتتاح المعرض &amp; المسرح</TITLE>\n"
        "<TIME>2017-02-20T10:26:00+01:00</TIME>\n<AUTHOR></AUTHOR>\n<TEXT>\nافتتح المعرض.\nحضر كثيرون.\n</TEXT>\n</DOC>\n"
    )
    outcome = take({"a.txt": document + document.replace("JA-1", "JA-2") + document[:60]})
    assert outcome.counts == (3, 2, 0, 1)
    assert "ends in the middle of this document" in outcome.text
    story = Story.objects.get(source_id="JA-1")
    assert (story.headline, story.language, story.original_publisher) == ("افتتاح المعرض & المسرح", "ar", "Jawhara")
    assert story.first_published_at == datetime(2017, 2, 20, 9, 26, tzinfo=UTC)
    assert body(story.pk) == "افتتح المعرض.\nحضر كثيرون."


def test_columns_can_be_named(take):
    take({"a.csv": "encabezado,parrafo\nHola,Texto\n"}, "--map", "headline=encabezado", "--map", "body=parrafo")
    assert Story.objects.get().headline == "Hola"


@pytest.mark.parametrize("pack", ["zip", "tar.xz", "gz", "zip in zip"])
def test_archives_are_read_in_place(take, pack):
    def zipped(name, content):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return file.getvalue()

    plain = REUTERS.encode()
    if pack == "zip":
        files = {"a.zip": zipped("deep/er/a.sgm", plain)}
    elif pack == "zip in zip":
        files = {"a.zip": zipped("inner.zip", zipped("a.sgm", plain))}
    elif pack == "gz":
        files = {"a.sgm.gz": gzip.compress(plain)}
    else:
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w") as archive:
            entry = tarfile.TarInfo("x/a.sgm")
            entry.size = len(plain)
            archive.addfile(entry, io.BytesIO(plain))
        files = {"a.tar.xz": lzma.compress(file.getvalue())}
    assert take(files).counts == (3, 2, 1, 0)


NINJS = [
    {"uri": "urn:1", "version": "1", "pubstatus": "usable", "headline": "One", "body_html": "<p>A <b>b</b>.</p><script>x</script><h2>H</h2><ul><li>i</li></ul>",
     "versioncreated": "2024-01-02T03:04:05Z", "located": "Oslo", "subject": [{"name": "Trade"}]},
    {"uri": "urn:2", "standard": {"name": "ninjs", "version": "2.2"}, "headlines": [{"role": "main", "value": "Two"}],
     "bodies": [{"role": "x", "contenttype": "text/plain", "value": "Text."}]},
    {"uri": "urn:3", "pubStatus": "usable", "headlines": [{"role": "main", "value": "Three"}],
     "bodies": [{"contentType": "text/html", "value": "<p>Text.</p>"}]},
    {"uri": "urn:4", "pubstatus": "canceled", "headline": "Four"},
    {"uri": "urn:5", "pubstatus": "usable", "headline": "Five", "embargoed": "2199-01-01T00:00:00Z", "body_text": "Secret."},
]  # fmt: skip


def test_ninjs_of_each_line_is_read(take):
    outcome = take({"items.json": json.dumps(NINJS)})
    assert outcome.counts == (5, 4, 0, 1)
    assert "urn:4 is canceled" in outcome.text
    assert [Story.objects.get(source_id=f"urn:{n}").headline for n in (1, 2, 3)] == ["One", "Two", "Three"]
    assert body(Story.objects.get(source_id="urn:1").pk) == "A b.\nH\ni"


def test_copy_under_embargo_stays_inside(take):
    take({"items.json": json.dumps(NINJS)})
    story = Story.objects.get(source_id="urn:5")
    assert story.state == "draft"
    assert not Current.objects.filter(pk=story.pk).exists()


def test_our_own_items_come_back_under_their_numbers(take, published):
    story = published("Mayor resigns")
    item = json.loads(Current.objects.get(pk=story.pk).publication.item.json)
    item["altids"][0]["value"] = "900"
    take({"items.jsonl": json.dumps(item)})
    assert Current.objects.get(pk=900).headline == "Mayor resigns"


def test_a_second_import_adds_nothing(take):
    files = {"a.sgm": REUTERS, "b.txt": PAGES, "c.json": json.dumps(ROWS)}
    assert take(files).counts == (7, 6, 1, 0)
    assert take(files).counts == (7, 0, 7, 0)
    assert Story.objects.count() == 6


def test_a_dry_run_writes_nothing(take):
    assert take({"a.sgm": REUTERS}, "--dry-run").counts == (3, 2, 1, 0)
    assert not Story.objects.exists()


def test_what_is_imported_is_found_at_once(take):
    from dateline.search.find import find

    take({"a.sgm": REUTERS})
    assert [hit.news_id for hit in find('"bahia cocoa zone"').hits] == [7]


def test_assigned_numbers_leave_the_archives_own_alone(take, published):
    published(news_id=41)
    assert take({"pages.txt": PAGES}, "--news-ids", "assign").counts == (2, 2, 0, 0)
    assert Story.objects.get(pk=41).headline == "Mayor resigns"


def test_a_table_without_names_is_read_by_the_places_of_its_columns(take):
    assert take({"a.csv": '3,First,"One."\n4,Second,"Two."\n'}, "--map", "headline=2", "--map", "body=3").counts[
        :2
    ] == (2, 2)
    assert {story.headline for story in Story.objects.all()} == {"First", "Second"}


def test_bare_numbers_of_two_files_are_not_one_story(take):
    assert take({"a.csv": "id,title\n1,First\n", "b.csv": "id,title\n1,Second\n"}).counts[:2] == (2, 2)

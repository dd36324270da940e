"""Words that the desk listed, however they are spelled; and words that only look like them."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.comments import refusals
from dateline.comments.checks import disguises, word_lists
from dateline.comments.models import Comment, WordList

KIND = word_lists.Kind
ENGLISH = [
    "you idiot", "IDIOT!", "1diot", "1d10t", "!diot", "i d i o t", "i.d.i.o.t", "i-d-i-o-t", "i_d_i_o_t", "i. d. i. o. t.",
    "idiooooot", "iidiot", "ídìôt", "i̶d̶i̶o̶t̶", "ｉｄｉｏｔ", "іdіоt", "ιdiοt", "𝓲𝓭𝓲𝓸𝓽", "🅸🅳🅸🅾🆃", "ⓘⓓⓘⓞⓣ", "🇮🇩🇮🇴🇹",
    "i\u200bd\u200bi\u200bo\u200bt", "id\u00adiot", "id\u2063iot", "id\u202eiot", "id/iot", "(idiot)", "“idiot”", "idiot…", "idiots",
    "f*ck", "f**k", "f u c k i n g", "fυck", "fuсk", "$hit", "sh1t", "5h!t", "a$$hole", "@sshole", "b itch", "SHUT   UP", "shut up!",
    "fvck", "ƒuck", "fцck", "f@ck", "f@cking", "f#ck", "fu ck", "fuc k", "shi t", "you\u200bidiot", "shutup", "s h u t u p",
]  # fmt: skip
ARABIC = [
    "يا كلب", "كــلــب", "ك ل ب", "ك.ل.ب", "كَلْبٌ", "ڪلب", "الكلب", "والكلاب", "ﻛﻠﺐ", "كلبببب", "ك\u200cل\u200cب", "ك\u200dل\u200dب",
    "حمـــار", "حُمار", "أغبياء", "اغبياء", "إغبياء", "أحمق", "احمق", "آحمق", "أحمـق", "يلعن ابوك", "ابن   الكَلب", "خنازیر", "كلب؟!",
    "غ بي", "حما ر", "خنز1ر", "ٮافه", "ت*فه", "غ\u200bبي",
]  # fmt: skip
PERSIAN = [
    "بی‌شعور",
    "بیشعور",
    "احـمـق",
    "احمق‌ها",
    "خفه شو",
    "خفه‌شو",
    "گـمشو",
    "آشغال",
    "اشغال",
    "كثافت",
    "الاغ!",
    "خفهشو",
    "خ ف ه ش و",
]
BANNED = {
    "en": [
        "kill yourself", "Kill  Yourself!", "k1ll y0urself", "k.y.s", "K Y S", "kіll yоurself", "go die.", "k i l l y o u r s e l f",
        "killyourself", "pleasekillyourself", "killyourselfnow", "kill\u200byourself", "k\u200bi\u200bl\u200bl your\u00adself", "ki11 yourself",
        "k!ll yourself", "k*ll yourself", "k**l yours*lf", "kill yourselfff", "kiiill yourself", "k i l l yourselfff", "k.ill yourself",
        "kill  your self", "KILL-YOURSELF", "g o d i e", "godie",
    ],
    "ar": ["اقتل نفسك", "ا ق ت ل نفسك", "اقتلنفسك", "اقتل نفسـ.ـك", "اقتل\u200bنفسك", "اقتل نفسكككك", "أتمنى موتك"],
    "fa": ["خودت را بکش", "خودترابکش", "خودت\u200cرا\u200cبکش"],
    "fr": ["va te tuer", "vatetuer", "v a t e t u e r", "suicide-toi"],
    "es": ["mátate", "m á t a t e", "ojalatemueras", "ojalá te muerassss"],
}  # fmt: skip
INNOCENT = {
    "en": [
        "Scunthorpe United won at Penistone and Cockermouth.", "Shiitake mushrooms, please.", "The A55 road is closed.",
        "The king's hit record.", "A class of assassins, as well as assessors, passed the Essex bass.", "He said a b c d e f g.",
        "U.S.A., U.K. and E.U.", "mp3, h264 and b2b", "The pen is mightier.", "Dickens, Hancock and Matsushita", "shot, shoot, sheet",
        "It costs $10.50 + tax; that was *** to me.", "push it to the limit", "5 * 6 * 7", "vermicelli", "I'd rather. I do it.",
        "Статья о жизни: рот, кот и сукно.", "کل باب",
        "You can skill yourself up, or upskill yourself.", "Will you, yourself, kill it?", "God, i.e. the father", "Let it go. Diet matters.",
        "those who re-entered, who resigned, who remain", "the pass, hit twice", "Write to me@ch.org", "Plan B, vitamin C.",
        "He has cum laude, a cumin jar and a document", "the shuttle up there", "a man who retired", "C*, a search algorithm",
        "Bit by bit, chapter by chapter.", "Mr. P. U. Tan and Ms. F. U. Chen", "RPMs, kms, and HTTPS", "10 shots in 20 matches", "I'm@home",
    ],
    "ar": [
        "السلام عليكم ورحمة الله وبركاته", "قال الوزير إن الحكومة ستجتمع", "مكالمة من وكالة الأنباء", "الكلام جميل", "حمراء وحقيبة",
        "كلبشة", "أحمد ومحمد", "من أجل بلد واحد", "قتل في نفس المكان", "ص 12 من العدد 5", "اللون الأحمر أو الحمراء", "تكلفة المشروع 3 مليارات",
    ],
    "fa": [
        "دولت اعلام کرد که می‌خواهد", "احمد آمد", "سگال و گاوداری‌ها", "نفت و گاز", "خودت را بکشان به خانه", "خفه شدن در آب", "او گم شد",
    ],
    "fr": [
        "Le débit de l'ordinateur", "connaissance et connexion", "la merveille du crépuscule", "Il a peut-être député",
        "La ferme est là-bas", "Le taux de suicide ; et toi ?", "C'est l'enculturation", "député, réputé, disputé",
    ],
    "es": [
        "disputa y reputación", "el idioma de los idiomas", "computadora con estupefacción", "Muere te lo digo yo", "la matanza", "imputado, diputado",
    ],
}  # fmt: skip


def found(kind, language, text):
    return word_lists.find(kind, language, disguises.read(text))


@pytest.mark.parametrize("text", ENGLISH)
def test_a_listed_word_is_found_in_its_disguises(text):
    assert found(KIND.SUSPECT, "en", f"Well, {text} there.")


@pytest.mark.parametrize("text", ARABIC)
def test_a_listed_arabic_word_is_found_in_its_disguises(text):
    assert found(KIND.SUSPECT, "ar", f"قال {text} هنا")
    assert found(KIND.SUSPECT, "en", f"He said {text} here")  # another script, another language


@pytest.mark.parametrize("text", PERSIAN)
def test_a_listed_persian_word_is_found_in_its_disguises(text):
    assert found(KIND.SUSPECT, "fa", f"او {text} است")


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language in INNOCENT for text in INNOCENT[language]]
)
def test_innocent_words_that_look_like_listed_ones_pass(language, text):
    assert found(KIND.SUSPECT, language, text) is None
    assert found(KIND.BANNED, language, text) is None


@pytest.mark.parametrize(("language", "text"), [(language, text) for language in BANNED for text in BANNED[language]])
def test_a_banned_phrase_is_found_in_its_disguises(language, text):
    assert found(KIND.BANNED, language, f"Just {text}" if language == "en" else text)


def test_a_word_of_another_language_in_the_same_script_is_not_one_here():
    assert found(KIND.SUSPECT, "fr", "putain")
    assert found(KIND.SUSPECT, "en", "putain") is None


@pytest.mark.django_db
def test_a_banned_word_is_refused_with_a_sentence_and_nothing_is_lost(client, published):
    story = published()
    answer = client.post(f"/news/{story.pk}/comments/", {"comment": "Go k1ll yourself <now>.", "name": "Omar"})
    assert answer.status_code == 422
    assert "It has words that are not shown here: “kill yourself”. Say it otherwise." in answer.text
    assert "Go k1ll yourself &lt;now&gt;." in answer.text
    assert client.post(f"/news/{story.pk}/comments/", {"comment": "Hello.", "name": "K Y S"}).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_a_suspect_word_holds_a_comment_and_the_moderator_reads_why(client, published, write, moderator, editor):
    comment = write(published(), "You 1d1ot.")
    assert comment.concerns == ["words", "first"]
    client.force_login(moderator)
    assert "words on the list of suspect words" in client.get("/desk/comments/").text


@pytest.mark.django_db
def test_the_desk_edits_the_lists_and_says_who_did(client, published, write, moderator):
    client.force_login(moderator)
    page = client.get("/desk/comments/words/?language=fa")
    assert "احمق*" in page.text
    assert 'dir="rtl"' in page.text
    page = client.get("/desk/comments/words/")
    assert "idiot*" in page.text
    sent = {"banned": "carpets*\n\ncarpets*", "suspect": "Müller\nbuy now"}
    assert "mona" in client.post("/desk/comments/words/", sent, follow=True).text
    assert [*WordList.objects.order_by("id").values_list("language", "kind", "words", "by__username")] == [
        ("en", "banned", "carpets*", "mona"),
        ("en", "suspect", "Müller\nbuy now", "mona"),
    ]
    story = published()
    with pytest.raises(refusals.WordRefused):
        write(story, "Buy our CARPETSHOP")
    assert "words" in write(story, "Mr. Muller said so.").concerns
    assert "words" in write(story, "Buy... NOW").concerns
    assert "words" not in write(story, "You idiot.").concerns
    client.post("/desk/comments/words/", {"banned": "", "suspect": ""})
    assert "words" not in write(story, "You idiot, buy carpets now.").concerns
    assert WordList.objects.filter(in_force=True).count() == 2


@pytest.mark.django_db
def test_asking_for_words_costs_no_query(django_assert_num_queries, published, write):
    with django_assert_num_queries(0):
        assert found(KIND.SUSPECT, "en", "you idiot")


ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=300)


@given(ANY)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reading_and_folding_twice_is_folding_once(text):
    reading = disguises.read(text)
    assert all(isinstance(word, str) for word in reading.words)
    assert reading.in_order.startswith(" ") or not reading.in_order
    once = disguises.plain(text)
    assert disguises.plain(once) == once


@pytest.mark.parametrize(
    "text", ["kill yoursel ", "k*l?l ", "l", "k i l l ", "k\u200b", "كل1ب ", "?", "killyourselx", "f u", "ʘ"]
)
def test_a_long_text_of_tricks_is_read_in_proportion_to_its_length(text):
    def seconds(length):
        disguises._chunk.cache_clear()
        began = time.process_time()
        found(KIND.BANNED, "en", (text * length)[:length])
        return time.process_time() - began

    seconds(100)
    assert min(seconds(20_000) for _ in range(3)) < 0.5


@given(st.text(alphabet="fuck*1!@$ .\u200c\u200dكلبـ\u0301іо", max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_of_tricks_breaks_the_lists(text):
    for language in ("en", "ar"):
        found(KIND.SUSPECT, language, text)


@pytest.mark.data
def test_naughty_strings_are_read_and_few_are_held_for_their_words(data_folder):
    strings = json.loads((data_folder / "hostile/naughty-strings/blns.json").read_text("utf-8"))
    assert len(strings) > 400
    held = [text for text in strings if found(KIND.SUSPECT, "en", text)]
    assert len(held) < 10


@pytest.mark.data
def test_in_the_news_no_phrase_is_found_that_nobody_wrote(data_folder):
    lines = (data_folder / "newswire/ag-news/test.csv").read_text("utf-8").splitlines()[:2_000]
    assert len(lines) == 2_000
    assert not [line for line in lines if found(KIND.BANNED, "en", line)]
    assert sum(bool(found(KIND.SUSPECT, "en", line)) for line in lines) < 10

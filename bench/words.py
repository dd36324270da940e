"""Words for an archive that nobody wrote: for each language its common ones, and a tail of rare ones without end."""

import random

COMMON = {
    "en": (
        "the of to in and a said for on that was by with at from as it is its were has after government minister "
        "city people council company market percent year month week president police court water river port trade "
        "talks bank prices report officials workers school hospital health children parliament election vote "
        "party law country border road bridge storm rain harvest wheat oil power energy team match league season "
        "region union agency statement spokeswoman Monday Tuesday Wednesday Thursday Friday million thousand new "
        "first last more"
    ),
    "ar": (
        "في من على إلى أن التي الذي عن مع هذا هذه بعد قبل كان كانت قال قالت الحكومة الوزير المدينة المجلس الشركة "
        "السوق الرئيس الشرطة المحكمة المياه النهر الميناء التجارة المحادثات البنك الأسعار التقرير المسؤولون "
        "العمال المدرسة المستشفى الصحة الأطفال البرلمان الانتخابات التصويت الحزب القانون البلاد الحدود الطريق "
        "الجسر العاصفة المطر الحصاد القمح النفط الكهرباء الطاقة الفريق المباراة الدوري الموسم المنطقة الاتحاد "
        "الوكالة البيان الاثنين مليون ألف جديد أول آخر أكثر خلال بين حول منذ حتى لم لن قد كما"
    ),
    "fa": (
        "در از به که را با این آن برای است بود شد گفت کرد دولت وزیر شهر شورا شرکت بازار رئیس پلیس دادگاه آب "
        "رودخانه بندر تجارت گفت‌وگوها بانک قیمت‌ها گزارش مقام‌ها کارگران مدرسه بیمارستان سلامت کودکان مجلس "
        "انتخابات رأی حزب قانون کشور مرز جاده پل توفان باران برداشت گندم نفت برق انرژی تیم مسابقه لیگ فصل منطقه "
        "اتحادیه خبرگزاری بیانیه دوشنبه میلیون هزار تازه نخستین آخرین بیشتر پس پیش میان درباره هنوز نیز همچنین "
        "می‌شود می‌گویند"
    ),
    "fr": (
        "le la les de des du et en à un une que qui dans pour sur par avec au aux a été est ministre gouvernement "
        "ville conseil société marché président police tribunal eau fleuve port commerce pourparlers banque prix "
        "rapport responsables ouvriers école hôpital santé enfants parlement élection vote parti loi pays "
        "frontière route pont tempête pluie récolte blé pétrole électricité énergie équipe match championnat "
        "saison région syndicat agence communiqué lundi mardi mercredi millions milliers nouveau premier dernier "
        "plus après avant pendant selon"
    ),
    "es": (
        "el la los las de del y en a un una que para por con sobre al ha fue es ministro gobierno ciudad consejo "
        "empresa mercado presidente policía tribunal agua río puerto comercio conversaciones banco precios "
        "informe autoridades trabajadores escuela hospital salud niños parlamento elección voto partido ley país "
        "frontera carretera puente tormenta lluvia cosecha trigo petróleo electricidad energía equipo partido "
        "liga temporada región sindicato agencia comunicado lunes martes miércoles millones miles nuevo primero "
        "último más después antes durante según"
    ),
}
VOCABULARY = {language: words.split() for language, words in COMMON.items()}
SYLLABLES = {
    language: tuple(syllables.split())
    for language, syllables in {
        "ar": "با تا جا حا دا را زا سا شا صا طا عا فا قا كا لا ما نا ها وا يا بي دو رو سي كو لي مو نو",
        "fa": "با پا تا جا چا خا دا را زا ژا سا شا فا کا گا لا ما نا ها وا یا بی دو رو سی کو لی مو نو",
        "en": "ba be bo da de di do fa fe ga go ha ka ke ko la le li lo ma me mi mo na ne no pa pe ra re ri ro sa ta",
    }.items()
}
RARE = "quixotherm"  # in every 500th story from the newest, thrice at most


def word(dice: random.Random, language: str) -> str:
    """Mostly a common word, the commonest most often; one in twelve is rare, as names are."""
    if dice.random() < 1 / 12:
        return "".join(dice.choices(SYLLABLES.get(language, SYLLABLES["en"]), k=dice.choice((2, 3, 3, 4))))
    vocabulary = VOCABULARY[language]
    return vocabulary[int(len(vocabulary) * dice.random() ** 2)]


def sentence(dice: random.Random, language: str, least: int, most: int) -> str:
    words = [word(dice, language) for _ in range(dice.randint(least, most))]
    return f"{words[0].capitalize()} {' '.join(words[1:])}"


def paragraph(dice: random.Random, language: str) -> str:
    """One to three sentences: 20 to 80 words."""
    return " ".join(sentence(dice, language, 14, 30) + "." for _ in range(dice.randint(1, 3)))

"""The lists that a new newsroom starts with. The desk changes them; ours are short, so that few are held for nothing.

Banned is only what tells somebody to die. Suspect are the commonest insults: they may be a quotation.
"""

STARTING: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "banned": ("kill yourself", "kill yourselves", "kys", "go die", "hope you die", "neck yourself"),
        "suspect": (
            "idiot*", "moron*", "imbecile*", "scum", "scumbag*", "vermin", "bastard*", "bitch*", "fuck*", "motherfuck*",
            "shit", "shits", "shitty", "bullshit", "asshole*", "arsehole*", "dumbass*", "retard*", "dickhead*", "wanker*",
            "whore*", "slut*", "subhuman*", "shut up",
        ),
    },
    "ar": {
        "banned": ("اقتل نفسك", "اقتلوا أنفسكم", "أتمنى موتك"),
        "suspect": (
            "كلب", "كلاب", "حمار", "حمير", "خنزير", "خنازير", "حقير", "حقراء", "غبي", "أغبياء", "أحمق", "سافل", "قذر",
            "وسخ", "تافه", "خائن", "زبالة", "يلعن", "ابن الكلب", "اخرس",
        ),
    },
    "fa": {
        "banned": ("خودت را بکش", "خودتو بکش", "برو بمیر"),
        "suspect": (
            "احمق*", "ابله*", "بیشعور*", "بی‌شعور*", "کثافت*", "آشغال*", "الاغ*", "خفه شو", "گمشو", "گم شو", "بی‌شرف*",
            "بیشرف*", "پست فطرت", "نفهم*", "لعنتی", "حرامزاده*", "حرام‌زاده*",
        ),
    },
    "fr": {
        "banned": ("va te tuer", "suicide toi", "suicidez vous", "va crever"),
        "suspect": (
            "connard*", "connasse*", "salaud*", "salope*", "enculé*", "putain*", "merde*", "abruti*", "crétin*", "débile*",
            "imbécile*", "racaille*", "ferme la", "ta gueule", "nique*", "pute", "putes", "bouffon*",
        ),
    },
    "es": {
        "banned": ("mátate", "suicídate", "ojalá te mueras", "muérete"),
        "suspect": (
            "idiota*", "imbécil*", "gilipollas", "cabrón*", "cabrones", "hijo de puta", "hija de puta", "puta", "putas", "puto",
            "mierda*", "estúpido*", "estúpida*", "subnormal*", "pendejo*", "escoria*", "cállate",
        ),
    },
}  # fmt: skip

"""What stands under the text of a saved page and is none of it: its comment form, its buttons, its links to others."""

import re

_LABELS = (
    r"(?:(?:your|leave an?|post an?|add an?|write an?|send(?: us)?(?: your)?)\s+)?(?:comments?|repl(?:y|ies)|opinions?)",
    r"(?:\d+|no) comments?|comments?\s*\(\d+\)",
    r"(?:your\s+|full\s+)?(?:name|e-?mail(?: address)?|message|phone|website|subject|title)",
    r"security\s+code|captcha|enter the code.*|submit|send|reset|cancel|sign in|log ?in",
    r"your e-?mail address will not be published\.?.*|required fields are marked.*",
    r"print(?:\s+this)?(?:\s+page)?|share(?:\s+(?:this|on\b.*))?|tweet|copy link|back to top|tags?",
    r"e-?mail this|send\s+to\s+(?:a\s+)?friends?",
    r"نظر(?:ات)?(?: شما)?|متن نظر|نظر بدهید|ارسال(?: نظر)?|نام(?: شما)?|ایمیل|چاپ|اشتراک گذاری|کد امنیتی|برچسب‌?ها",
    r"(?:اكتب |أضف |اضف )?تعليقا?(?:ات|ك)?|التعليق(?:ات)?|الاسم|البريد(?: الإلكتروني)?",
    r"إرسال|ارسال|طباعة|مشاركة|رمز التحقق|الوسوم",
)
# A label alone on its line, perhaps with a bullet before it, and a colon or the star of what is required after it.
_LABEL = re.compile(rf"^[\s*•·‣▪–—-]*(?:{'|'.join(_LABELS)})\s*[*]*\s*[:：]?\s*[*]*$", re.IGNORECASE)
_OTHERS = re.compile(
    r"^[\s*•-]*(?:(?:related|latest|most\s+(?:viewed|read)|more)\s+(?:news|stories|articles|topics)|read also|see also"
    r"|أخبار ذات صلة|اقرأ أيضا|مواضيع ذات صلة|اخبار مرتبط|مطالب مرتبط)\s*[:：]?$",
    re.IGNORECASE,
)
_ENDS = tuple('.!?؟۔。”"»')


def cut(lines: list[str]) -> list[str]:
    """`lines` without the furniture at their end. A line with text of the story below it is no furniture."""
    lines = _without_labels(lines)
    for number, line in enumerate(lines):
        if number and _OTHERS.match(line) and all(map(_is_title, lines[number + 1 :])):
            return _without_labels(lines[:number])
    return lines


def _without_labels(lines: list[str]) -> list[str]:
    end = len(lines)
    while end > 1 and _LABEL.match(lines[end - 1]):
        end -= 1
    return lines[:end]


def _is_title(line: str) -> bool:
    return len(line) <= 160 and (not line.endswith(_ENDS) or bool(_LABEL.match(line)))

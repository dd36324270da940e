import json
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from dateline.stories.models import Current

from ...models import LeftBehind
from ...moderation import recounting
from ...moving import finding, formats, jsonl
from ...moving.shelf import Shelf
from ...moving.taking import Count, Taker
from ...readers import own_words
from ...record import announcements

SHOWN = 20  # failures that are told one by one


class Command(BaseCommand):
    help = (
        "Take in the comments of another system, write all comments as JSON Lines, announce a correction in a thread,"
        " set the numbers of the moderation log right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="import | export | announce | recount")
        taking = deeds.add_parser("import", help="take in Disqus XML, WordPress WXR, Isso's database or JSON Lines")
        taking.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files; .gz too")
        taking.add_argument(
            "--format", default="", choices=list(formats.FORMATS), help="where it should not be guessed"
        )
        taking.add_argument(
            "--map", type=Path, metavar="FILE.csv", help="addresses, and the News ID of each one's story"
        )
        taking.add_argument("--dry-run", action="store_true", help="read everything, write nothing")
        taking.add_argument("--failed", action="store_true", help="list what could not be taken in, as JSON Lines")
        telling = deeds.add_parser("announce", help="announce a story's newest correction at the head of its thread")
        telling.add_argument("news_id", type=int, metavar="NEWS_ID")
        telling.add_argument("--take-down", action="store_true", help="take all its notices down")
        deeds.add_parser("recount", help="set the numbers of the moderation log right, where 'dateline verify' says so")
        export = deeds.add_parser("export", help="write all comments as JSON Lines")
        export.add_argument("path", metavar="FILE", nargs="?", default="-", help="standard output without it")

    def handle(self, *, deed: str, **options: Any) -> None:
        if deed == "export":
            self._export(options["path"], quiet=not options["verbosity"])
        elif deed == "announce":
            self._announce(options["news_id"], take_down=options["take_down"])
        elif deed == "recount":
            self._recount()
        elif options["failed"]:
            self._list_failed()
        else:
            self._import(options["paths"], options["format"], options["map"], dry=options["dry_run"])

    # -- In -----------------------------------------------------------------------------------------------------------

    def _import(self, paths: list[Path], named: str, table: Path | None, *, dry: bool) -> None:
        if not paths:
            raise CommandError("Name the files to import.")
        missing = [str(path) for path in paths if not path.is_file()]
        if missing:
            raise CommandError(f"There is no such file: {', '.join(missing)}.")
        started, shown, total = time.monotonic(), 0, Count()
        try:
            known = finding.read_table(table) if table else {}
            chosen = [(path, named or formats.guess(path)) for path in paths]
        except (finding.BadTable, formats.Unknown, OSError, zlib.error) as error:
            raise CommandError(str(error)) from None
        progress = Progress("comments")
        for path, name in chosen:
            shelf = Shelf()
            finder = finding.Finder(shelf, known)
            taker = Taker(path.name, shelf, finder, dry=dry)
            for bad in taker.take(progress.watch(formats.read(path, name, shelf))):
                shown += 1
                if shown <= SHOWN:
                    progress.say(f"{path.name}, {bad.position}: {bad.reason}")
            shelf.close()
            for how, number in finder.how.most_common():
                progress.say(f"{path.name}: the stories of {number:,} threads were found {how}.")
            _add(total, taker.count)
        progress.close()
        self._sum_up(total, time.monotonic() - started, dry=dry)

    def _sum_up(self, count: Count, seconds: float, *, dry: bool) -> None:
        for reason, number in count.reasons.most_common(8):
            self.stdout.write(f"  {number:,} × {reason}")
        rate = f" in {seconds:.1f} s, {count.comments / seconds:,.0f}/s" if seconds > 0 else ""
        self.stdout.write(
            f"{'Would be: ' if dry else ''}{count.comments:,} comments: {count.imported:,} imported,"
            f" {count.skipped:,} skipped, {count.failed:,} failed{rate}."
        )
        if count.failed:
            where = "" if dry else " They are kept: 'dateline comments import --failed' lists them."
            raise CommandError(f"{count.failed:,} comments failed.{where} Mend what they need, and import again.")

    def _list_failed(self) -> None:
        for row in LeftBehind.objects.order_by("pk").iterator(chunk_size=500):
            try:
                said = json.loads(row.raw)
            except ValueError:
                said = {"raw": row.raw}
            why = {"file": row.file, "position": row.position, "failed": row.reason}
            self.stdout.write(json.dumps({**why, **(said if isinstance(said, dict) else {"raw": row.raw})}))

    # -- In a thread --------------------------------------------------------------------------------------------------

    def _announce(self, news_id: int, *, take_down: bool) -> None:
        if take_down:
            announcements.take_down(news_id)
            self.stdout.write(f"No correction is announced in the thread of story {news_id}.")
            return
        current = Current.objects.filter(pk=news_id).first()
        made = current.corrections if current and not current.killed else []
        if not made:
            raise CommandError(f"Story {news_id} was not corrected, or is not out: there is nothing to announce.")
        announcements.announce(news_id, made[-1]["version"])
        self.stdout.write(f"The correction of version {made[-1]['version']} is announced in the thread.")

    # -- The log ------------------------------------------------------------------------------------------------------

    def _recount(self) -> None:
        wrong = recounting.recount()
        self.stdout.write(f"The numbers of {wrong:,} stories and months were wrong. All are right now.")

    # -- Out ----------------------------------------------------------------------------------------------------------

    def _export(self, path: str, *, quiet: bool) -> None:
        own_words.rename_erased()
        progress = Progress("comments", quiet=quiet)
        if path == "-":
            _write(sys.stdout, progress)
            return
        part = Path(f"{path}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                _write(file, progress)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)  # so that a file of this name is always a whole one
        except OSError as error:
            raise CommandError(f"Could not write {path}: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
        print(f"{progress.done:,} comments are in {path}.", file=sys.stderr)


def _write(file: TextIO, progress: "Progress") -> None:
    try:
        for line in progress.watch(jsonl.lines()):
            file.write(line)
    except BrokenPipeError:
        sys.stdout = None  # type: ignore[assignment]  # whoever read has had enough
    finally:
        progress.close()


def _add(total: Count, count: Count) -> None:
    total.imported += count.imported
    total.skipped += count.skipped
    total.failed += count.failed
    total.reasons += count.reasons


class Progress:
    """A bar on a terminal, a line every few seconds elsewhere; on standard error. Nobody knows how many are to come."""

    EVERY = 5.0

    def __init__(self, unit: str, *, quiet: bool = False) -> None:
        self.done, self.unit, self.quiet = 0, unit, quiet
        on_terminal = sys.stderr.isatty() and not quiet
        self.bar = tqdm(unit=f" {unit}", file=sys.stderr, leave=False, miniters=100) if on_terminal else None
        self.told = time.monotonic()

    def watch(self, things: Iterable[Any]) -> Iterator[Any]:
        for thing in things:
            yield thing
            self.done += 1
            if self.bar is not None:
                self.bar.update()
            elif not self.quiet and time.monotonic() - self.told > self.EVERY:
                self.told = time.monotonic()
                self.say(f"{self.done:,} {self.unit} so far ...")

    def say(self, line: str) -> None:
        if self.bar is not None:
            self.bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()

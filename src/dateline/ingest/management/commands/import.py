import sys
import time
from contextlib import nullcontext
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from tqdm import tqdm

from dateline.ingest import finding, formats
from dateline.ingest.ahead import Ended, read_ahead
from dateline.ingest.beside import KeepingUp
from dateline.ingest.mapping import ALIASES, Mapper
from dateline.ingest.models import Quarantined
from dateline.ingest.records import Bad
from dateline.ingest.taking import Taker
from dateline.stories import bulk

SHOWN = 20  # failures that are told one by one


class Command(BaseCommand):
    help = (
        "Take an archive in: Reuters SGML, page text with News ID lines, JSON, JSON Lines, CSV, spreadsheets, ninjs; and"
        " folders, zip and tar archives of these. Say it again to go on after a stop: what is here is skipped."
    )

    def add_arguments(self, parser) -> None:
        names = [known.name for known in formats.FORMATS]
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files, folders, archives")
        parser.add_argument("--format", default="", choices=names, metavar="NAME", help="one of " + ", ".join(names))
        parser.add_argument(
            "--news-ids",
            default="keep",
            choices=["keep", "assign"],
            help="keep the News IDs that the archive has (default), or assign new ones",
        )
        parser.add_argument("--dry-run", action="store_true", help="read everything, write nothing")
        parser.add_argument("--section", default="archive", metavar="SLUG", help="for stories without one (archive)")
        parser.add_argument("--language", default="", metavar="CODE", help="for stories that do not say, such as en")
        parser.add_argument("--provider", default="Archive", metavar="NAME", help="where it comes from (Archive)")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column is which: " + ", ".join(ALIASES),
        )
        parser.add_argument("--failed", action="store_true", help="list what failed in earlier imports")

    def handle(self, *, paths: list[Path], failed: bool, **options) -> None:
        if failed:
            return self._list_failed()
        if not paths:
            raise CommandError("Name the files, folders or archives to import.")
        self.shown = self.passed_over = 0
        dry = options["dry_run"]
        keeping_up = KeepingUp()
        taker = Taker(
            provider=options["provider"],
            section=options["section"],
            language=options["language"],
            keep_ids=options["news_ids"] == "keep",
            dry=dry,
            committed=keeping_up.ring,
        )
        mapper = self._mapper(options["map"], options["language"])
        started = time.monotonic()
        with nullcontext() if dry else keeping_up, Progress(taker) as progress:
            bulk.write_much()
            found = read_ahead(lambda: finding.documents(paths, mapper, options["format"]), finding.weight)
            try:
                self._take(found, taker, progress)
            except Ended as error:
                raise CommandError(str(error)) from None
        self._sum_up(taker, time.monotonic() - started, dry=dry)
        return None

    def _mapper(self, said: list[str], language: str) -> Mapper:
        pairs = [entry.partition("=") for entry in said]
        if any(not mark or not column for _, mark, column in pairs):
            raise CommandError("--map takes FIELD=COLUMN, such as --map headline=titulo.")
        try:
            return Mapper({field: column for field, _, column in pairs}, language=language)
        except ValueError as error:
            raise CommandError(str(error)) from None

    def _take(self, found, taker: Taker, progress: "Progress") -> None:
        for file, documents in groupby(found, key=itemgetter(0)):
            records = self._records(file, documents, progress)
            for bad in taker.take(file, progress.watch(records)):
                self._tell(file, bad, progress)
                progress.step()

    def _records(self, file: str, documents, progress: "Progress"):
        for _, document in documents:
            if isinstance(document, finding.PassedOver):
                self._pass_over(file, document.reason, progress)
            else:
                yield document

    def _pass_over(self, file: str, reason: str, progress: "Progress") -> None:
        self.passed_over += 1
        if self.passed_over <= SHOWN:
            progress.say(f"{file} was passed over: {reason}")
        elif self.passed_over == SHOWN + 1:
            progress.say("... and more files that were passed over.")

    def _tell(self, file: str, bad: Bad, progress: "Progress") -> None:
        self.shown += 1
        if self.shown <= SHOWN:
            progress.say(f"{file}, {bad.position}: {bad.reason}")
        elif self.shown == SHOWN + 1:
            progress.say("... and more; 'dateline import --failed' lists them all.")

    def _sum_up(self, taker: Taker, seconds: float, *, dry: bool) -> None:
        count = taker.count
        for reason, number in count.reasons.most_common(8):
            self.stdout.write(f"  {number:,} × {reason}")
        if self.passed_over:
            self.stdout.write(f"  {self.passed_over:,} files of other kinds were passed over.")
        rate = f" in {seconds:.1f} s, {count.documents / seconds:,.0f}/s" if seconds > 0 else ""
        self.stdout.write(
            f"{'Would be: ' if dry else ''}{count.documents:,} documents: {count.imported:,} imported,"
            f" {count.skipped:,} skipped, {count.failed:,} failed{rate}."
        )
        if count.failed:
            where = "" if dry else " They are kept: 'dateline import --failed' lists them, and so does the desk."
            raise CommandError(f"{count.failed:,} documents failed.{where} Mend them, and import them again.")

    def _list_failed(self) -> None:
        for row in Quarantined.objects.defer("raw").order_by("pk").iterator(chunk_size=1000):
            self.stdout.write(f"{row.file}, {row.position}: {row.reason}")


class Progress:
    """A bar on a terminal, a line every few seconds elsewhere."""

    EVERY = 5.0

    def __init__(self, taker: Taker) -> None:
        self.taker = taker
        self.bar = tqdm(unit=" documents", file=sys.stderr) if sys.stderr.isatty() else None
        self.told = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.step()
        if self.bar:
            self.bar.close()

    def watch(self, records):
        for record in records:
            yield record
            self.step()

    def step(self) -> None:
        documents = self.taker.count.documents
        if self.bar is not None:
            self.bar.update(documents - self.bar.n)
        elif time.monotonic() - self.told > self.EVERY:
            self.told = time.monotonic()
            self.say(f"{documents:,} documents so far ...")

    def say(self, line: str) -> None:
        if self.bar is not None:
            self.bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr, flush=True)

import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from dateline.stories import rebuild, verification
from dateline.stories.management.progress import Progress
from dateline.stories.models.publications import last_seq


class Command(BaseCommand):
    help = "Read the record back and say whether it holds: numbers, digests, what is out, the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="first make what lists are made from anew")

    def handle(self, *, verbosity: int, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"Made the lists of {rebuild.rebuild():,} stories anew.")
        progress = Progress(last_seq(), "publications", quiet=not verbosity)
        report = verification.verify(progress)
        progress.close()
        for sentence in report.wrong:
            self.stderr.write(sentence)
        if report.wrong:
            sys.stderr.flush()
            raise CommandError(f"The record does not hold: {len(report.wrong) + report.more_wrong:,} faults.")
        erased = f", {report.erased:,} of them erased" if report.erased else ""
        read = f"{report.last_seq:,} publications{erased}, {report.stories:,} stories"
        self.stdout.write(f"The record holds: {read}, digest {report.digest[:16]}.")

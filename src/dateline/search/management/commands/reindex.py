"""`dateline reindex`: make the search index again from the record."""

from typing import Any

from django.core.management.base import BaseCommand

from dateline.search import index


class Command(BaseCommand):
    help = (
        "Make the search index again from the record: after an upgrade that says so, or when `dateline verify` finds"
        " it wrong. Readers find less until it is done; stopped half-way, it is finished by the server."
    )

    def handle(self, **options: Any) -> None:
        self.stdout.write("Reading the record ...")
        read = index.rebuild()
        self.stdout.write(f"Done: {read} publications read.")

"""An archive on the disk, and the command that takes it in."""

import io

import pytest
from django.core.management import CommandError, call_command


class Outcome:
    def __init__(self, text, failed):
        self.text, self.failed = text, failed

    @property
    def counts(self):
        """Documents, imported, skipped, failed: as the last line says them."""
        import re

        line = next(line for line in self.text.splitlines()[::-1] if " documents: " in line)
        return tuple(int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", line)[:4])


@pytest.fixture
def take(db, tmp_path, capsys):
    """Write `files` into a folder and import them: `take({"a.csv": "..."}, "--language", "fa")`."""

    def run(files, *options):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, failed = io.StringIO(), False
        try:
            call_command("import", *(str(tmp_path / name) for name in files), *options, stdout=out)
        except CommandError as error:
            failed = True
            out.write(str(error))
        return Outcome(out.getvalue() + capsys.readouterr().err, failed)

    return run

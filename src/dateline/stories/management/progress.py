"""How far long work has come: a bar on a terminal, a line now and then anywhere else."""

import sys
import time

from tqdm import tqdm

LINE_SECONDS = 10.0


class Progress:
    """Call it once for each thing done. On standard error, so that what a command prints stays clean."""

    def __init__(self, total: int, unit: str, *, quiet: bool = False) -> None:
        self.done, self.total, self.unit, self.quiet = 0, total, unit, quiet
        self.next_line = time.monotonic() + LINE_SECONDS
        on_terminal = sys.stderr.isatty() and not quiet
        self.bar = tqdm(total=total, unit=f" {unit}", leave=False, miniters=100) if on_terminal else None

    def __call__(self) -> None:
        self.done += 1
        if self.bar is not None:
            self.bar.update()
        elif not self.quiet and self.done % 100 == 0 and time.monotonic() > self.next_line:
            print(f"{self.done:,} of {self.total:,} {self.unit}", file=sys.stderr, flush=True)
            self.next_line = time.monotonic() + LINE_SECONDS

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()

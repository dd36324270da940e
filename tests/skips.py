"""With DATELINE_NO_SKIPS=1, as CI sets it, a skipped test fails the run: what was not tried was not shown to work."""

import os
import re

import pytest

# What may be skipped all the same, and why that hides nothing.
ALLOWED = {
    r"^DATELINE_DATA": "The folder of real archives is not part of the project; where it is, the test runs.",
    r"^(SQLite|PostgreSQL) only": "The other run, on the other database, has it.",
}


class Skips:
    """Keeps each skip that is not allowed."""

    def __init__(self) -> None:
        self.found: set[tuple[str, str]] = set()

    def keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        if not any(re.search(allowed, reason) for allowed in ALLOWED):
            self.found.add((report.nodeid, reason))

    pytest_runtest_logreport = keep
    pytest_collectreport = keep

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.found and exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("skipped, which DATELINE_NO_SKIPS=1 forbids", red=True)
            for test, reason in sorted(self.found):
                terminalreporter.line(f"{test}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("DATELINE_NO_SKIPS") == "1" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Skips(), "dateline-no-skips")

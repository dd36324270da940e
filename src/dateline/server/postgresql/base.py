"""The database backend that DATELINE_DATABASE_URL gets (settings/databases.py); Django wants it in a module `base`."""

import select
import time
from typing import Any

from django.db.backends.postgresql import base, operations

ASKED_AGAIN_SECONDS = 1.0
PLANNED_AGAIN_SECONDS = 60.0  # a plan made for an empty table may not serve a full one until somebody counts its rows


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's, which can also say what a planned cursor asked: its values were sent apart."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        if isinstance(cursor, base.ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL's, which keeps the plans of what is asked often, and is asked seldom whether it is still there.

    Django asks before each request whether the connection still works, by a `SELECT 1`: a round trip.

    A server that ended, or ended the connection, has said so on it. So a connection on which nothing waits to be read
    is taken to work; it is asked in full once a second, for a server that is gone without a word.
    """

    ops_class = DatabaseOperations
    asked = 0.0
    planned = 0.0  # since when the plans are made

    def planned_cursor(self) -> Any:
        """A cursor for statements that are asked again and again: PostgreSQL plans each once a minute for this connection.

        Values are sent apart from the statement, and its plan knows none of them: what it hangs on, such as the condition
        of an index, must stand in the statement itself.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            if time.monotonic() >= self.planned + PLANNED_AGAIN_SECONDS:
                self.connection.execute("DISCARD PLANS")
                self.planned = time.monotonic()
            return self._prepare_cursor(base.ServerBindingCursor(self.connection))  # type: ignore[call-arg, attr-defined]

    def init_connection_state(self) -> None:
        super().init_connection_state()
        # Else PostgreSQL weighs, each time anew, whether a plan for these very values would be better. And a plan that
        # knows no values takes every thread for an average one: by what a random page costs by default it would then
        # read all of a long one and sort it, for sixty rows that an index has in their order.
        self.connection.execute("SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1")

    def is_usable(self) -> bool:
        lately = time.monotonic() < self.asked + ASKED_AGAIN_SECONDS and not self.errors_occurred
        if lately and self._is_quiet():
            return True
        usable: bool = super().is_usable()
        self.asked = time.monotonic() if usable else 0.0
        return usable

    def _is_quiet(self) -> bool:
        """Whether the connection is open, as far as is known here, and nothing has come on it."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not waiting.poll(0)

"""How much was changed over a connection: who has read something before can tell whether it may be old."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

_NAME = "changes"


def count_changes(engine: Engine) -> None:
    """From now on count the statements that may change something."""

    @event.listens_for(engine, "before_cursor_execute")
    def count(
        connection: Connection, _: DBAPICursor, statement: str, __: object, context: ExecutionContext | None, ___: bool
    ) -> None:
        if not statement.startswith("SELECT"):
            connection.info[_NAME] = changes(connection) + 1


def changes(connection: Connection) -> int:
    """How many there were so far; the figure means nothing but by comparison."""
    return int(connection.info.get(_NAME, 0))

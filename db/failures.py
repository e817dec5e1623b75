"""What can be wrong with a database, said in sentences for the operator."""

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

BUSY_STATES = {
    "40001": "Another process changed the same at the same moment",
    "40P01": "Two processes waited for each other",
    "55P03": "Another process holds what is needed here",
}
"""What a PostgreSQL server calls busy (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

GONE_STATES = ("08", "57P")
"""How the states begin in which the server ended the connection, or is about to start or to stop."""

OWN_MISTAKES = "54"
"""How the states begin that say that a value is too long for the database: trying again does not help."""

NOT_ALLOWED = {
    "25006": "The database may only be read, as a standby server's: DATABASE_URL must name the one that is written to.",
    "42501": "The user in DATABASE_URL may not do this ({}). Give it the rights of the database's owner.",
}

DISK_FULL = "The disk is full: the database cannot be written. Free some space; the work is tried again."


class StoreError(Exception):
    """The database cannot be used; the message says what the operator can do. Nothing was written."""


class StoreBusy(StoreError):
    """Another process was in the way, or the connection was lost: the same call may succeed a little later."""


def is_of_the_place(error: DBAPIError) -> bool:
    """Whether the database itself failed; a key that exists or a value that does not fit is a mistake of ours."""
    state = state_of(error)
    if state.startswith(OWN_MISTAKES):
        return False
    if error.connection_invalidated or state in NOT_ALLOWED:
        return True
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def in_words(error: DBAPIError) -> StoreError:
    """An error of the database itself as a sentence for the operator."""
    said = " ".join(str(error.orig).split())
    return _of_postgresql(error, said) if hasattr(error.orig, "sqlstate") else _of_sqlite(said)


def state_of(error: DBAPIError) -> str:
    """The five characters in which PostgreSQL says what happened; empty where it said nothing, and on SQLite."""
    return getattr(error.orig, "sqlstate", None) or ""


def _of_sqlite(said: str) -> StoreError:
    if "locked" in said or "busy" in said:
        return StoreBusy(
            "The database is locked by another process. Stop that process or wait; the work is tried again."
        )
    if "full" in said:
        return StoreError(DISK_FULL)
    return StoreError(f"The database cannot be used ({said}). Check DATABASE_URL and who may write there.")


def _of_postgresql(error: DBAPIError, said: str) -> StoreError:
    state = state_of(error)
    if state in BUSY_STATES:
        return StoreBusy(f"{BUSY_STATES[state]}: the work is tried again.")
    if error.connection_invalidated or state.startswith(GONE_STATES):
        return StoreBusy(f"The connection to the PostgreSQL server was lost ({said}); the work is tried again.")
    if state in NOT_ALLOWED:
        return StoreError(NOT_ALLOWED[state].format(said))
    if state == "53100":
        return StoreError(DISK_FULL)
    if state:
        return StoreError(f"The database cannot be used ({said}).")
    # What goes wrong before there is a connection has no state.
    return StoreError(
        f"The PostgreSQL server cannot be reached or does not let us in ({said}). See that it runs, that the database "
        "was created, and that DATABASE_URL names its host, port, user, password and database."
    )

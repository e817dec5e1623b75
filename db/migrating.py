"""Runs Alembic; loaded only where tables have to be made or changed."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from db.engine import MIGRATIONS
from db.failures import StoreError


def migrations() -> Config:
    """Alembic's view of the folder `migrations`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def to_newest(connection: Connection) -> None:
    """Run the migrations that are missing; raises `StoreError` where the revision is none that we know."""
    config = migrations()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "The database was made by a newer version of this program. Install that version, "
            "or choose another DATABASE_URL; nothing was changed."
        ) from error

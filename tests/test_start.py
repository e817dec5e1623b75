"""What a process loads when it starts: nothing that only a picture, a document, a migration or a command needs."""

import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory

from bot.app import shipped_fingerprint
from db.engine import newest_revision
from db.migrating import migrations
from db.store import Store
from knowledge.index import Library

SELDOM = {"PIL", "aiogram", "alembic", "docx", "jinja2", "openpyxl", "pdfplumber", "psycopg", "pypdf", "segno"}

START = """
import sys
import bot.__main__, bot.serving
from db.store import Store
Store.open(sys.argv[1]).close()
print(*sys.modules)
"""


def test_a_process_loads_only_what_it_needs_to_answer(tmp_path: Path) -> None:
    """An office on SQLite whose tables are as they should be, before it speaks over any channel."""
    database = f"sqlite:///{tmp_path / 'office.sqlite'}"
    Store.open(database).close()
    said = subprocess.run([sys.executable, "-c", START, database], capture_output=True, text=True, check=True)
    loaded = set(said.stdout.split())
    assert "sqlalchemy" in loaded and not SELDOM & loaded


def test_the_newest_revision_is_told_from_the_names_of_the_migrations() -> None:
    assert newest_revision() == ScriptDirectory.from_config(migrations()).get_current_head()


def test_the_index_of_the_shipped_documents_is_known_by_their_files(library: Library) -> None:
    assert library.fingerprint == shipped_fingerprint()

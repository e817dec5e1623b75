"""Makes docs/rollup.png, what the staff of a province see of its districts: `python docs/rollup_picture.py`.

Needs the tests' environment only. A province with six districts is invented, whose unions submitted four quarterly
reports more or less in time; the picture is the one that comes with the digest.
"""

import random
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.store import Store
from tests.digest_room import NOW, QUARTERS, known, organise, read, submit

FOLDER = Path(__file__).parent
UNIONS = (14, 9, 22, 11, 17, 6)
IN_TIME = (0.95, 0.5, 0.8, 0.35, 0.7, 0.9)
"""How likely a union of each district is to submit in time; it grows a little from quarter to quarter."""


def main() -> None:
    """Fill the office, read the digest, keep its picture."""
    with tempfile.TemporaryDirectory() as name:
        store = Store.open(f"sqlite:///{Path(name) / 'office.sqlite'}")
        organise(store, *UNIONS)
        _submit_all(store)
        with store.transaction(commit=False) as connection:
            reply = read(known(connection), "P", NOW - timedelta(days=1))
        store.close()
    assert reply.file is not None
    (FOLDER / "rollup.png").write_bytes(reply.file.content)


def _submit_all(store: Store) -> None:
    """Most reports come, some of them late, some never."""
    chance = random.Random(9)  # noqa: S311 - the same picture every time
    with store.transaction() as connection:
        for place, quarter in enumerate(QUARTERS):
            for number, (unions, likely) in enumerate(zip(UNIONS, IN_TIME, strict=True), start=1):
                for union in range(1, unions + 1):
                    drawn = chance.random() / (0.85 + place / 10)
                    if drawn < likely + (1 - likely) * 0.6:
                        submit(connection, f"D{number}-{union:03d}", quarter, late=drawn >= likely)


if __name__ == "__main__":
    main()

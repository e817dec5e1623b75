"""Makes docs/report.png, a report on paper as the README shows it: `python docs/report_picture.py`.

Needs LibreOffice and pdftoppm (`sh tests/install-office`). An officer of a small office drafts the report for the
quarter, changes a line, adds a proposal; what they get is printed.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.app import open_library
from bot.settings import Settings
from db import targets
from db.store import Store
from tests.reporting import BEFORE_DUE, QUARTER, RULE, answers, file_to, office_of, send, tap

FOLDER = Path(__file__).parent
PERSON = "PR-01"
FIGURES = {"2024-11": (128, 0), "2024-12": (131, 3), "2025-01": (131, 0), "2025-02": (136, 6)}


def main() -> None:
    """Draft, print, take the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(f"sqlite:///{folder / 'office.sqlite'}")
        with open_library(Settings(_env_file=None, var_dir=folder)) as library:
            office = office_of(store, library)
            for month, (members, admitted) in FIGURES.items():
                words = "Một số công nhân chuyển chỗ làm sau Tết." if month == "2025-01" else None
                send(store, PERSON, month, answers(members, admitted, difficulties=words))
            with store.transaction() as connection:
                targets.assign(connection, PERSON, "new_members", "2025", 26, "members", officer=None, now=BEFORE_DUE)
            office.taps(PERSON, f"report:draft:{RULE}:{QUARTER}")
            tap(office, PERSON, "Thêm kiến nghị")
            office.says(PERSON, "Đề nghị LĐLĐ huyện mở lớp tập huấn cho cán bộ công đoàn cơ sở trong quý II.")
            tap(office, PERSON, "Nộp báo cáo")
            (folder / "report.docx").write_bytes(file_to(office, PERSON).content)
        store.close()
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "report.docx"]
        subprocess.run(convert, check=True, capture_output=True, timeout=120)  # noqa: S603
        picture = ["pdftoppm", "-r", "100", "-png", "-singlefile", folder / "report.pdf", FOLDER / "report"]
        subprocess.run(picture, check=True, timeout=60)  # noqa: S603


if __name__ == "__main__":
    main()

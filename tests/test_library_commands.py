"""The library on the command line: an operator adds, lists, withdraws and rebuilds."""

from pathlib import Path

import pytest

from db import unions
from db.store import Store
from knowledge import Union
from knowledge.index import Library
from tests.library_room import plan
from tests.process_room import Operator, built_index


@pytest.fixture
def operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library: Library
) -> Operator:
    var = built_index(tmp_path / "var")
    made = Operator(tmp_path, var, monkeypatch, capsys)
    with Store.open(made.url).transaction() as connection:
        unions.put(
            connection, [Union("PR", "LĐLĐ huyện Phú Riềng", "district", ""), Union("PR-1", "A", "grassroots", "PR")]
        )
    return made


def test_an_operator_adds_lists_withdraws_and_rebuilds(operator: Operator) -> None:
    file = operator.folder / "ke-hoach.txt"
    file.write_bytes(plan())
    assert operator.types("library", "add", str(file), "--scope", "XX").refused_with("no union", "XX")
    assert "1 documents added for PR" in operator.types("library", "add", str(file), "--scope", "PR").out
    assert operator.types("library", "add", str(file), "--scope", "PR").refused_with("--replace", "--both")
    assert "1 taken out" in operator.types("library", "add", str(file), "--scope", "PR", "--replace").out
    assert "2: PR, Kế hoạch 45/KH-LĐLĐ" in operator.types("library", "list").out
    assert "documents, " in operator.types("library", "rebuild").out
    assert list(operator.var.glob("office-*.sqlite"))
    assert "taken out: 2" in operator.types("library", "withdraw", "2").out
    assert operator.types("library", "withdraw", "2").refused_with("library list")
    assert operator.types("library", "list").out == "0 documents\n"


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(operator: Operator) -> None:
    file = operator.folder / "hong.pdf"
    file.write_bytes(b"%PDF-1.4 broken")
    assert operator.types("library", "add", str(file), "--scope", "PR").refused_with("hong.pdf", "damaged")

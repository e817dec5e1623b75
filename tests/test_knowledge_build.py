"""`congdoan knowledge build`, `ask --index` and `knowledge check`: any organisation, any files, no database."""

import json
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.app import OfficeError
from bot.knowledge_build import open_built, read_listing
from knowledge.composing import compose
from knowledge.review import review

FOLDER = Path(__file__).parent / "evaluation" / "breadth"
HEAD = "code,name,level,parent,sector,documents\n"


def congdoan(*arguments: object) -> Result:
    """Run the command; the log goes back to where it was, for the captured one is closed afterwards."""
    try:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])
    finally:
        structlog.reset_defaults()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index that the command built."""
    out = tmp_path_factory.mktemp("built") / "index"
    arguments = ["--organisation", FOLDER / "unions.csv", "--documents", FOLDER, "--out", out]
    done = congdoan("knowledge", "build", *arguments)
    assert done.exit_code == 0, done.output
    assert "3 documents" in done.output
    return out


def test_a_document_is_seen_by_its_union_and_all_below(built: Path) -> None:
    with open_built(built) as library:
        seen = {code: set(library.scope(library.chain(code))) for code in library.unions}
    assert seen["AH-VN-01"] == seen["AH-VN"]
    assert seen["AH"] < seen["AH-VN"]
    assert len(seen["AH-VN"]) == 3


def test_questions_are_answered_from_a_built_index(built: Path, tmp_path: Path) -> None:
    question = "công ty mình năm 2026 được giao kết nạp bao nhiêu đoàn viên"
    done = congdoan("ask", "--index", built, "--unit", "AH-VN-01", question)
    assert "55" in done.output
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json.dumps({"id": "1", "unit": "AH-VN-03", "question": question}) + "\n", encoding="utf-8")
    done = congdoan("ask", "--index", built, "--batch", batch, "--json")
    answer = json.loads(done.output)
    assert "không giao chỉ tiêu riêng" in answer["text"]
    assert "55" not in answer["text"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("code,name\nA,Một\n", "the columns level, parent, documents are missing"),
        (HEAD + ",LĐLĐ tỉnh,province,,,\n", "row 2, column code: is empty"),
        (HEAD + "A,LĐLĐ tỉnh,province,,,\nA,LĐLĐ huyện,district,A,,\n", "row 2, column code: 'A' stands there twice"),
        (HEAD + "A,LĐLĐ tỉnh,province,B,,\n", "row 2, column parent: 'B' is unknown"),
    ],
)
def test_a_mistake_in_the_organisation_is_named(tmp_path: Path, rows: str, problem: str) -> None:
    file = tmp_path / "organisation.csv"
    file.write_text(rows, encoding="utf-8")
    with pytest.raises(OfficeError, match=problem):
        read_listing(file)


def test_a_file_that_is_listed_but_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "organisation.csv"
    file.write_text(HEAD + "A,LĐLĐ tỉnh,province,,,gone.txt\n", encoding="utf-8")
    arguments = ["--organisation", file, "--documents", tmp_path, "--out", tmp_path / "out"]
    done = congdoan("knowledge", "build", *arguments)
    assert "gone.txt" in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_what_is_doubtful_comes_first() -> None:
    text = (
        "# KẾ HOẠCH\nHoạt động công đoàn\n## I. CHỈ TIÊU\n1. Năm 2026 kết nạp mới 450 đoàn viên.\n"
        "2. Đến năm 2030 có 70% doanh nghiệp ký thỏa ước lao động tập thể; đến năm 2030 đạt tỷ lệ trên 65%.\n"
    )
    (document,) = compose(text, "plan.md")
    rows = review(document)
    assert [len(row.doubts) for row in rows] == sorted((len(row.doubts) for row in rows), reverse=True)
    assert rows[0].sort == "head"
    assert {row.read.split(" · ")[1] for row in rows if "two_figures" in row.doubts} == {"70%", "trên 65%"}
    assert any(row.sort == "target" and not row.doubts and "450" in row.read for row in rows)


def test_the_check_is_shown_beside_the_text() -> None:
    done = congdoan("knowledge", "check", FOLDER / "huyen-vam-nao.md")
    assert done.exit_code == 0
    assert done.output.index("two figures") < done.output.index("240")

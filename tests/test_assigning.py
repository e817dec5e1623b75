"""Giving targets: in a line, in a table, out of a document; nothing outside the subtree, nothing by half, all noted."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.target_commands import targets_app
from db import notes, officers, tables, targets, unions
from db.store import Store
from handlers import Attachment, intake
from handlers.allotted_rows import allotment
from handlers.conversation import Conversation, Doorstep, desk_of
from handlers.phrasebook import Phrases
from handlers.spreadsheets import Page, csv_file, read_rows, workbook
from handlers.target_lines import Draft, read_figure, read_line
from handlers.target_sheet import read_sheet, template
from handlers.timetable import Timetable
from handlers.union_names import names_of, search
from knowledge import Target, Union
from knowledge.index import Library
from tests.small_office import CHANNEL, THURSDAY, SmallOffice, choices_of, text_of

COLUMNS = ("đơn vị", "chỉ tiêu", "năm", "số giao")
UNIONS = {
    union.code: union
    for union in (
        Union("PR-01", "CĐCS Công ty Cao su (mẫu 1)", "grassroots", "PR"),
        Union("PR-02", "CĐCS Trường THCS (mẫu 2)", "grassroots", "PR"),
        Union("PR-03", "CĐCS Trường THCS (mẫu 3)", "grassroots", "PR"),
        Union("PR-04", "Công đoàn cơ sở Bệnh viện huyện", "grassroots", "PR"),
    )
}


# Unions and figures as people write them


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PR-01", "PR-01"),
        ("pr-01", "PR-01"),
        ("Công đoàn cơ sở Công ty Cao su (mẫu 1)", "PR-01"),
        ("cdcs cty cao su mau 1", "PR-01"),
        ("CĐCS Truờng THCS (mẫu 3)", "PR-03"),
        ("BV huyện", "PR-04"),
        ("CĐCS Trường THCS", None),
        ("CĐCS Trường THCS (mẫu 4)", None),
        ("CĐCS Công ty Cà phê", None),
        ("", None),
    ],
)
def test_a_union_is_matched_or_not_guessed(text: str, code: str | None) -> None:
    union = names_of(UNIONS).find(text)
    assert (union.code if union else None) == code


def test_a_few_words_find_unions() -> None:
    assert [union.code for union in search("trường", UNIONS.values())] == ["PR-02", "PR-03"]
    assert search("", UNIONS.values()) == ()


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("PR-01 kết nạp mới 2025 26", Draft("PR-01", "new_members", 2025, 26, "members")),
        ("pr-01 ket nap moi 26 nam 2025", Draft("PR-01", "new_members", 2025, 26, "members")),
        ("PR-03: kết nạp 1.250 đoàn viên năm 2025", Draft("PR-03", "new_members", 2025, 1250, "members")),
        ("PR-02 tỷ lệ đoàn viên 98,5% 2025", Draft("PR-02", "member_share", 2025, 98.5, "percent")),
        ("PR-02 thu đoàn phí 2025 310 triệu", Draft("PR-02", "finance_collected", 2025, 310, "million_dong")),
        ("Công ty Cao su (mẫu 1): kết nạp mới 2025 26", Draft("PR-01", "new_members", 2025, 26, "members")),
        ("PR-01 thỏa ước", Draft("PR-01", "collective_agreements")),
        ("PR-01 kết nạp mới 2025 1,5", Draft("PR-01", "new_members", 2025)),
        ("PR-01 kết nạp mới 2025 0", Draft("PR-01", "new_members", 2025)),
        ("BD-01 kết nạp mới 2025 4", Draft(None, "new_members", 2025, 4, "members")),
    ],
)
def test_a_line(text: str, draft: Draft) -> None:
    assert read_line(text, UNIONS) == draft


def test_a_figure_has_to_fit_its_unit() -> None:
    assert read_figure("101%", "members") == (None, None)
    assert read_figure("2 tỷ", "finance_collected") == (2, "billion_dong")
    assert read_figure("nhiều", "members") == (None, None)


# Tables


def sheet(rows: Sequence[Sequence[str]], *, as_csv: bool = False) -> tuple[str, bytes]:
    page = Page("Giao", COLUMNS, rows)
    return ("giao.csv", csv_file(page)) if as_csv else ("giao.xlsx", workbook((page,)))


ROWS = (("PR-01", "kết nạp mới", "2025", "26"), ("CĐCS Trường THCS (mẫu 2)", "tỷ lệ đoàn viên", "2025", "98%"))


@pytest.mark.parametrize("as_csv", [True, False])
def test_a_table_is_read(as_csv: bool) -> None:
    plan = read_sheet(*sheet(ROWS, as_csv=as_csv), UNIONS)
    assert not plan.faults
    assert [(each.union, each.indicator, each.value, each.unit) for each in plan.wanted] == [
        ("PR-01", "new_members", 26, "members"),
        ("PR-02", "member_share", 98, "percent"),
    ]


def test_every_error_has_its_row_and_column() -> None:
    rows = [
        ("PR-09", "kết nạp mới", "2025", "26"),
        ("PR-01", "bay lên cao", "25", "nhiều"),
        ("PR-01", "kết nạp mới", "2025", "26"),
        ("PR-01", "Số đoàn viên kết nạp mới", "2025", "27"),
        ("", "kết nạp mới", "2025", "3"),
        ("PR-02", "kết nạp mới", "2025", ""),
    ]
    plan = read_sheet(*sheet(rows), UNIONS)
    assert [(fault.row, fault.column) for fault in plan.faults] == [
        (2, "đơn vị"),
        (3, "chỉ tiêu"),
        (3, "năm"),
        (3, "số giao"),
        (5, "đơn vị"),
        (6, "đơn vị"),
    ]
    assert plan.blank == 1


def test_a_file_without_the_columns_says_so() -> None:
    plan = read_sheet("giao.xlsx", workbook((Page("Giao", ("mã", "số"), [("PR-01", 3)]),)), UNIONS)
    assert len(plan.faults) == 1
    assert read_sheet("giao.xlsx", b"PK broken", UNIONS).faults


def test_the_template_can_be_filled_in() -> None:
    content = template(tuple(UNIONS.values()), 2025, Phrases("vi"))
    table = read_rows("mau.xlsx", content, COLUMNS)
    assert [row["đơn vị"] for row in table.rows] == sorted(UNIONS)
    plan = read_sheet("mau.xlsx", content, UNIONS)
    assert (plan.wanted, plan.faults, plan.blank) == ((), (), len(UNIONS))


# What is kept


def test_a_new_figure_withdraws_the_old_one_and_both_stay(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    for figure in ("26", "30", "30"):
        office.says("PR", f"/giaochitieu PR-01 kết nạp mới 2025 {figure}")
        office.says("PR", "1")
    with store.transaction() as connection:
        first, second = targets.history(connection, "PR-01", "new_members", "2025")
        notes = connection.execute(select(tables.audit.c.action, tables.audit.c.union, tables.audit.c.details)).all()
    assert (first.value, first.withdrawn_at, first.giver) == (26, THURSDAY, "PR")
    assert (second.value, second.withdrawn_at) == (30, None)
    assert [(action, union, details["value"]) for action, union, details in notes] == [
        ("target-assigned", "PR-01", 26),
        ("target-assigned", "PR-01", 30),
    ]
    told = [text_of(letter) for letter in office.letters("PR-01")]
    assert [figure for figure in (26, 30) if any(f": {figure} đoàn viên" in text for text in told)] == [26, 30]


def test_a_share_and_a_count_stand_beside_each_other(store: Store, library: Library) -> None:
    SmallOffice(store, library, people=("PR",))
    with store.transaction() as connection:
        targets.assign(connection, "PR-01", "members", "2025", 200, "members", officer=None, now=THURSDAY)
        targets.assign(connection, "PR-01", "members", "2025", 90, "percent", officer=None, now=THURSDAY)
        assert len(targets.standing(connection, "2025", ("PR-01",))) == 2


def test_staff_give_targets_below_their_own_union_only(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR", "BD", "PR-01"))
    for text in ("/giaochitieu BD-01 kết nạp mới 2025 4", "BD-02", "/giaochitieu PR kết nạp mới 2025 4"):
        assert "Giao cho" not in text_of(office.says("PR", text))
    office.says("PR", "/giaochitieu")
    assert "Giao cho" not in text_of(office.taps("PR", "targets:u:BD-01"))
    office.says("BD", "/giaochitieu BD-01 kết nạp mới 2025 4")
    office.says("BD", "1")
    office.taps("PR", "targets:back:1")
    for choice in ("targets:yes", "targets:u:PR-02", "targets:all:1", "intake:yes:1"):
        assert "Giao cho" not in text_of(office.taps("PR-01", choice))
    with store.transaction() as connection:
        assert [(each.union, each.value) for each in targets.standing(connection, "2025")] == [("BD-01", 4)]


def test_a_union_that_left_meanwhile_gets_nothing(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR",))
    office.says("PR", "/giaochitieu PR-01 kết nạp mới 2025 26")
    with store.transaction() as connection:
        unions.move(connection, "PR-01", "BD", THURSDAY.date() - timedelta(days=1))
    office.says("PR", "1")
    with store.transaction() as connection:
        assert targets.standing(connection, "2025") == ()


# Documents


def target(union: str, value: float | None = 26, **other: object) -> tuple[Target, str]:
    told: dict[str, object] = {
        "indicator": "new_members",
        "label": "Kết nạp",
        "comparator": "=",
        "value": value,
        "value_text": str(value),
        "unit": "members",
        "period": "2025",
    }
    made = Target("d", "d.md", "II", 1, condition=None, quote="q", unit_name=union, **told | other)  # type: ignore[arg-type]
    return made, "Kế hoạch 1, mục II"


def test_rows_of_a_document_become_targets_or_say_why_not() -> None:
    found = [
        target("CĐCS Công ty Cao su (mẫu 1)"),
        target("Trường THCS (mẫu 2)", 5),
        target("CĐCS Trường THCS (mẫu 9)"),
        target("CĐCS Trường THCS (mẫu 3)", period=None),
        target("CĐCS Trường THCS (mẫu 3)", indicator="other"),
        target("CĐCS Trường THCS (mẫu 3)", comparator="<="),
        target("Bệnh viện huyện", 7),
        target("Bệnh viện huyện", 8),
    ]
    given = allotment(found, UNIONS)
    assert [(row.union, row.value, row.source) for row in given.rows] == [
        ("PR-01", 26, "Kế hoạch 1, mục II"),
        ("PR-02", 5, "Kế hoạch 1, mục II"),
    ]
    assert [left.why for left in given.left] == ["union", "year", "indicator", "figure", "twice", "twice"]


# The command line


def test_the_command_line_imports_all_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("START", THURSDAY.isoformat())
    store = Store.open(url)
    office = SmallOffice(store, library, people=("PR", "PR-01"))
    with store.transaction() as connection:
        notes.write(connection, "purpose", "office")
    file, bad = tmp_path / "giao.csv", tmp_path / "sai.csv"
    file.write_bytes(
        sheet((("PR-01", "kết nạp mới", "2025", "26"), ("BD-01", "kết nạp mới", "2025", "4")), as_csv=True)[1]
    )
    bad.write_bytes(sheet((("PR-01", "kết nạp mới", "2025", "3"), ("X", "kết nạp mới", "2025", "")), as_csv=True)[1])
    bad.write_bytes(bad.read_bytes().replace(b",2025,\r\n", b",2025,1\r\n"))

    def run(*words: str) -> str:
        done = CliRunner().invoke(targets_app, words)
        return done.output + str(done.exception or "")

    def standing() -> list[float]:
        with store.transaction() as connection:
            return [each.value for each in targets.standing(connection, "2025")]

    assert "2 targets added, 0 changed, 0 as before (dry run" in run("import", str(file), "--dry-run")
    assert "row 3" in run("import", str(bad))
    assert standing() == []
    assert "2 targets added" in run("import", str(file))
    assert "2 as before" in run("import", str(file))
    assert sorted(standing()) == [4, 26]
    assert any("26 đoàn viên" in text_of(letter) for letter in office.letters("PR-01"))
    out = tmp_path / "mau.xlsx"
    assert "6 unions" in run("template", "--out", str(out), "--below", "PR")
    assert read_rows(out.name, out.read_bytes(), COLUMNS).rows[0]["đơn vị"] == "PR-01"
    assert "xlsx" in run("template", "--out", str(tmp_path / "mau.csv"))
    store.close()


def test_typing_leads_step_by_step(store: Store, library: Library) -> None:
    office = SmallOffice(store, library, people=("PR",))
    office.says("PR", "/giaochitieu")
    assert [choice.id for choice in choices_of(office.says("PR", "trường"))] == ["targets:u:PR-02"]
    office.taps("PR", "targets:u:PR-02")
    assert "chỉ tiêu gì" in text_of(office.letters("PR")[-1])
    office.says("PR", "thăm hỏi")
    office.says("PR", "2026")
    assert "30 người" in text_of(office.says("PR", "30"))
    assert "Thôi" in [choice.label for choice in choices_of(office.letters("PR")[-1])]
    assert "dừng" in text_of(office.says("PR", "thôi"))


# A document that is sent


def sent(store: Store, library: Library, name: str, content: bytes) -> tuple[list[str], int]:
    """What staff of PR read after sending a file that they do not want in the library, and how many rows wait for their
    yes."""
    with store.transaction() as connection:
        doorstep = Doorstep(THURSDAY, connection, Phrases("vi"), CHANNEL, "PR")
        posts = officers.posts_at(connection, CHANNEL, "PR")
        desk = desk_of(doorstep, posts, library, Timetable(began=THURSDAY.date()))
        turn = intake.filed(desk, Conversation(), Attachment(name, "", content))
        said, wait = [turn.replies[0].text], turn.conversation.wait
        if wait:
            turn = intake.tapped(desk, turn.conversation, "none", (str(wait.data["file"]),))
            said += [reply.text for reply in turn.replies]
    return said, len(wait.data["rows"]) if wait else 0


def test_a_word_document_with_a_table_is_read(store: Store, library: Library) -> None:
    SmallOffice(store, library, people=("PR",))
    file = Path(__file__).parent / "examination" / "documents" / "12-kh-ldld-ben-luc.docx"
    with store.transaction() as connection:
        names = {"PR-71": "CĐCS Công ty Bao bì (mẫu 1)", "PR-72": "CĐCS Công ty Thực phẩm (mẫu 2)"}
        unions.put(connection, [Union(code, name, "grassroots", "PR") for code, name in names.items()])
    texts, rows = sent(store, library, file.name, file.read_bytes())
    assert "Kế hoạch 12/KH-LĐLĐ" in texts[0]
    assert rows == 6, "three figures for each of the two unions; the third union of the table is none of ours"
    assert "140 đoàn viên" in texts[-1]
    assert "CĐCS Trường THCS (mẫu 3)" in texts[0].split("không giao được")[1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("trong.docx", b"", "không có nội dung"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "tệp Word kiểu cũ"),
        ("anh.png", b"\x89PNG", "chưa đọc được loại tệp"),
        ("hong.pdf", b"%PDF-1.4 broken", "bị hỏng"),
        ("la.txt", b"\xff\x00\x01\x02", "không đọc được chữ"),
        ("thu.txt", "Kính gửi các đồng chí. Trân trọng cảm ơn.".encode(), "không ghi chỉ tiêu riêng"),
    ],
)
def test_what_cannot_be_read_is_said(store: Store, library: Library, name: str, content: bytes, said: str) -> None:
    SmallOffice(store, library, people=("PR",))
    texts, rows = sent(store, library, name, content)
    assert said in texts[0]
    assert rows == 0

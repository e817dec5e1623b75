"""The staff above read, accept and return reports; what is returned is owed again; a federation puts all together."""

import io
from datetime import date

import docx
import pytest
from openpyxl import load_workbook

from db import Way, audit, exemptions, reports, unions
from db.store import Store
from handlers import Attachment
from handlers.gathering import Gathering, gather
from handlers.phrasebook import Phrases
from handlers.replies import from_json
from handlers.report_sheet import state_of
from knowledge.index import Library
from scheduler.report_calendar import parse_period
from tests.reporting import (
    BEFORE_DUE,
    DISTRICT,
    PEOPLE,
    QUARTER,
    RULE,
    answers,
    file_to,
    office_of,
    send,
    submit_draft,
    tap,
    versions_of,
)
from tests.small_office import SmallOffice, choices_of, text_of

SAY = Phrases("vi").say
PERIOD = parse_period("administrative", "quarter", QUARTER)


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """Two unions of a district sent figures and one of them has submitted its report."""
    office = office_of(store, library)
    for month, members in (("2024-12", 120), ("2025-01", 125), ("2025-02", 128)):
        send(store, "PR-01", month, answers(members, 3))
        send(store, "PR-02", month, answers(50, 1), "education")
    submit_draft(office, "PR-01")
    return office


def returned(office: SmallOffice, reason: str = "Thiếu số liệu tháng 1.") -> str:
    office.says("PR", "/duyetbaocao")
    tap(office, "PR", "Trả lại")
    return text_of(office.says("PR", reason))


def test_the_staff_read_what_was_sent_and_open_it(office: SmallOffice) -> None:
    said = text_of(office.says("PR", "/duyetbaocao"))
    assert "CĐCS Công ty Cao su" in said and "• Đoàn viên hiện có: 128" in said and "đúng hạn" in said
    tap(office, "PR", "Mở bản đã nộp")
    file = file_to(office, "PR")
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file.content)).paragraphs)
    assert file.name == f"bao-cao-PR-01-{QUARTER}.docx" and "- Đoàn viên hiện có: 128" in text


def test_an_accepted_report_is_noted_and_decided_on_once(office: SmallOffice) -> None:
    shown = choices_of(office.says("PR", "/duyetbaocao"))
    tap(office, "PR", "Duyệt")
    assert versions_of(office.store, "PR-01") == [(1, "draft", "accepted")]
    for choice in shown[:2]:
        assert text_of(office.taps("PR", choice.id)) == SAY("review-decided", number="BC-00001", state="accepted")
    assert versions_of(office.store, "PR-01") == [(1, "draft", "accepted")]
    with office.store.transaction() as connection:
        (noted,) = audit.entries(connection, {"PR-01"}, 5)
    assert (noted.action, noted.details) == ("report-accepted", {"report": 1})
    assert "cấp trên đã duyệt" in text_of(office.says("PR-01", "/baocao"))


def test_a_returned_report_is_owed_again_until_a_day_of_its_own_and_keeps_what_was_written(office: SmallOffice) -> None:
    office.taps("PR-01", f"report:again:{RULE}:{QUARTER}")
    tap(office, "PR-01", "Thêm kiến nghị")
    office.says("PR-01", "Đề nghị mở lớp tập huấn.")
    tap(office, "PR-01", "Nộp báo cáo")
    assert "20/03/2025" in returned(office)
    letter = office.letters("PR-01")[-1]
    assert letter.kind == "report" and "Lý do: Thiếu số liệu tháng 1." in text_of(letter)
    with office.store.transaction() as connection:
        assert reports.submitted(connection, RULE, "PR-01", QUARTER) is None
        assert reports.who_submitted(connection, RULE, QUARTER) == frozenset()
        assert reports.due_again(connection, RULE, QUARTER) == {"PR-01": date(2025, 3, 20)}
    assert "Hạn nộp lại: 20/03/2025" in text_of(office.says("PR-01", "/baocao"))
    shown = tap(office, "PR-01", "Sửa và nộp lại")
    assert "• Đề nghị mở lớp tập huấn." in shown and "vì: Thiếu số liệu tháng 1." in shown
    office.clock.move_to(BEFORE_DUE.replace(day=20))
    assert "nộp muộn" not in tap(office, "PR-01", "Nộp báo cáo"), "it comes in time for its own day"
    assert versions_of(office.store, "PR-01") == [
        (1, "draft", "replaced"),
        (2, "draft", "returned"),
        (3, "draft", "received"),
    ]
    with office.store.transaction() as connection:
        assert reports.due_again(connection, RULE, QUARTER) == {}


def test_a_report_that_is_not_returned_after_all_waits_on(office: SmallOffice) -> None:
    office.says("PR", "/duyetbaocao")
    tap(office, "PR", "Trả lại")
    tap(office, "PR", "Không trả lại nữa")
    office.says("PR", "Thiếu số liệu tháng 1.")
    assert versions_of(office.store, "PR-01") == [(1, "draft", "received")]


def test_only_the_staff_above_decide_and_only_the_nearest_are_asked(office: SmallOffice) -> None:
    shown = [choice.id for choice in choices_of(office.says("PR", "/duyetbaocao"))]
    for stranger in ("BD", "BD-01", "PR-02", "PR-01"):
        for choice in shown:
            said = text_of(office.taps(stranger, choice))
            assert "Cao su" not in said and "BC-00001" not in said
    for person, expected in (("BD", "review-none"), ("BPC", "review-none"), ("PR-01", "not-your-command")):
        assert text_of(office.says(person, "/duyetbaocao")) == SAY(expected)
    assert versions_of(office.store, "PR-01") == [(1, "draft", "received")]


def test_where_no_staff_stand_between_the_next_above_are_asked(store: Store, library: Library) -> None:
    office = office_of(store, library, tuple(code for code in PEOPLE if code != "PR"))
    submit_draft(office, "PR-01")
    assert "BC-00001" in text_of(office.says("BPC", "/duyetbaocao"))


def test_what_came_without_a_draft_says_so(office: SmallOffice) -> None:
    office.taps("PR-03", f"report:nothing:{RULE}:{QUARTER}")
    office.says("PR", "/duyetbaocao")
    said = tap(office, "PR", "Báo cáo khác")
    assert "không phát sinh" in said
    assert not any(choice.label == SAY("review-button-open") for choice in choices_of(office.letters("PR")[-1]))


@pytest.mark.parametrize(
    ("way", "offered"),
    [
        ("draft", ["Sửa và nộp lại", "Gửi tệp hoặc ảnh"]),
        ("file", ["Gửi tệp khác", "Soạn từ số liệu tháng"]),
        ("marked", ["Soạn ngay", "Gửi tệp hoặc ảnh", "Đã nộp nơi khác"]),
        ("nothing", ["Soạn ngay", "Gửi tệp hoặc ảnh", "Đã nộp nơi khác"]),
    ],
)
def test_what_can_be_done_about_a_returned_report_follows_the_way_it_came(
    store: Store, library: Library, way: Way, offered: list[str]
) -> None:
    office = office_of(store, library)
    with store.transaction() as connection:
        reports.submit(connection, RULE, "PR-01", QUARTER, officer=None, late=False, now=BEFORE_DUE, way=way)
    returned(office)
    letter = office.letters("PR-01")[-1]
    assert [choice.label for choice in choices_of(letter)] == offered
    assert ("đã soạn" in text_of(letter)) == (way == "draft")


def test_a_reason_that_says_nothing_is_asked_for_once_more(office: SmallOffice) -> None:
    assert returned(office, "ok") == SAY("exempt-why-once-more")
    assert versions_of(office.store, "PR-01") == [(1, "draft", "received")]
    office.says("PR", "Thiếu số liệu tháng 1.")
    assert "Lý do: Thiếu số liệu tháng 1." in text_of(office.letters("PR-01")[-1])


# Level by level


def gathered(office: SmallOffice, code: str = "PR") -> Gathering:
    with office.store.transaction() as connection:
        union = unions.get(connection, code, BEFORE_DUE.date())
        rule = next(each for each in reports.rules(connection) if each.id == RULE)
        assert union is not None
        return gather(connection, union, rule, PERIOD)


def test_totals_are_over_what_came_and_what_is_missing_is_marked(office: SmallOffice) -> None:
    office.taps("PR-02", f"report:yes:{RULE}:{QUARTER}")
    found = gathered(office)
    assert [(row.union.code, row.origin) for row in found.rows] == [
        ("PR-01", "report"),
        ("PR-02", "checkins"),
        *((f"PR-0{number}", "none") for number in range(3, 7)),
    ]
    assert (found.came, found.total("members"), found.total("admitted")) == (2, (178, 2), (12, 2))
    office.says("PR", "/baocao")
    said = tap(office, "PR", "Tổng hợp quý I/2025")
    assert said == SAY("report-gathered-sheet")
    sheet = load_workbook(io.BytesIO(file_to(office, "PR").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["Mã", "Đơn vị", "Đoàn viên hiện có"]
    assert rows[1][:3] == ["PR-01", "CĐCS Công ty Cao su (mẫu 1)", 128] and rows[2][2] == 50
    assert [row[-1] for row in rows[3:7]] == ["chưa nộp"] * 4 and rows[3][2] is None
    assert rows[7][1:3] == ["Cộng", 178] and rows[8][2] == 2


def test_who_is_excused_is_not_missing_and_who_has_longer_sees_the_new_day(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        exemptions.give(connection, (RULE, "PR-03", QUARTER), "excuse", None, BEFORE_DUE)
        exemptions.give(connection, (RULE, "PR-02", QUARTER), "extension", None, BEFORE_DUE, until=date(2025, 3, 25))
    assert "quý I/2025: được miễn" in text_of(office.says("PR-03", "/baocao"))
    assert "quý I/2025: hạn 25/03/2025" in text_of(office.says("PR-02", "/baocao"))
    office.clock.move_to(BEFORE_DUE.replace(day=24))
    assert "nộp muộn" not in submit_draft(office, "PR-02")
    states = [state_of(row, Phrases("vi")) for row in gathered(office).rows]
    assert states[2:4] == ["được miễn", "chưa nộp"] and states[1].endswith("BC-00002")


def test_only_staff_put_reports_together_and_only_those_below_them(office: SmallOffice) -> None:
    for person in ("PR-01", "BD"):
        assert text_of(office.taps(person, f"report:sum:{RULE}:{QUARTER}")) == SAY("old-button") or (
            "Cao su" not in text_of(office.letters(person)[-1])
            and "Phú Riềng" not in text_of(office.letters(person)[-1])
        )


def test_the_paper_of_a_federation_has_a_row_for_each_union(office: SmallOffice) -> None:
    office.says("PR", "/baocao")
    tap(office, "PR", "Tổng hợp quý I/2025")
    paper = next(file for file in files_to(office, "PR") if file.name.endswith(".docx"))
    document = docx.Document(io.BytesIO(paper.content))
    table = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert len(table) == 8 and table[1][1] == "CĐCS Công ty Cao su (mẫu 1)" and table[-1][2] == "128 (1/6 đơn vị)"
    assert "- Đoàn viên hiện có: 128 (cộng 1/6 đơn vị)" in [paragraph.text for paragraph in document.paragraphs]


def files_to(office: SmallOffice, person: str) -> list[Attachment]:
    replies = (from_json(letter.body) for letter in office.letters(person))
    return [reply.file for reply in replies if reply.file]


def test_a_district_owes_its_own_report_to_the_province_under_the_same_rules(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        reports.confirm(connection, [DISTRICT], BEFORE_DUE)
    shown = office.says("PR", "/baocao")
    assert "quý I/2025: hạn 20/03/2025" in text_of(shown) and "quý I/2025: 1/6 đơn vị đã nộp" in text_of(shown)
    actions = {choice.id.split(":")[1] for choice in choices_of(shown)}
    assert {"draft", "sum"} <= actions, "both can be chosen from one message, also where choices are typed"
    said = text_of(office.taps("PR", f"report:draft:quy-tinh:{QUARTER}"))
    assert "• Đơn vị đã nộp báo cáo: 1/6" in said and "• Đoàn viên hiện có: 128 (cộng 1/6 đơn vị)" in said
    origins = tap(office, "PR", "Số liệu từ đâu?")
    assert "báo cáo BC-00001" in origins and origins.count("chưa nộp") == 5
    assert "BC-00002" in tap(office, "PR", "Nộp báo cáo")
    assert "LĐLĐ huyện Phú Riềng" in text_of(office.says("BPC", "/duyetbaocao"))
    found = gathered(office, "BPC")
    assert [row.union.code for row in found.rows] == ["PR"] and found.total("members") == (128, 1)
    assert text_of(office.says("PR", "/duyetbaocao")).count("BC-00002") == 0, "nobody accepts their own report"

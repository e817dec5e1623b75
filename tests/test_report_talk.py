"""Drafting a report in a talk: what the officer sees, changes and sends, and that nothing else happens on the way."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import checkins, files, officers, reports, targets
from db.store import Store
from handlers import Attachment, Incoming
from handlers.conversation import Conversation, Doorstep, desk_of, from_json, to_json
from handlers.phrasebook import Phrases
from handlers.report_work import Work, open_work
from handlers.respond import respond
from knowledge.index import Library
from tests.reporting import (
    BEFORE_DUE,
    DISTRICT,
    MONTHS,
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
from tests.small_office import CHANNEL, SmallOffice, choices_of, state_of, text_of

SAY = Phrases("vi").say
PERSON = "PR-01"
DRAFT = f"report:draft:{RULE}:{QUARTER}"


@pytest.fixture
def office(store: Store, library: Library) -> SmallOffice:
    """An office in which one union sent two of the three months, and the quarter before."""
    office = office_of(store, library)
    send(store, PERSON, "2024-11", answers(120, 4))
    send(store, PERSON, "2024-12", answers(125, 5))
    send(store, PERSON, "2025-02", answers(128, 3, difficulties="Một số công nhân xin nghỉ việc."))
    return office


def test_the_draft_holds_the_figures_the_gap_and_the_officers_own_words(office: SmallOffice) -> None:
    said = text_of(office.taps(PERSON, DRAFT))
    for line in (
        "• Đoàn viên hiện có: 128 (tháng 2/2025); kỳ trước 120, tăng 8",
        "• Kết nạp mới: 8 (chưa có số liệu tháng 1/2025); kỳ trước 4 (thiếu số liệu 2 tháng)",
        "• Tháng 2/2025: “Một số công nhân xin nghỉ việc.”",
        "Chưa có số liệu tháng 1/2025",
        "hạn 18/03/2025",
    ):
        assert line in said


def test_figures_are_held_against_the_targets_of_the_year_from_january_on(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        targets.assign(connection, PERSON, "new_members", "2025", 26, "members", officer=None, now=BEFORE_DUE)
        targets.assign(connection, PERSON, "initiatives", "2025", 4, "initiatives", officer=None, now=BEFORE_DUE)
    said = text_of(office.taps(PERSON, DRAFT))
    assert "II. Thực hiện chỉ tiêu năm 2025" in said
    (admitted,) = (line for line in said.splitlines() if "3/26" in line)
    assert "còn 23 trong 10 tháng (chưa có số liệu tháng 1)" in admitted, "December counts for the year before"
    assert "chỉ tiêu 4 sáng kiến, chưa có số liệu" in said


def test_every_figure_is_traced_to_its_check_in(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    said = tap(office, PERSON, "Số liệu từ đâu?")
    with office.store.transaction() as connection:
        known = [checkins.get(connection, PERSON, "monthly", month) for month in MONTHS]
    assert all(each is None or f"biên nhận {each.number}" in said for each in known)
    assert "• tháng 1/2025: chưa có số liệu" in said and "Kết nạp mới" in said


def test_what_is_submitted_keeps_its_figures_and_sources(office: SmallOffice) -> None:
    assert "BC-00001" in submit_draft(office, PERSON)
    with office.store.transaction() as connection:
        made = reports.submitted(connection, RULE, PERSON, QUARTER)
        february = checkins.get(connection, PERSON, "monthly", "2025-02")
    assert made is not None and made.content is not None and february is not None
    assert (made.way, made.version, made.late) == ("draft", 1, False)
    assert made.content["figures"] == {
        "members": 128,
        "admitted": 8,
        "workers": 138,
        "agreement": "signed",
        "visited": 2,
    }
    assert made.content["missing"] == ["2025-01"] and february.number in made.content["sources"]
    assert file_to(office, PERSON).name == f"bao-cao-{PERSON}-{QUARTER}.docx"


def test_a_draft_follows_figures_that_come_meanwhile_and_says_so(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    send(office.store, PERSON, "2025-01", answers(126, 7))
    said = text_of(office.taps(PERSON, DRAFT))
    assert "• Kết nạp mới: 15" in said and SAY("report-draft-renewed") in said
    assert SAY("report-draft-renewed") not in text_of(office.taps(PERSON, DRAFT))


def test_a_line_is_changed_removed_and_taken_back(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    tap(office, PERSON, "Sửa một dòng")
    tap(office, PERSON, "Kết nạp mới")
    assert "• Kết nạp mới: 9\n" in text_of(office.says(PERSON, "9"))
    tap(office, PERSON, "Sửa một dòng")
    tap(office, PERSON, "Kết nạp mới")
    assert "• Kết nạp mới: 8 (chưa" in tap(office, PERSON, "Lấy lại dòng ban đầu")
    tap(office, PERSON, "Sửa một dòng")
    tap(office, PERSON, "Kết nạp mới")
    assert "Kết nạp mới" not in tap(office, PERSON, "Bỏ dòng này")
    submitted = tap(office, PERSON, "Nộp báo cáo")
    with office.store.transaction() as connection:
        made = reports.submitted(connection, RULE, PERSON, QUARTER)
    assert "BC-" in submitted and made and made.content and "admitted" not in made.content["figures"]


def test_proposals_are_added_and_a_question_in_between_is_answered(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    tap(office, PERSON, "Thêm kiến nghị")
    answered = text_of(office.says(PERSON, "chỉ tiêu đoàn viên năm 2025 là bao nhiêu?"))
    assert answered == SAY("report-ask-proposal")
    assert "• Hỗ trợ kinh phí khám sức khỏe." in text_of(office.says(PERSON, "Hỗ trợ  kinh phí\nkhám sức khỏe."))
    tap(office, PERSON, "Thêm kiến nghị")
    office.says(PERSON, "x" * 501)
    said = [text_of(letter) for letter in office.letters(PERSON)][-2:]
    assert said == [SAY("report-too-long", most=500), SAY("report-ask-proposal")]


def test_the_draft_survives_another_form_in_between(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    tap(office, PERSON, "Thêm kiến nghị")
    office.says(PERSON, "Đề nghị mở lớp tập huấn.")
    office.says(PERSON, "/solieu")
    assert "• Đề nghị mở lớp tập huấn." in text_of(office.taps(PERSON, DRAFT))


def test_a_dropped_draft_leaves_nothing_and_a_kept_one_comes_back(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    tap(office, PERSON, "Thêm kiến nghị")
    office.says(PERSON, "Đề nghị mở lớp tập huấn.")
    assert tap(office, PERSON, "Để sau") == SAY("report-draft-kept")
    assert "• Đề nghị mở lớp tập huấn." in text_of(office.taps(PERSON, DRAFT))
    tap(office, PERSON, "Bỏ dự thảo")
    assert "• Đề nghị mở lớp tập huấn." not in text_of(office.taps(PERSON, DRAFT))
    assert versions_of(office.store, PERSON) == []


def test_two_drafts_do_not_get_into_each_others_way(office: SmallOffice) -> None:
    with office.store.transaction() as connection:
        reports.confirm(
            connection, [replace(DISTRICT, id="thang", scope="PR", level="grassroots", cycle="month")], BEFORE_DUE
        )
    other = "report:draft:thang:2025-03"
    office.taps(PERSON, DRAFT)
    tap(office, PERSON, "Thêm kiến nghị")
    office.says(PERSON, "Cho cả quý.")
    office.taps(PERSON, other)
    tap(office, PERSON, "Thêm kiến nghị")
    assert "• Cho tháng.\n" not in text_of(office.taps(PERSON, DRAFT))
    assert "• Cho cả quý." in text_of(office.letters(PERSON)[-1])
    office.taps(PERSON, other)
    tap(office, PERSON, "Thêm kiến nghị")
    said = text_of(office.says(PERSON, "Cho tháng."))
    assert "tháng 3/2025" in said and "• Cho tháng." in said and "Cho cả quý" not in said
    tap(office, PERSON, "Nộp báo cáo")
    assert "• Cho cả quý." in text_of(office.taps(PERSON, DRAFT))


def test_a_report_settled_otherwise_closes_its_draft(office: SmallOffice) -> None:
    office.taps(PERSON, DRAFT)
    office.taps(PERSON, f"report:yes:{RULE}:{QUARTER}")
    assert open_now(office) is None


def test_a_button_of_a_draft_that_is_over_does_nothing(office: SmallOffice) -> None:
    shown = choices_of(office.taps(PERSON, DRAFT))
    tap(office, PERSON, "Nộp báo cáo")
    for choice in shown:
        assert text_of(office.taps(PERSON, choice.id)) == SAY("old-button")
    assert versions_of(office.store, PERSON) == [(1, "draft", "received")]


def test_a_report_that_stands_is_replaced_only_on_purpose_and_never_after_it_was_accepted(office: SmallOffice) -> None:
    submit_draft(office, PERSON)
    assert "đã được ghi nhận" in text_of(office.taps(PERSON, DRAFT))
    tap(office, PERSON, "Nộp bản khác")
    assert "bản thứ 2" in tap(office, PERSON, "Nộp báo cáo")
    assert versions_of(office.store, PERSON) == [(1, "draft", "replaced"), (2, "draft", "received")]
    office.says("PR", "/duyetbaocao")
    tap(office, "PR", "Duyệt")
    office.taps(PERSON, f"report:again:{RULE}:{QUARTER}")
    assert open_now(office) is None and len(versions_of(office.store, PERSON)) == 2


def open_now(office: SmallOffice) -> Work | None:
    with office.store.transaction() as connection:
        return open_work(from_json(state_of(connection, PERSON)))


@pytest.mark.parametrize(("action", "way"), [("yes", "marked"), ("nothing", "nothing")])
def test_a_report_is_settled_without_a_draft(office: SmallOffice, action: str, way: str) -> None:
    office.taps(PERSON, f"report:other:{RULE}:{QUARTER}")
    tap(office, PERSON, "Đã nộp nơi khác" if way == "marked" else "Không phát sinh")
    assert "BC-00001" in text_of(office.taps(PERSON, f"report:{action}:{RULE}:{QUARTER}"))
    assert versions_of(office.store, PERSON) == [(1, way, "received")]


def test_a_quarter_that_runs_cannot_be_reported_yet(office: SmallOffice) -> None:
    for action in ("draft", "other", "file", "none", "nothing", "done", "yes", "again"):
        assert text_of(office.taps(PERSON, f"report:{action}:{RULE}:2025-Q2")) == SAY("old-button")


# Files in place of a draft, and any input at all: turns straight through `respond`, without a channel.


class Talk:
    """A talk that is kept as JSON between two turns, as a restart leaves it."""

    def __init__(self, office: SmallOffice) -> None:
        self.office = office
        self.state: dict[str, Any] = to_json(Conversation())
        self.replies: tuple[str, ...] = ()
        self.buttons: list[str] = []

    def hears(self, text: str = "", choice: str | None = None, file: Attachment | None = None) -> str:
        """One turn; gives the last reply."""
        with self.office.store.transaction() as connection:
            posts = officers.posts_at(connection, CHANNEL, PERSON)
            doorstep = Doorstep(BEFORE_DUE, connection, Phrases("vi"), CHANNEL, PERSON)
            desk = desk_of(doorstep, posts, self.office.tools.library, self.office.tools.timetable)
            turn = respond(
                desk, from_json(json.loads(json.dumps(self.state))), Incoming(CHANNEL, "1", PERSON, text, choice, file)
            )
        self.state = to_json(turn.conversation)
        self.replies = tuple(reply.text for reply in turn.replies)
        self.buttons = [choice.id for reply in turn.replies for choice in reply.choices]
        return self.replies[-1]


def photo(name: str = "trang.jpg") -> Attachment:
    return Attachment(name, "image/jpeg", b"content")


def test_photos_are_sent_as_the_report_page_by_page(office: SmallOffice) -> None:
    talk = Talk(office)
    talk.hears(choice=f"report:file:{RULE}:{QUARTER}")
    talk.hears(file=photo("trang-1.jpg"))
    assert "Em đã nhận 2 tệp" in talk.hears(file=photo("trang-2.PDF"))
    send_button = next(button for button in talk.buttons if button.startswith("report:send:"))
    assert "BC-00001" in talk.hears(choice=send_button)
    with office.store.transaction() as connection:
        made = reports.submitted(connection, RULE, PERSON, QUARTER)
        assert made is not None and made.way == "file" and made.content is not None
        kept = [files.get(connection, number) for number in made.content["files"]]
    assert [file and file.name for file in kept] == ["trang-1.jpg", "trang-2.PDF"]


@pytest.mark.parametrize(
    ("file", "phrase"),
    [
        (photo("macro.exe"), "report-file-kind"),
        (photo("noname"), "report-file-kind"),
        (photo("a.docm"), "report-file-kind"),
    ],
)
def test_a_file_that_a_computer_would_run_is_not_taken(office: SmallOffice, file: Attachment, phrase: str) -> None:
    talk = Talk(office)
    talk.hears(choice=f"report:file:{RULE}:{QUARTER}")
    talk.hears(file=file)
    assert talk.replies[0] == SAY(phrase, most=10)


def test_a_file_beside_an_open_draft_is_asked_about_and_one_too_many_refused(office: SmallOffice) -> None:
    talk = Talk(office)
    talk.hears(choice=DRAFT)
    assert talk.hears(file=photo()) == SAY("report-file-first")
    talk.hears(choice=f"report:file:{RULE}:{QUARTER}")
    for _ in range(10):
        talk.hears(file=photo())
    talk.hears(file=photo())
    assert talk.replies[0] == SAY("report-files-enough", most=10)


inputs = st.lists(
    st.one_of(
        st.integers(0, 30),
        st.sampled_from(
            ["/baocao", "/huy", "/menu", "12", "1.250", "a", "Đề nghị hỗ trợ kinh phí.", "chỉ tiêu là gì?", "x" * 600]
        ),
        st.text(max_size=20),
        st.just(photo()),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(inputs)
def test_whatever_is_typed_tapped_or_sent_there_is_an_answer_and_the_state_stays_small(
    office: SmallOffice, inputs: list[Any]
) -> None:
    talk = Talk(office)
    talk.hears(choice=DRAFT)
    for each in inputs:
        if isinstance(each, Attachment):
            talk.hears(file=each)
        elif isinstance(each, int):
            talk.hears(choice=talk.buttons[each % len(talk.buttons)]) if talk.buttons else talk.hears("/baocao")
        else:
            talk.hears(each)
        assert talk.replies and all(talk.replies)
        assert all(len(button.encode()) <= 52 for button in talk.buttons)
        assert len(json.dumps(talk.state["wait"]).encode()) < 8000

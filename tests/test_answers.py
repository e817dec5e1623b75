"""Answers and their wording: each honest outcome, and the check that nothing leaves that no quote holds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering import answer_json, answer_reply, spoken, wording_reply
from handlers.phrasebook import Phrases
from knowledge import Answer, Arithmetic, Citation, Finding
from knowledge.answers import answer
from knowledge.checking import unsupported
from knowledge.index import Library
from knowledge.inquiry import label as called

TODAY = date(2026, 7, 16)
CLAUSE = Citation(
    "Kế hoạch 10/KH-LĐLĐ", "plan.txt", "II.1", "Đến năm 2030 có 24.000 đoàn viên, ban hành ngày 07/9/2021."
)


def ask(library: Library, union: str, text: str, *history: str) -> Answer:
    return answer(library, text, union=union, chain=library.chain(union), history=history, today=TODAY)


def said(library: Library, union: str, text: str, *history: str) -> str:
    found = ask(library, union, text, *history)
    return answer_reply(found, Phrases(found.language)).text


@pytest.mark.parametrize(
    ("union", "text", "outcome"),
    [
        ("PR-01", "Đến năm 2025 huyện có bao nhiêu đoàn viên?", "found"),
        ("PR-01", "Tỷ lệ ký thỏa ước năm 2025 là bao nhiêu?", "conflict"),
        ("DLK", "Doanh nghiệp nhà nước tổ chức hội nghị người lao động đạt bao nhiêu phần trăm?", "found"),
        ("XA43-CS", "Năm 2025 thu tài chính công đoàn đạt bao nhiêu phần trăm?", "not_restated"),
        ("DLK", "Chương trình hành động của tỉnh số mấy?", "not_restated"),
        ("PR-01", "Báo cáo kết quả nộp trước ngày nào?", "not_restated"),
        ("PR-01", "Mức lương tối thiểu là bao nhiêu?", "not_found"),
        ("PR-01", "Chỉ tiêu đoàn viên của tỉnh Lâm Đồng năm 2025?", "not_found"),
        ("PR-01", "Chỉ tiêu đoàn viên của tỉnh năm 2025?", "not_found"),
        ("PR-01", "", "not_found"),
    ],
)
def test_each_outcome(library: Library, union: str, text: str, outcome: str) -> None:
    found = ask(library, union, text)
    assert found.outcome == outcome
    assert bool(found.findings) or outcome in ("not_found", "not_restated")


def test_a_figure_comes_with_year_comparator_and_source(library: Library) -> None:
    text = said(library, "PR-01", "den 2025 toan huyen co bao nhieu doan vien")
    assert "khoảng 3.100 đoàn viên công đoàn" in text
    assert "năm 2025" in text
    assert "mục II.2" in text


def test_two_figures_in_one_sentence_are_both_shown(library: Library) -> None:
    text = said(library, "PR-01", "tỷ lệ thỏa ước 2025")
    assert "80% trở lên" in text
    assert "trên 75%" in text
    assert "khác nhau" in text


def test_a_list_of_targets_leaves_out_figures_in_passing_among_the_duties(library: Library) -> None:
    text = said(library, "BD-02", "chỉ tiêu 2025 của mình là gì?")
    assert "24.000" in text and "80%" in text
    assert "đối thoại" not in text


def test_the_year_that_was_asked_for_comes_before_what_stands_every_year(library: Library) -> None:
    text = said(library, "XA43-CS", "chỉ tiêu 2025 của mình là gì?")
    assert "98%" in text and "68%" in text
    assert text.index("98%") < text.index("1-2")


def test_what_two_documents_say_alike_stands_once_with_both_sources(library: Library) -> None:
    text = said(library, "BD-02", "Chỉ tiêu đoàn viên năm 2025 của quận?")
    assert text.count("24.000") == 1
    assert "10/KH-UBND" in text
    assert "55-KH/QU" in text


def test_what_is_given_for_other_years_is_said_and_the_nearest_named_as_what_it_is(library: Library) -> None:
    found = ask(library, "XA43-CS", "Năm 2025 thu tài chính công đoàn đạt bao nhiêu phần trăm?")
    reply = answer_json(found, Phrases("vi"), 0.0)
    assert reply["abstained"], "the year that was asked for is not there"
    assert "không nêu chỉ tiêu này cho năm 2025" in str(reply["text"])
    assert "gần nhất là năm 2023" in str(reply["text"]) and "90% trở lên" in str(reply["text"])
    assert "II.2.1" in str(reply["text"])


def test_a_difference_is_shown_as_arithmetic(library: Library) -> None:
    found = ask(library, "BD", "Đoàn viên năm 2030 tăng bao nhiêu so với 2025?")
    assert found.arithmetic == Arithmetic("difference", "29.000", "24.000", "5.000")
    text = answer_reply(found, Phrases("vi")).text
    assert "29.000 − 24.000 = 5.000" in text


def test_figures_of_two_indicators_are_never_subtracted(library: Library) -> None:
    found = ask(library, "BD", "So sánh tỷ lệ ký thỏa ước năm 2023 và 2030")
    assert {finding.target.indicator for finding in found.findings if finding.target} == {"collective_agreements"}


def test_another_place_is_answered_from_its_own_plan_and_says_so(library: Library) -> None:
    text = said(library, "PR-01", "Quận Ba Đình đặt mục tiêu bao nhiêu đoàn viên năm 2025?")
    assert "Ba Đình" in text
    assert "24.000" in text
    assert "3.100" not in text


@pytest.mark.parametrize(
    ("union", "text", "held"),
    [
        ("BD", "theo 10/KH-UBND thì 2030 quận có bao nhiêu đoàn viên", "10/KH-UBND, mục II."),
        ("BD", "kế hoạch 55 do ai ký", "Nguyễn Công Thành"),
        ("DLK", "nghị định 49 quy định về gì", "nhà ở xã hội"),
        ("T4", "công văn 405 nói về gì", "405-CV/TU"),
        ("DLK", "kế hoạch của tỉnh ủy mang số mấy", "49-KH/TU"),
    ],
)
def test_a_document_is_found_by_its_number_and_by_who_issued_it(
    library: Library, union: str, text: str, held: str
) -> None:
    assert held in said(library, union, text)


def test_a_question_that_names_a_document_is_answered_from_that_one_alone(library: Library) -> None:
    assert "10/KH-UBND" not in said(library, "BD-02", "kế hoạch 55 đặt bao nhiêu đoàn viên năm 2025")


@pytest.mark.parametrize(
    ("union", "text", "held"),
    [
        ("XA43-CS", "ae nào nghèo được thăm hỏi, mấy phần trăm", "100%"),
        ("XA43-CS", "bn % đv được mua đồ giá rẻ của đối tác", "20%"),
        ("DLK-BMT-02", "trường có phải mở hội nghị viên chức ko", "100%"),
        ("DLK", "doanh nghiệp trốn đóng kinh phí thì xử lý sao", "kiến nghị xử lý vi phạm"),
        ("BD-04", "nhà hàng 40 nhân viên có bắt buộc lập công đoàn không", "25 công nhân"),
        ("T4", "trưởng ban chỉ đạo phát triển đoàn viên ở huyện là ai", "chủ tịch là trưởng ban chỉ đạo"),
        ("T4", "Who drafts the budget estimates?", "dự toán"),
        ("BD", "Who leads the recruitment of officers?", "Ban Tổ chức Quận ủy"),
        ("BD", "Which department spreads the resolution?", "Ban Tuyên giáo"),
        ("XA43-CS", "By 2030, what percentage of members should be kept?", "99%"),
    ],
)
def test_everyday_words_lead_to_the_clause(library: Library, union: str, text: str, held: str) -> None:
    assert held in said(library, union, text)


@pytest.mark.parametrize(
    ("union", "text"),
    [
        ("XA43-CS", "mỗi đoàn viên nộp công đoàn phí mấy nghìn một tháng"),
        ("DLK-BMT-01", "không lập công đoàn thì bị phạt bao nhiêu"),
        ("XA43-CS", "xã có mấy đoàn viên"),
        ("PR-01", "quý này công ty đã kết nạp được bao nhiêu đoàn viên"),
        ("PR", "ai ký kế hoạch 149 của huyện ủy"),
        ("BD-03", "giáo viên được nghỉ phép năm mấy ngày"),
        ("XA43-CS", "mỗi năm đi mấy chuyến tham quan"),
        ("DLK", "toàn tỉnh có bao nhiêu công đoàn cơ sở"),
    ],
)
def test_a_subject_that_is_only_near_is_not_answered(library: Library, union: str, text: str) -> None:
    assert ask(library, union, text).outcome == "not_found"


def test_an_english_question_gets_english_words_around_the_quote(library: Library) -> None:
    text = said(library, "BD-02", "What percentage of enterprises should sign a collective agreement by 2030?")
    assert "trên 85%" in text
    assert "Source:" in text
    assert "not stated" in said(library, "BD-02", "How many members should the district have by 2035?")


def test_the_wording_behind_an_answer_is_the_whole_clause(library: Library) -> None:
    found = ask(library, "PR-01", "den 2030 bao nhieu doan vien")
    reply = answer_reply(found, Phrases("vi"))
    assert "4500 đoàn viên công đoàn" in wording_reply(reply.citations, Phrases("vi")).text


def test_an_answer_that_no_quote_holds_does_not_leave() -> None:
    invented = Answer("found", "passage", "vi", (Finding("Có 31.500 đoàn viên", CLAUSE),))
    text = answer_reply(invented, Phrases("vi")).text
    assert "31.500" not in text
    assert "24.000" in text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Có 24.000 đoàn viên", ()),
        ("Có 24000 đoàn viên (Kế hoạch 10/KH-LĐLĐ, mục II.1)", ()),
        ("ngày 7/9/2021", ()),
        ("Có 24.500 đoàn viên", ("24.500",)),
        ("Có 2.400 đoàn viên", ("2.400",)),
        ("ngày 08/9/2021", ("08/9/2021",)),
        ("đạt 80%", ("80%",)),
        ("Theo 12/KH-UBND", ("12",)),
        ("1. Một mục\n2. Hai mục", ()),
    ],
)
def test_figures_dates_and_numbers_must_be_held(text: str, missing: tuple[str, ...]) -> None:
    assert unsupported(text, [CLAUSE]) == missing


def test_arithmetic_that_is_shown_holds_its_result() -> None:
    shown = Arithmetic("difference", "24.000", "22.000", "2.000")
    assert unsupported("24.000 − 22.000 = 2.000", [CLAUSE]) == ("22.000", "2.000")
    assert unsupported("24.000 − 22.000 = 2.000", [CLAUSE], shown) == ()


def test_two_figures_stay_together_in_a_list_too(library: Library) -> None:
    text = said(library, "PR-01", "chỉ tiêu năm 2025 của huyện là gì")
    assert "văn bản ghi các mức khác nhau, 80% trở lên và trên 75%" in text
    assert "…" not in text
    assert all(line[2].isupper() or line[2].isdigit() for line in text.splitlines() if line.startswith("- "))


@pytest.mark.parametrize(
    ("union", "text", "shown"),
    [
        ("T4", "trong 3 năm tăng thêm bao nhiêu đoàn viên", "1.300 × 3 = 3.900"),
        ("T4", "năm 2027 tỉnh có bao nhiêu đoàn viên", "28.437 − 1.300 = 27.137"),
        ("T4", "năm 2026 tỉnh có bao nhiêu đoàn viên", "28.437 − 2 × 1.300 = 25.837"),
    ],
)
def test_what_follows_from_two_figures_is_derived_and_says_so(
    library: Library, union: str, text: str, shown: str
) -> None:
    assert ask(library, union, text).outcome == "derived"
    assert shown in said(library, union, text)
    assert "văn bản không ghi sẵn" in said(library, union, text)


def test_a_difference_from_two_figures_chooses_neither(library: Library) -> None:
    found = ask(library, "PR", "từ 2025 đến 2030 tỷ lệ thỏa ước tăng bao nhiêu")
    assert (found.outcome, found.arithmetic) == ("conflict", None)


@pytest.mark.parametrize(("union", "alone"), [("PR-01", True), ("PR", False)])
def test_a_union_without_a_figure_of_its_own_is_told_so(library: Library, union: str, alone: bool) -> None:
    text = said(library, union, "đơn vị mình năm 2025 có chỉ tiêu bao nhiêu đoàn viên")
    assert ("không giao chỉ tiêu riêng" in text) == alone
    assert "3.100" in text


@pytest.mark.parametrize(
    ("union", "label"),
    [
        ("PR-01", "Kế hoạch của Ban Thường vụ LĐLĐ huyện Phú Riềng"),
        ("T4", "Kế hoạch của Ban Thường vụ LĐLĐ tỉnh"),
        ("XA43-CS", "Kế hoạch 43-KH/ĐU"),
    ],
)
def test_a_source_is_named_as_people_say_it(library: Library, union: str, label: str) -> None:
    key = library.scope(library.chain(union))[0]
    document = library.documents[key]
    assert called(document, library.unions[document.scope]) == label


def test_two_sources_name_their_issuers(library: Library) -> None:
    text = said(library, "BD-02", "Chỉ tiêu đoàn viên năm 2025 của quận?")
    assert "10/KH-UBND của UBND quận Ba Đình" in text
    assert "55-KH/QU của Quận ủy Ba Đình" in text


def test_the_wording_shows_nothing_twice() -> None:
    part = Citation(CLAUSE.document, CLAUSE.file, CLAUSE.section, "Đến năm 2030 có 24.000 đoàn viên")
    text = wording_reply((part, CLAUSE, CLAUSE), Phrases("vi")).text
    assert text.count("24.000") == 1


def test_a_long_answer_leaves_the_rest_for_a_button() -> None:
    duties = tuple(
        Finding(
            f"Việc {'rất ' * 40}dài", Citation("Kế hoạch", None, f"III.{number}", f"Việc {'rất ' * 40}dài {number}")
        )
        for number in range(9)
    )
    answered = Answer("found", "duty", "vi", tuple(replace(each, words=each.citation.quote) for each in duties))
    message = spoken(answered, Phrases("vi"))
    assert len(message.reply.text) < 700
    assert message.reply.text.count("\n- ") + message.rest.count("- Việc") == 9
    assert "Xem thêm" in message.reply.text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Người ký là bà Trần Thị Mẫu.", ("Trần Thị Mẫu",)),
        ("Nguồn: Kế hoạch 10/KH-LĐLĐ, mục II.1.", ()),
        ("Theo “Trần Thị Mẫu” trong ngoặc kép", ()),
    ],
)
def test_names_outside_quotes_must_be_held(text: str, missing: tuple[str, ...]) -> None:
    assert unsupported(text, [CLAUSE]) == missing


def test_an_english_answer_says_the_figure_in_english(library: Library) -> None:
    text = said(library, "BD-02", "What share of enterprises should sign a collective agreement by 2025?")
    assert "In 2025: at least 80%" in text
    assert "Thỏa ước" in text


@pytest.mark.parametrize(
    ("union", "first", "second", "both"),
    [("BD", "2023 quận có mấy đoàn viên", "mấy thỏa ước", ("22.000", "75%"))],
)
def test_two_questions_in_one_message(
    library: Library, union: str, first: str, second: str, both: tuple[str, str]
) -> None:
    text = said(library, union, f"{first}, {second}")
    assert all(figure in text for figure in both)


@given(st.text(alphabet="0123456789.,/% đoànviên\n", max_size=60))
def test_a_quote_always_holds_itself(text: str) -> None:
    assert unsupported(text, [Citation("Kế hoạch", None, "", text)]) == ()


@given(st.text(max_size=200))
def test_no_question_raises(library: Library, text: str) -> None:
    assert answer_reply(ask(library, "PR-01", text), Phrases("vi")).text

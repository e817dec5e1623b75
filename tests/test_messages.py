"""Whole messages as people type them: two questions at once, follow-ups, words run together, English."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering import answer_json, answer_reply, spoken
from handlers.phrasebook import Phrases
from knowledge import Answer, Union
from knowledge.answers import answer
from knowledge.index import Library, build_index, open_index
from knowledge.joined import parted_tokens, with_letters_back
from knowledge.messages import answer_message
from knowledge.reading import read_file
from tests.evaluation.score import read_jsonl, score, summarise

EVALUATION = Path(__file__).parent / "evaluation"
TODAY = date(2026, 7, 16)
Opened = Callable[[Path, Path], Library]


def build(file: Path, organisation: Path, documents: Path) -> None:
    rows = list(csv.DictReader(organisation.read_text(encoding="utf-8").splitlines()))
    listed = [
        replace(document, scope=row["code"])
        for row in rows
        for name in filter(None, row["documents"].split(";"))
        for document in read_file(documents / name)
    ]
    unions = [Union(row["code"], row["name"], row["level"], row["parent"], row["sector"]) for row in rows]
    build_index(file, listed, unions)


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    file = tmp_path_factory.mktemp("messages") / "index.sqlite"
    folder = EVALUATION / "messages"
    build(file, folder / "unions.csv", folder)
    with open_index(file) as opened:
        yield opened


def found(plans: Library, union: str, *messages: str) -> Answer:
    *before, question = messages
    return answer(plans, question, union=union, chain=plans.chain(union), history=before, today=TODAY)


def said(plans: Library, union: str, *messages: str) -> str:
    one = found(plans, union, *messages)
    return answer_reply(one, Phrases(one.language)).text


@pytest.mark.parametrize(
    ("union", "question", "told"),
    [
        ("LK-BH-01", "ai lo tổ phản ứng nhanh? quà tết mấy tiền?", ("Ban Chính sách", "700.000")),
        ("LK-BH-01", "chỉ tiêu kết nạp đoàn viên với hạn nộp báo cáo tháng", ("180", "ngày 18")),
        ("LK-BH-01", "chi tieu ket nap doan vien va han nop bao cao thang", ("180", "ngày 18")),
        ("LK-BH-01", "How many members must we recruit, and when is the monthly report due?", ("180", "ngày 18")),
        ("VG-YT-1", "ai xét học bổng? hội thao tháng mấy?", ("Ban Nữ công", "quý II")),
        ("VG-TA-1", "chỉ tiêu của công ty em và hạn báo cáo hằng tháng", ("75", "ngày 23")),
    ],
)
def test_two_questions_of_a_message_are_both_answered(
    plans: Library, union: str, question: str, told: tuple[str, ...]
) -> None:
    one = found(plans, union, question)
    text = answer_reply(one, Phrases(one.language)).text
    assert [each for each in told if each not in text] == []
    assert [each.findings for each in one.also if each.findings]
    first, second = text.split("\n\n")
    assert all("Nguồn: " in part or "Source: " in part for part in (first, second))


def test_of_two_questions_the_one_without_an_answer_is_named(plans: Library) -> None:
    text = said(plans, "LK-BH-01", "quà tết bao nhiêu một suất? khi nào đi tham quan?")
    assert "700.000" in text
    assert "Còn về “tham quan”, em không tìm thấy" in text


@pytest.mark.parametrize(
    "question",
    ["ai chủ trì và phối hợp với ai", "hạn nộp báo cáo khi nào và gửi cho ai", "thu và nộp đoàn phí bao nhiêu"],
)
def test_one_question_is_not_cut_in_two(plans: Library, question: str) -> None:
    assert found(plans, "LK-BH-01", question).also == ()


@pytest.mark.parametrize(
    ("union", "messages", "told"),
    [
        ("LK-BH-01", ("Báo cáo tháng nộp ngày mấy?", "gửi cho ai"), "Liên đoàn Lao động thị xã"),
        ("LK-BH-01", ("Báo cáo tháng nộp ngày mấy?", "còn quà tết bao nhiêu một suất?"), "700.000"),
        ("LK-BH-01", ("Công ty mình được giao kết nạp bao nhiêu?", "thế còn bệnh viện thị xã?"), "12"),
        ("LK-BH-01", ("bệnh viện thị xã được giao kết nạp bao nhiêu?", "thế mình?"), "180"),
        ("LK-BH-01", ("bệnh viện thị xã được giao kết nạp bao nhiêu?", "công ty mình thì sao"), "180"),
        ("LK-BH-01", ("tỉnh 2026 kết nạp bao nhiêu đoàn viên?", "ở thị xã thì sao?"), "620"),
        ("LK-BH-01", ("When is the monthly report due?", "And the annual one?"), "12/11"),
        ("VG-YT-1", ("báo cáo quý nộp khi nào", "thế báo cáo năm"), "28/11"),
        ("VG-YT-1", ("hiến máu bao nhiêu", "còn học bổng?"), "120"),
        ("VG-TA-1", ("Hợp tác xã Rau sạch được giao mấy đoàn viên", "ở đó đối thoại mấy buổi"), "2"),
        ("VG-TA-1", ("Hợp tác xã Rau sạch được giao mấy đoàn viên", "còn mình"), "75"),
    ],
)
def test_a_follow_up_keeps_what_it_leaves_out(plans: Library, union: str, messages: tuple[str, ...], told: str) -> None:
    text = said(plans, union, *messages)
    assert told in text.replace("2026", "")


@pytest.mark.parametrize("before", ["báo cáo quý nộp cho ai?", "công đoàn cơ sở phải làm gì", "ai ký kế hoạch?"])
@pytest.mark.parametrize("now", ["chỉ tiêu 2025 là gì", "chi tieu 2025 la gi", "chir tieeu 2025 laf gi"])
def test_the_targets_are_asked_for_whatever_was_asked_before(library: Library, before: str, now: str) -> None:
    def answered(history: tuple[str, ...]) -> Answer:
        chain = library.chain("PR-01")
        return answer(library, now, union="PR-01", chain=chain, history=history, today=date(2025, 7, 16))

    assert answered((before,)) == answered(()) and answered(()).kind == "list"


def test_a_follow_up_for_another_year_is_of_the_same_thing(plans: Library) -> None:
    text = said(plans, "VG-YT-1", "2028 ngành có bao nhiêu đoàn viên", "2027 thì sao")
    assert "7.400" in text
    assert "96%" not in text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("baocao thang", "bao cao thang"),
        ("chitieu ketnap doanvien", "chi tieu ket nap doan vien"),
        ("hạn báocáo quy3", "hạn báo cáo quy 3"),
        ("thoauoc laodong tapthe", "thoa uoc lao dong tap the"),
        ("conghoi tournament", "conghoi tournament"),
    ],
)
def test_words_run_together_are_parted(plans: Library, typed: str, meant: str) -> None:
    assert parted_tokens(typed.split(), plans.spelling) == meant.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chỉ tiu", "chỉ tiêu"), ("chi tiu", "chi tiêu"), ("ban nhac", "ban nhac"), ("chỉ tiêu", "chỉ tiêu")],
)
def test_a_letter_left_out_is_put_back_only_where_one_word_fits(plans: Library, typed: str, meant: str) -> None:
    assert with_letters_back(typed.split(), plans.spelling) == meant.split()


@given(st.text(alphabet="abcdeghiklmnopqrstuvxyăâđêôơư ?,;.", max_size=60))
def test_any_message_gets_an_answer_or_none(text: str) -> None:
    silent = Answer("not_found", "nothing", "vi")
    asked: list[str] = []

    def ask(question: str, before: object) -> Answer:
        asked.append(question)
        return silent

    def nothing(question: str) -> object:
        raise AssertionError(question)

    assert answer_message(ask, nothing, "".join(each for each in text if each not in "?,;."), ()) is silent  # type: ignore[arg-type]
    assert asked


def test_a_second_answer_stands_in_the_json_too(plans: Library) -> None:
    one = found(plans, "LK-BH-01", "chỉ tiêu kết nạp đoàn viên với hạn nộp báo cáo tháng")
    reply = answer_json(one, Phrases("vi"), 0.0)
    citations = reply["citations"]
    assert isinstance(citations, list) and len(citations) == len(spoken(one, Phrases("vi")).reply.citations) == 2


@pytest.mark.parametrize(
    ("union", "question", "lacking"),
    [
        ("VG-TA-1", "Hợp tác xã Rau sạch được giao mấy đoàn viên", "vận động"),
        ("VG-TA-1", "tổ vận động mấy người", "72%"),
        ("LK-BH-03", "thị xã thu đoàn phí mấy phần trăm", "101%"),
    ],
)
def test_a_figure_of_something_else_is_not_given(plans: Library, union: str, question: str, lacking: str) -> None:
    assert lacking not in said(plans, union, question)


def rightly_answered(plans: Library, name: str, today: date) -> dict[str, float]:
    asked = [each for each in read_jsonl(EVALUATION / "questions-messages.jsonl") if each["library"] == name]
    replies = {}
    for each in asked:
        unit = each["unit"]
        one = answer(
            plans,
            each["question"],
            union=unit,
            chain=plans.chain(unit),
            history=each["history"],
            today=today,
        )
        replies[each["id"]] = answer_json(one, Phrases(one.language), 0.0) | {"id": each["id"]}
    return summarise(score(asked, replies))


def test_questions_about_documents_that_are_new(plans: Library) -> None:
    result = rightly_answered(plans, "messages", TODAY)
    assert result["accuracy"] >= 0.93
    assert result["wrong_numbers"] == 0
    assert result["abstention_recall"] >= 0.9


@pytest.mark.parametrize(
    ("name", "organisation", "documents", "today"),
    [
        ("examination", "../examination/organisation.csv", "../examination/documents", date(2025, 10, 15)),
        ("plans", "plans/unions.csv", "plans", TODAY),
        ("zones", "zones/unions.csv", "zones", TODAY),
        ("breadth", "breadth/unions.csv", "breadth", TODAY),
        ("papers", "papers.csv", "../documents", TODAY),
    ],
)
def test_questions_about_documents_that_others_ask_of(
    tmp_path: Path, name: str, organisation: str, documents: str, today: date
) -> None:
    build(tmp_path / "index.sqlite", EVALUATION / organisation, EVALUATION / documents)
    with open_index(tmp_path / "index.sqlite") as opened:
        result = rightly_answered(opened, name, today)
    assert result["accuracy"] >= 0.9
    assert result["wrong_numbers"] == 0


def test_questions_about_the_shipped_documents(library: Library) -> None:
    assert rightly_answered(library, "shipped", date(2025, 10, 15))["accuracy"] >= 0.9


@pytest.mark.parametrize("before", ["giám đốc đi vắng, chưa ký được", "lương tháng 13 bao nhiêu", "cảm ơn em nhé"])
def test_the_targets_of_a_year_are_a_whole_question_after_anything(library: Library, before: str) -> None:
    chain = library.chain("PR-03")
    after = answer(library, "chi tieu 2025?", union="PR-03", chain=chain, history=(before,), today=TODAY)
    alone = answer(library, "chi tieu 2025?", union="PR-03", chain=chain, today=TODAY)
    assert alone.kind == "list"
    assert [each.citation for each in after.findings] == [each.citation for each in alone.findings]

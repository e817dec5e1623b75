"""How people at work put their questions: turns of speech, whom they speak of, syllables that may be read twice."""

from datetime import date

import pytest

from handlers.answering import answer_json
from handlers.phrasebook import Phrases
from knowledge.answers import answer
from knowledge.index import Library
from knowledge.question import Asker, Question, understand
from knowledge.readings import with_other_readings
from knowledge.spelling import learn, restore
from knowledge.terms import Term
from knowledge.turns import plainly_put
from tests.evaluation.score import score, summarise
from tests.seen_questions import EVALUATION, Libraries, questions_of

EXAMINED_ON = date(2025, 10, 15)
WORKPLACE = EVALUATION / "questions-workplace.jsonl"


def read(library: Library, typed: str, unit: str) -> Question:
    return understand(typed, (), library, Asker(unit, library.chain(unit)), EXAMINED_ON)


def heavy(question: Question) -> list[str]:
    return [term.said for term in question.subject]


@pytest.mark.parametrize(
    ("said", "put"),
    [
        (" đến 2030 bao nhiêu người vào công đoàn ", " đến 2030 bao nhiêu đoàn viên công đoàn "),
        (" năm nay kéo được mấy người vào công đoàn thì đạt ", " năm nay tăng thêm mấy đoàn viên "),
        (" mỗi năm phải có thêm mấy người gia nhập công đoàn ", " mỗi năm tăng thêm mấy đoàn viên "),
        (" gửi mấy người cho chi bộ ", " giới thiệu mấy đoàn viên ưu tú cho đảng "),
        (" trả trong bao lâu ", " thời hạn vay bao nhiêu tháng "),
        (" gọi số nào ", " gọi đường dây nóng nào "),
        (" rót bao nhiêu tiền cho chương trình ", " bố trí kinh phí bao nhiêu cho chương trình "),
        (" họp hội nghị ", " tổ chức hội nghị "),
        (" mấy người được khám ", " mấy người được khám "),
        (" ai vào công đoàn ", " ai vào công đoàn "),
        (" gửi báo cáo cho chi bộ ", " gửi báo cáo cho chi bộ "),
    ],
)
def test_a_turn_of_speech_is_put_plainly(said: str, put: str) -> None:
    assert plainly_put(said, "vi") == put


def test_an_english_turn_is_put_plainly() -> None:
    assert plainly_put(" how many hours until the team arrives ", "en") == " how soon the team arrives "


@pytest.mark.parametrize(
    ("unit", "typed", "subject"),
    [
        ("PR-04", "trạm y tế phải nộp báo cáo cho ai", "trạm y tế"),
        ("PR-02", "bao lâu trường phải báo cáo một lần", "trường"),
        ("PR-05", "xưởng giày bao nhiêu người thì lập công đoàn", "giày"),
        ("DLK-BMT-03", "bác sĩ làm cán bộ công đoàn có được tập huấn không", "bác sĩ"),
    ],
)
def test_whom_a_question_is_about_is_no_subject(library: Library, unit: str, typed: str, subject: str) -> None:
    asked = read(library, typed, unit)
    assert subject in [term.said for term in asked.terms] or subject in asked.words
    assert subject not in heavy(asked)


def test_what_is_assigned_to_a_company_by_name_is_asked_of_it(library: Library) -> None:
    assert "may" in heavy(read(library, "công ty may được giao bao nhiêu đoàn viên mới", "T4-H1-01"))


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("xưởng giày bao nhiêu người", "xưởng giày bao nhiêu người"),
        ("thõa ước lao động tập thể", "thỏa ước lao động tập thể"),
        ("ke hoach quan uy thi lien doan lao dong", "kế hoạch quận ủy thì liên đoàn lao động"),
        ("bài dự thi", "bài dự thi"),
        ("công ty gạch men", "công ty gạch men"),
        ("cong ty gach men", "công ty gach men"),
        ("phải chiếm mấy phần trăm", "phải chiếm mấy phần trăm"),
        ("ban thường vụ liên đoàn lao động quân phải làm gì", "ban thường vụ liên đoàn lao động quận phải làm gì"),
        ("công đoan cơ sơ", "công đoàn cơ sở"),
    ],
)
def test_what_was_typed_with_care_stays(library: Library, typed: str, restored: str) -> None:
    assert " ".join(restore(typed.split(), library.spelling)) == restored


def test_a_follow_up_may_ask_for_each_of_the_things(library: Library) -> None:
    asker = Asker("DLK", library.chain("DLK"))
    before = "mỗi năm xây bao nhiêu căn nhà mái ấm công đoàn"
    asked = understand("mỗi căn nhà bao nhiêu tiền", (before,), library, asker, EXAMINED_ON)
    assert any("mái ấm" in option for term in asked.terms for option in term.written)
    alone = understand("mỗi năm kết nạp bao nhiêu đoàn viên", (before,), library, asker, EXAMINED_ON)
    assert not any("mái ấm" in option for term in alone.terms for option in term.written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("sang kien duoc cong nhan", ("công nhân", "công nhận")),
        ("sáng kiến được công nhân", ("công nhân",)),
        ("sang kien cua cong", ("công nhân",)),
    ],
)
def test_a_word_typed_without_accents_is_found_in_either_reading(typed: str, written: tuple[str, ...]) -> None:
    spelling = learn({"công": 10, "nhân": 8, "nhận": 2}, {("công", "nhân"): 8, ("công", "nhận"): 2})
    term = Term("công nhân", ("công nhân",), 1.0)
    assert with_other_readings((term,), typed.split(), spelling)[0].written == written


def test_questions_of_people_at_work(libraries: Libraries) -> None:
    replies = {}
    for seen in questions_of(WORKPLACE):
        row, opened = seen.row, libraries.of(seen.folder)
        chain = opened.chain(row["unit"])
        said = answer(opened, row["question"], union=row["unit"], chain=chain, history=row["history"], today=seen.today)
        replies[row["id"]] = answer_json(said, Phrases(said.language), 0.0) | {"id": row["id"]}
    found = summarise(score([seen.row for seen in questions_of(WORKPLACE)], replies))
    assert found["accuracy"] >= 0.93
    assert found["wrong_numbers"] == 0
    assert found["abstention_recall"] >= 0.9

"""What people write instead of a command, and what only courtesy asks an answer to."""

import pytest

from handlers.phrasebook import Phrases
from handlers.respond import COMMANDS
from handlers.sayings import meanings, told

MEANT = [
    ("Xin chào", "menu"),
    ("em ơi", "menu"),
    ("giup toi voi", "menu"),
    ("báo cáo", "baocao"),
    ("baocao", "baocao"),
    ("Nộp báo cáo giúp em với ạ", "baocao"),
    ("cho tôi gửi số liệu nhé", "solieu"),
    ("gui so lieu", "solieu"),
    ("da nop roi a", "danop"),
    ("Bàn giao", "units"),
    ("bạn bàn giao", "units"),
    ("Cảm ơn em nhiều.", "thanks"),
    ("Dạ vâng ạ", "agreed"),
    ("để mai nhé", "later"),
    ("HELP", "menu"),
    ("please cancel", "huy"),
    ("hello", "menu"),
    ("thanks", "thanks"),
]
PROMISED = [
    ("để mai chị gửi", "later"),
    ("de mai chi gui", "later"),
    ("chiều chị gửi số liệu", "later"),
    ("mình đang bận họp", "later"),
    ("I will send it tomorrow", "later"),
    ("em mới nộp xong rồi nhé", "danop"),
    ("đã gửi báo cáo qua zalo rồi em", "danop"),
    ("we already submitted the report", "danop"),
]
TOLD = [
    "hôm nay mệt quá",
    "hom nay met qua",
    "nhà trường vừa họp công đoàn",
    "nha truong vua hop cong doan",
    "công ty em vừa tăng lương",
    "chị đang đi công tác, tối về chị làm",
    "chúc em buổi tối vui vẻ",
    "bot trả lời hay quá",
    "trời nóng quá em ạ",
    "em gửi rồi đó",
    "we just had a union meeting",
    "I am so tired today",
    "have a nice day",
]
QUESTIONS = [
    "",
    "?",
    "chỉ tiêu 2025 của mình là gì?",
    "báo cáo nộp khi nào",
    "bàn giao tài chính công đoàn thế nào",
    "cảm ơn em, cho hỏi chỉ tiêu kết nạp",
    "gia hạn thỏa ước mấy năm",
    "tiến độ kết nạp đoàn viên",
    "what is our 2025 target?",
    "chỉ tiêu 2025",
    "lịch báo cáo",
    "người ký kế hoạch 43",
    "doanh nghiệp vừa và nhỏ",
    "công đoàn cơ sở mới thành lập",
    "đoàn viên mới kết nạp",
    "đoàn viên khó khăn được hỗ trợ",
    "đoàn viên bị mưa lũ",
    "báo cáo đã nộp chưa",
    "hôm nay là hạn nộp báo cáo",
    "kế hoạch đã ban hành",
    "công nhân nghỉ việc",
    "em muốn xin hỗ trợ mái ấm",
    "bên em mới lập công đoàn thì phải làm gì",
    "membership target",
    "signer of the plan",
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_a_whole_message_is_understood(text: str, name: str) -> None:
    assert meanings(text)[0].name == name


@pytest.mark.parametrize(("text", "name"), PROMISED)
def test_what_is_done_or_promised_is_understood(text: str, name: str) -> None:
    assert meanings(text)[0].name == name


@pytest.mark.parametrize("text", TOLD)
def test_what_is_only_told_is_no_question(text: str) -> None:
    assert told(text)
    assert meanings(text) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("hello", "en"), ("thanks", "en"), ("Thank you!", "en"), ("thanks em", "vi"), ("xin chào", "vi"), ("hi", "vi")],
)
def test_courtesy_is_answered_in_its_own_language(text: str, language: str) -> None:
    assert meanings(text)[0].language == language


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_stays_a_question(text: str) -> None:
    assert meanings(text) == ()
    assert told(text) is None


@pytest.mark.parametrize("text", sorted({text for text, _ in (*MEANT, *PROMISED)}))
def test_what_is_meant_can_be_done_or_said(text: str) -> None:
    for saying in meanings(text):
        assert saying.name in COMMANDS if saying.command else Phrases(saying.language).say(f"said-{saying.name}")

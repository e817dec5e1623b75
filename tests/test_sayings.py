"""What people write instead of a command, and what only courtesy asks an answer to."""

import pytest

from handlers.phrasebook import Phrases
from handlers.respond import COMMANDS
from handlers.sayings import meanings

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
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_a_whole_message_is_understood(text: str, name: str) -> None:
    assert meanings(text)[0].name == name


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_stays_a_question(text: str) -> None:
    assert meanings(text) == ()


@pytest.mark.parametrize("text", sorted({text for text, _ in MEANT}))
def test_what_is_meant_can_be_done_or_said(text: str) -> None:
    for saying in meanings(text):
        assert saying.name in COMMANDS if saying.command else Phrases(saying.language).say(f"said-{saying.name}")

"""Every reason for which a file is refused is told to an officer, in both languages, with what to do next."""

from typing import get_args

import pytest

from handlers.phrasebook import Phrases
from handlers.reading_words import refusal
from knowledge import Language
from knowledge.reading import ReadingError, Reason, read_bytes

LANGUAGES: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_has_its_own_words(reason: Reason, language: Language) -> None:
    said = refusal(ReadingError(reason, "ke-hoach.pdf"), Phrases(language))
    others = {refusal(ReadingError(one, "ke-hoach.pdf"), Phrases(language)) for one in get_args(Reason)}
    assert "ke-hoach.pdf" in said
    assert {"vi": "Anh/chị", "en": "Please"}[language] in said
    assert len(said) <= 200
    assert len(others) == len(get_args(Reason))


def test_an_old_word_file_is_told_how_to_become_a_new_one() -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Kế hoạch 2026.doc")
    assert refusal(caught.value, Phrases("vi")) == (
        "Kế hoạch 2026.doc là tệp Word kiểu cũ (.doc). Anh/chị mở bằng Word, chọn Lưu thành .docx rồi gửi em tệp mới ạ."
    )

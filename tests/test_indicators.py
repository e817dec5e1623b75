"""Indicators: what a figure is a figure of, by the words around it."""

import pytest

from knowledge.indicators import indicators, recognise


@pytest.mark.parametrize(
    ("clause", "percent", "key"),
    [
        ("toàn huyện có khoảng 3.100 đoàn viên công đoàn", False, "members"),
        ("duy trì có 97% đoàn viên công đoàn", True, "member_share"),
        ("phát triển tăng thêm 1.300 đoàn viên công đoàn", False, "new_members"),
        ("giới thiệu 02 đoàn viên ưu tú cho Đảng xem xét, kết nạp", False, "party_introduced"),
        ("ký kết TƯLĐTT", True, "collective_agreements"),
        ("thời tiết thuận lợi", False, "other"),
    ],
)
def test_indicators_are_recognised_by_document_words(clause: str, percent: bool, key: str) -> None:
    assert recognise(clause, percent) == key


def test_every_indicator_has_names_and_leads_to_indicators_only() -> None:
    for key, indicator in indicators().items():
        assert indicator.label_vi and indicator.label_en and indicator.unit and indicator.words, key
        assert indicator.share is None or indicator.share in indicators()


@pytest.mark.parametrize(
    ("clause", "indicator"),
    [
        ("mỗi năm kết nạp mới ít nhất 120 đoàn viên", "new_members"),
        ("mỗi năm kết nạp từ 15 đoàn viên trở lên vào Đảng", "party_introduced"),
        ("phát triển 30 đoàn viên công đoàn vào Đảng", "party_introduced"),
    ],
)
def test_members_admitted_to_the_party_are_no_new_members(clause: str, indicator: str) -> None:
    assert recognise(clause) == indicator

"""Word files: what Word shows is read, and nothing else."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from paper import WordFile

from knowledge import Document
from knowledge.duties import read_duties
from knowledge.reading import read_bytes
from knowledge.word import numbering_of


def _sections(document: Document) -> list[tuple[str, str]]:
    return [(passage.section, passage.text) for passage in document.passages]


def test_a_word_file_shows_the_numbers_that_only_word_knows() -> None:
    word = WordFile()
    word.table(
        [["HUYỆN ỦY SÔNG HINH", "ĐẢNG CỘNG SẢN VIỆT NAM"], ["Số 08-KH/HU", "Sông Hinh, ngày 12 tháng 01 năm 2025"]]
    )
    word.line("KẾ HOẠCH").line("Công tác dân vận").numbered("MỤC TIÊU", 0).numbered("Chung", 1).numbered("Chi tiết", 2)
    word.numbered("TỔ CHỨC THỰC HIỆN", 0).numbered("Văn phòng theo dõi.", 1)
    word.table([["Nơi nhận:\n- Tỉnh ủy;\n- Lưu.", "T/M BAN THƯỜNG VỤ\nBÍ THƯ"]])
    (document,) = read_bytes(word.content(), "08.docx")
    assert (document.number, document.issuer, document.signer_role) == ("08-KH/HU", "Huyện ủy Sông Hinh", "Bí thư")
    assert document.recipients == ("Tỉnh ủy", "Lưu")
    assert [(section, text) for section, text in _sections(document) if section] == [
        ("I", "I. MỤC TIÊU"),
        ("I.1", "1. Chung"),
        ("I.1.1", "1.1. Chi tiết"),
        ("II", "II. TỔ CHỨC THỰC HIỆN"),
        ("II.1", "1. Văn phòng theo dõi."),
    ]


BOX = "<w:txbxContent><w:p><w:r><w:t>Hộp một</w:t></w:r></w:p><w:p><w:r><w:t>Hộp hai</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        (
            [
                "<w:r><w:t>Ký 7</w:t></w:r>",
                "<w:del w:id='1'><w:r><w:delText>0</w:delText><w:t>1</w:t></w:r></w:del>",
                "<w:ins w:id='2'><w:r><w:t>5%</w:t></w:r></w:ins>",
                "<w:moveFrom w:id='3'><w:r><w:t> cũ</w:t></w:r></w:moveFrom>",
            ],
            ["Ký 75%"],
        ),
        (["<w:r><w:t>Thu</w:t></w:r>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>"], ["Thu"]),
        (["<w:r><w:t>Ký</w:t></w:r>", "<w:r><w:footnoteReference w:id='2'/></w:r>"], ["Ký"]),
        (
            [
                "<w:r><w:t>Bên ngoài</w:t></w:r>",
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
                "</mc:AlternateContent></w:r>",
            ],
            ["Hộp một", "Hộp hai", "Bên ngoài"],
        ),
    ],
    ids=["tracked changes", "hidden text", "footnotes", "text boxes"],
)
def test_what_a_word_file_shows_is_read_and_nothing_else(pieces: list[str], read: list[str]) -> None:
    word = WordFile().line("KẾ HOẠCH").line("Công tác").line("I. CHUNG").runs(*pieces)
    (document,) = read_bytes(word.content(), "plan.docx")
    assert [passage.text for passage in document.passages[2:]] == read


def test_lists_in_lists_keep_their_marks() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Công tác").numbered("TỔ CHỨC THỰC HIỆN", 0).numbered("Phân công", 1)
    word.numbered("Ban Tổ chức:", 3).numbered("Lập kế hoạch;", 4).numbered("Tổng hợp.", 4)
    word.numbered("Văn phòng theo dõi.", 3).numbered("Báo cáo", 1).numbered("Hằng quý báo cáo Ban Thường vụ.", 3)
    (document,) = read_bytes(word.content(), "plan.docx")
    assert _sections(document)[1:] == [
        ("I", "I. TỔ CHỨC THỰC HIỆN"),
        ("I.1", "1. Phân công"),
        *(("I.1.a", text) for text in ("a) Ban Tổ chức:", "- Lập kế hoạch;", "- Tổng hợp.")),
        ("I.1.b", "b) Văn phòng theo dõi."),
        ("I.2", "2. Báo cáo"),
        ("I.2.a", "a) Hằng quý báo cáo Ban Thường vụ."),
    ]
    assert [(duty.actor, duty.quote) for duty in read_duties(document)][:2] == [
        ("Ban Tổ chức", "Lập kế hoạch"),
        ("Ban Tổ chức", "Tổng hợp."),
    ]


@pytest.mark.parametrize(
    ("above", "form", "text", "plain", "start", "shown"),
    [
        ("upperRoman", "decimal", "%1.%2.", "", 1, "I.1. "),
        ("upperRoman", "decimal", "%1.%2.", "<w:isLgl/>", 1, "1.1. "),
        ("decimal", "decimalZero", "%2)", "", 7, "07) "),
        ("decimal", "upperRoman", "%2.", "", 44, "XLIV. "),
        ("decimal", "upperRoman", "%2.", "", 2_000_000_000, "2000000000. "),
        ("decimal", "lowerLetter", "%2)", "", 4, "d) "),
        ("decimal", "decimal", "%2" * 500, "", 1, "1" * 20 + " "),
        ("decimal", "bullet", "o", "", 1, "- "),
        ("decimal", "none", "", "", 1, ""),
    ],
)
def test_how_word_writes_a_number(above: str, form: str, text: str, plain: str, start: int, shown: str) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{first}"/><w:numFmt w:val="{style}"/>{said}'
        f'<w:lvlText w:val="{mark}"/></w:lvl>'
        for level, first, style, said, mark in ((0, 1, above, "", "%1."), (1, start, form, plain, text))
    )
    root = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        '<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    assert numbering_of(root).next("4", 1) == shown


def test_a_cell_that_reaches_over_many_columns_stays_within_bounds() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Công tác").line("I. CHUNG").table([["a" * 200_000, "b"], ["1", "2"]])
    cell = word.document.tables[0].cell(0, 0)._tc.get_or_add_tcPr()
    cell.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="60"/>'))
    (document,) = read_bytes(word.content(), "plan.docx")
    assert sum(len(passage.text) for passage in document.passages) < 300_000


def test_numbers_that_come_from_a_style_are_read() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Công tác").line("I. CHUNG")
    word.styled("Một.", "List Number").styled("Hai.", "List Number").styled("mục", "List Bullet")
    (document,) = read_bytes(word.content(), "plan.docx")
    assert _sections(document)[2:] == [("I.1", "1. Một."), ("I.2", "2. Hai."), ("I.2", "- mục")]


def test_a_cell_of_several_runs_is_one_figure_and_a_deleted_row_is_none() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Giao chỉ tiêu").line("I. CHỈ TIÊU")
    word.table([["Đơn vị", "Kết nạp 2026"], ["CĐCS Một", ""], ["CĐCS Hai", "9"]])
    table = word.document.tables[0]
    for piece in ("1", ".25", "0"):
        table.cell(1, 1).paragraphs[0].add_run(piece)
    table.rows[2]._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:del"))
    (document,) = read_bytes(word.content(), "plan.docx")
    assert [passage.text for passage in document.passages[2:]] == ["Đơn vị: CĐCS Một | Kết nạp 2026: 1.250"]


def test_a_merged_heading_names_every_column_below_it() -> None:
    word = WordFile().line("KẾ HOẠCH").line("Giao chỉ tiêu").line("I. CHỈ TIÊU")
    word.table(
        [["Đơn vị", "Năm 2025", ""], ["", "Đoàn viên", "Nữ"], ["CĐCS Một", "20", "12"]], [(0, 1, 0, 2), (0, 0, 1, 0)]
    )
    (document,) = read_bytes(word.content(), "plan.docx")
    assert document.passages[-1].text == "Đơn vị: CĐCS Một | Năm 2025 – Đoàn viên: 20 | Năm 2025 – Nữ: 12"

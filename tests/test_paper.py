"""The paper of a report: the layout that the decree asks for, an office's own template, and how it looks printed."""

import io
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Cm, Pt
from PIL import Image
from pypdf import PdfReader

from bot.app import OfficeError, timetable_of
from bot.clock import StandingClock
from bot.settings import Settings
from db.store import Store
from handlers.paper import TEMPLATE, Block, Paper, PaperError, check, write
from handlers.phrasebook import Phrases
from handlers.report_paper import Sheet, full_name, paper_of, place_date
from knowledge import Union
from scheduler.report_calendar import parse_period
from tests.small_office import THURSDAY

PHRASES = Phrases("vi")
UNION = Union("X-01", "CĐCS Công ty May Sông Hậu", "grassroots", "X")
ABOVE = (Union("X", "LĐLĐ huyện Châu Thành", "district", "XX"), Union("XX", "LĐLĐ tỉnh An Giang", "province", ""))
SHEET = Sheet(
    UNION, ABOVE, "Báo cáo hoạt động công đoàn", parse_period("administrative", "quarter", "2025-Q1"), date(2025, 2, 5)
)
LINE = {"key": "f-members", "part": "results", "label": "", "text": "Đoàn viên hiện có: 128", "figure": 128,
        "percent": False, "sources": ["2025-02/00003"], "was": ""}  # fmt: skip
TABLE = {"columns": ["STT", "Đơn vị"], "rows": [["1", "CĐCS A"], ["2", "CĐCS B"]], "widths": [1, 5]}


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def texts(document: Document) -> list[str]:
    """All paragraphs as they follow each other, those in tables too."""
    body = document.element.body
    found = ("".join(text.text or "" for text in p.iter(TEXT)) for p in body.iter(PARAGRAPH))
    return [text for text in found if text.strip()]


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, PARAGRAPH = f"{WORD}t", f"{WORD}p"


def made(**content: object) -> bytes:
    return write(paper_of(SHEET, {"lines": [LINE], **content}, PHRASES))


def test_the_paper_says_everything_in_the_order_of_the_decree() -> None:
    assert texts(opened(made())) == [
        "LIÊN ĐOÀN LAO ĐỘNG HUYỆN CHÂU THÀNH",
        "CÔNG ĐOÀN CƠ SỞ CÔNG TY MAY SÔNG HẬU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:          /BC-CĐCS",
        "Châu Thành, ngày 05 tháng 02 năm 2025",
        "BÁO CÁO",
        "Hoạt động công đoàn, quý I/2025",
        "Thực hiện chế độ báo cáo định kỳ, Công đoàn cơ sở Công ty May Sông Hậu lập báo cáo hoạt động công đoàn, "
        "quý I/2025 (số liệu tháng 12/2024 đến tháng 2/2025) như sau:",
        "I. KẾT QUẢ HOẠT ĐỘNG",
        "- Đoàn viên hiện có: 128",
        "II. TÌNH HÌNH, KHÓ KHĂN ĐÃ NÊU",
        "- Không có.",
        "III. KIẾN NGHỊ, ĐỀ XUẤT",
        "- Không có.",
        "Trên đây là báo cáo quý I/2025 của Công đoàn cơ sở Công ty May Sông Hậu./.",
        "Nơi nhận:",
        "- Liên đoàn Lao động huyện Châu Thành (để báo cáo);",
        "- Lưu: VT.",
        "TM. BAN CHẤP HÀNH",
        "CHỦ TỊCH",
    ]


def test_page_margins_and_font_are_those_of_the_decree() -> None:
    document = opened(made())
    section = document.sections[0]
    measures = {
        "page": (section.page_width, section.page_height),
        "top, bottom": (section.top_margin, section.bottom_margin),
        "left, right": (section.left_margin, section.right_margin),
    }
    wanted = {"page": (Cm(21), Cm(29.7)), "top, bottom": (Cm(2), Cm(2)), "left, right": (Cm(3), Cm(2))}
    for name, pair in wanted.items():
        assert all(abs(is_ - should) < Cm(0.02) for is_, should in zip(measures[name], pair, strict=True)), name
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer, "the first page has no number"
    assert "PAGE" in section.header._element.xml


def test_headings_are_bold_and_lines_are_not() -> None:
    paragraphs = {p.text: p.runs[0].bold for p in opened(made()).paragraphs if p.runs}
    assert paragraphs["I. KẾT QUẢ HOẠT ĐỘNG"] and not paragraphs["- Đoàn viên hiện có: 128"]


def test_a_table_comes_on_a_page_of_its_own_with_a_header_that_is_repeated() -> None:
    document = opened(made(table=TABLE))
    table = document.tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [TABLE["columns"], *TABLE["rows"]]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    title = next(p for p in document.paragraphs if p.text.startswith("PHỤ LỤC"))
    assert title.paragraph_format.page_break_before


PLACES = [
    ("LĐLĐ huyện Phú Riềng", "Phú Riềng"),
    ("LĐLĐ thành phố Buôn Ma Thuột", "Buôn Ma Thuột"),
    ("CĐCS UBND xã (mẫu 6)", "An Giang"),
    ("CĐCS Công ty xã hội hóa", "An Giang"),
]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_the_place_is_that_of_the_nearest_union_whose_name_tells_one(name: str, place: str) -> None:
    sheet = replace(SHEET, union=Union("Y", name, "grassroots", "XX"), above=ABOVE[1:], day=date(2025, 12, 31))
    assert place_date(sheet, PHRASES) == f"{place}, ngày 31 tháng 12 năm 2025"


def test_without_any_place_there_is_room_for_it() -> None:
    sheet = replace(SHEET, union=Union("Y", "CĐCS Trường (mẫu 2)", "grassroots", ""), above=())
    paper = paper_of(sheet, {"lines": []}, PHRASES)
    assert paper.place_date.startswith("……") and paper.superior == "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"


def test_abbreviations_are_written_out_in_names_only_as_words() -> None:
    assert (
        full_name("CĐCS Công ty CĐCSX, LĐLĐ quận", PHRASES) == "Công đoàn cơ sở Công ty CĐCSX, Liên đoàn Lao động quận"
    )


def test_what_no_file_may_hold_is_left_out() -> None:
    content = made(lines=[{**LINE, "text": "a\x00b\x0bc\ud800d <&> {{body}}"}])
    assert "- abcd <&> {{body}}" in texts(opened(content))


# An office's own template.


def template(tmp_path: Path, *paragraphs: Iterable[str]) -> Path:
    """A template with these paragraphs, each made of these runs."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    file = tmp_path / "template.docx"
    document.save(str(file))
    return file


def test_a_place_is_filled_also_where_the_word_processor_has_cut_it(tmp_path: Path) -> None:
    file = template(
        tmp_path,
        ("Đơn vị: {{is", "suer", "}} "),
        ("{{ number }}", " x"),
        ("{{body}}",),
        (
            "{{recip",
            "ients}}",
        ),
    )
    check(file)
    paper = replace(paper_of(SHEET, {"lines": []}, PHRASES), body=(Block("một"), Block("hai")))
    assert texts(opened(write(paper, file))) == [
        "Đơn vị: CÔNG ĐOÀN CƠ SỞ CÔNG TY MAY SÔNG HẬU ",
        "Số:          /BC-CĐCS x",
        "một",
        "hai",
        "- Liên đoàn Lao động huyện Châu Thành (để báo cáo);",
        "- Lưu: VT.",
    ]


def test_our_own_template_can_be_used_and_holds_every_place() -> None:
    check(TEMPLATE)
    text = " ".join(texts(docx.Document(str(TEMPLATE))))
    assert all(f"{{{{{name}}}}}" in text for name in Paper.__dataclass_fields__ if name != "appendix")


def test_the_shipped_template_is_the_one_that_its_script_makes(tmp_path: Path) -> None:
    script = Path(__file__).parent.parent / "docs" / "make_template.py"
    subprocess.run([sys.executable, script, tmp_path / "made.docx"], check=True, timeout=60)
    made, shipped = (docx.Document(str(file)) for file in (tmp_path / "made.docx", TEMPLATE))
    assert made.element.xml == shipped.element.xml
    assert made.sections[0].header._element.xml == shipped.sections[0].header._element.xml


def test_a_template_that_cannot_be_used_is_refused_when_the_office_opens(store: Store, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"no document")
    cases = {
        tmp_path / "broken.docx": "no .docx file",
        template(tmp_path, ("{{issuer}}",)): "no place {{body}}",
    }
    for file, said in cases.items():
        with pytest.raises(PaperError, match=said.replace("{", r"\{")):
            check(file)
        settings = Settings(_env_file=None, report_template=file)
        with pytest.raises(OfficeError, match="REPORT_TEMPLATE"):
            timetable_of(store, settings, StandingClock(THURSDAY))
    with pytest.raises(PaperError, match="unknown places: boby"):
        check(template(tmp_path, ("{{body}} {{boby}}",)))


# How it looks printed: LibreOffice makes a PDF of it, and that becomes a picture.


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a report of several pages as paper.docx, paper.pdf and page-1.png, page-2.png, …"""
    folder = tmp_path_factory.mktemp("printed")
    lines = [
        {**LINE, "text": f"Việc thứ {number} của quý đã làm xong đúng kế hoạch và được ghi lại đầy đủ"}
        for number in range(40)
    ]
    (folder / "paper.docx").write_bytes(made(lines=lines, table=TABLE))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "paper.docx"]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    subprocess.run(["pdftoppm", "-r", "50", "-png", folder / "paper.pdf", folder / "page"], check=True, timeout=60)
    return folder


def test_printed_it_is_a4_with_all_its_words_and_numbers_on_all_pages_but_the_first(printed: Path) -> None:
    pages = PdfReader(printed / "paper.pdf").pages
    assert len(pages) >= 3
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [210, 297]
    said = [" ".join(page.extract_text().split()) for page in pages]
    assert said[0].startswith("LIÊN ĐOÀN LAO ĐỘNG") and "Độc lập - Tự do - Hạnh phúc" in said[0]
    assert [text.split()[0] for text in said[1:]] == [str(number) for number in range(2, len(pages) + 1)]
    assert "./." in said[-2] and "CHỦ TỊCH" in said[-2] and "CĐCS B" in said[-1]


def test_the_picture_of_the_first_page_has_white_margins_and_a_line_below_the_national_title(printed: Path) -> None:
    with Image.open(next(printed.glob("page-*1.png"))) as picture:
        page = picture.convert("L").point(lambda shade: 255 * (shade < 128))
        width, height = page.size
        left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
        assert abs(left / width * 210 - 30) < 3 and abs(right / width * 210 - 190) < 3
        assert 17 < top / height * 297 < 25 and bottom / height * 297 < 280
        rows = [
            page.crop((width // 2, y, width, y + 1)).resize((1, 1), Image.Resampling.BOX) for y in range(height // 6)
        ]
        darkest = max(row.getpixel((0, 0)) for row in rows)
        assert isinstance(darkest, int) and darkest > 90, "a line of 57 mm covers more than a third of the right half"

"""The evaluation's scorers, taught the documents of this examination: `score` for answers, `extraction` for reading."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
DOCUMENT_FILES = {
    "QT62": "62-kh-ldld-quang-tri.txt",
    "QT15": "15-kh-ldld-sua-doi.txt",
    "TL27": "27-kh-du-ban-quet.txt",
    "ND08": "08-ctr-ldld-nam-dinh.md",
    "YY118": "y-yen-hai-van-ban.txt",
    "YY92": "y-yen-hai-van-ban.txt",
    "KCN19": "19-hd-cdkcn.md",
    "LA41": "41-kh-ldld-long-an.docx",
    "BL12": "12-kh-ldld-ben-luc.docx",
    "YT03": "03-nq-cdyt.pdf",
}
"""Key of a document in questions.jsonl → its file in documents/, beside the keys of the evaluation's own."""


def _module(file: Path) -> ModuleType:
    """A Python file as a module of its own name."""
    specification = importlib.util.spec_from_file_location(file.stem, file)
    if specification is None or specification.loader is None:
        raise FileNotFoundError(f"{file} is no Python file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[file.stem] = module
    specification.loader.exec_module(module)
    return module


score = _module(HERE.parent / "evaluation" / "score.py")
score.DOCUMENT_FILES.update(DOCUMENT_FILES)
extraction = _module(HERE / "score_extraction.py")

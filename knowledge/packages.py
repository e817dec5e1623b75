"""What is raised by a file that is a package (.docx, .xlsx: a zip of XML) and damaged, wherever it breaks."""

import lzma
import struct
import zipfile
import zlib

DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    # RuntimeError: a password, a method of packing that is not known, parts nested too deeply.
    RuntimeError,
    # KeyError, IndexError: a part that is missing. ValueError: a size or a name that cannot be.
    LookupError,
    ValueError,
    # SyntaxError: XML that is none, also of lxml.
    SyntaxError,
)
"""Of `zipfile`, of what unpacks its parts, and of what reads their XML. The documentation of `zipfile` names only some;
the others were found by spoiling files (`tests/test_damaged_packages.py`)."""

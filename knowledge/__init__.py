"""The knowledge room: text in, structure and answers out. These are its words.

No clock and no network here; `now` and `today` are arguments. Only `index.py` opens the index file, only `reading.py`
opens documents, a PDF in a process of its own (`apart.py`). What a person reads is worded in `handlers/phrases`; this
room hands over facts and the words of the documents that prove them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Comparator = Literal[">=", ">", "<=", "<", "~", "=", "maintain", "range", "most", "meet_or_exceed", "all", "deadline"]
"""How a target's figure is meant: `>=` từ … trở lên, ít nhất; `>` trên; `~` khoảng; `maintain` duy trì; `range` a–b;
`most` hầu hết, phần lớn (no value); `meet_or_exceed` đạt và vượt (no value)."""

Frequency = Literal[
    "monthly",
    "quarterly",
    "semiannual",
    "annual",
    "ad_hoc",
    "end_of_period",
    "promptly",
    "on_request",
    "as_regulated",
    "periodic_unspecified",
    "unspecified",
]

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class Passage:
    """A paragraph or list item of a document, the smallest thing that is cited.

    `section` is printed as people cite it ("II.2.1": chapter II, item 2.1), empty before the first chapter and after
    the last. `text` is repaired and unwrapped, `original` is what stood in the source file between the lines
    `first_line` and `last_line` (from 1).
    """

    position: int
    section: str
    heading: str
    text: str
    original: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Document:
    """One plan, with what its head and its foot say; `None` where the document does not say it.

    `key` names it inside the library, `file` is the name of the raw source file, `scope` the code of the union whose
    document it is (empty where nobody said so yet). `short_forms` are the abbreviations that the document defines
    itself, as (short, long) in its own words.
    """

    key: str
    file: str
    kind: str
    title: str
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    signer: str | None = None
    signer_role: str | None = None
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    scope: str = ""
    short_forms: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Target:
    """A figure that a document asks for, with the clause that proves it.

    `period` is a year ("2025"), "annual", "quarterly", "monthly", "semiannual", a term ("2023-2028"), "term", a month
    ("2021-09") or a day ("2026-06-30"); `None` where the text names none. `value` is a number, a (low, high) pair or
    `None`; `indicator` is the key of the indicator table, `label` says it in the document's words. `unit_name` is set
    only where a table assigns the figure to one union.
    """

    document: str
    file: str
    section: str
    position: int
    indicator: str
    label: str
    comparator: Comparator
    value: float | tuple[float, float] | None
    value_text: str
    unit: str
    period: str | None
    condition: str | None
    quote: str
    unit_name: str | None = None


@dataclass(frozen=True)
class Duty:
    """What a document asks somebody to do; `actor` is `None` where the clause names nobody."""

    document: str
    file: str
    section: str
    position: int
    actor: str | None
    leads: bool
    due: str | None
    quote: str


@dataclass(frozen=True)
class Obligation:
    """A report that a document asks for: who to whom, through whom, how often, due when (the text's own words)."""

    document: str
    file: str
    section: str
    position: int
    reporter: str | None
    recipient: str | None
    via: str | None
    frequency: tuple[Frequency, ...]
    due: str | None
    quote: str


@dataclass(frozen=True)
class Union:
    """A union as the index knows it: enough to say whose documents an asker sees and which places have names."""

    code: str
    name: str
    level: str
    parent: str
    sector: str = ""


@dataclass(frozen=True)
class Citation:
    """Where a fact stands: the document's label ("Kế hoạch 43-KH/ĐU") and who issued it, the raw file, the section and
    its words."""

    document: str
    file: str | None
    section: str
    quote: str
    issuer: str = ""


Outcome = Literal[
    "found",
    "conflict",
    "not_restated",
    "derived",
    "repealed",
    "not_found",
]


@dataclass(frozen=True)
class Finding:
    """One fact of an answer: the document's own words, cut to what was asked, and where they stand.

    `actor` is who the words speak of where they do not name them; `rivals` are targets that the same sentence sets for
    the same thing and period with another figure; `replaces` is the point of an earlier document that no longer holds;
    `stands` are the first and the last year (0 and 9999 where nothing says so) of a yearly target that is shown for
    another year.
    """

    words: str
    citation: Citation
    target: Target | None = None
    actor: str | None = None
    rivals: tuple[Target, ...] = ()
    replaces: Citation | None = None
    stands: tuple[int, int] | None = None


@dataclass(frozen=True)
class Arithmetic:
    """A figure that no document states, with the two it is made of, as the documents write them."""

    operation: Literal["difference", "multiple", "ratio"]
    left: str
    right: str
    result: str


@dataclass(frozen=True)
class Answer:
    """What is known about a question. `findings` is empty exactly when the outcome is `not_found`.

    `kind` says what was asked for; `whose` names the place when the question named another than the asker's own;
    `topic` and `period` say what was understood, for the wording and for the next question that leans on this one.
    `unassigned` says that the asker's union was asked about and has no figure of its own: the level's overall one is
    given. `also` holds the answers to the other questions of the same message, each with its own findings.
    """

    outcome: Outcome
    kind: str
    language: Language
    findings: tuple[Finding, ...] = ()
    arithmetic: Arithmetic | None = None
    whose: str | None = None
    topic: str | None = None
    period: str | None = None
    more: tuple[Finding, ...] = field(default=())
    unassigned: bool = False
    also: tuple["Answer", ...] = ()

"""The db room remembers: the only SQL. These are its words; each shelf (`unions`, `officers`, …) is a module.

A shelf is a set of plain functions whose first argument is the connection of a transaction that somebody else
(`store.Store`) opened and will commit. Moments are aware datetimes in Viet Nam time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from scheduler import CutOffs, Cycle, DueBy, Profile

Role = Literal["officer", "staff", "administrator"]


@dataclass(frozen=True, slots=True)
class Officer:
    """A person's post in a union, reachable at one address. Nobody's name is stored.

    `id` names the post, `person` who holds it: the same person may hold several. `role` is `officer` for their own
    union, `staff` for a union and all below it, `administrator` for staff who may also change the organisation.
    """

    id: int
    person: int
    union: str
    role: Role
    channel: str
    address: str
    reachable: bool
    why_not: str | None = None


@dataclass(frozen=True)
class InboxRow:
    """A raw update as it arrived; `state` is `new` until its turn was committed."""

    id: int
    channel: str
    payload: dict[str, Any]
    received_at: datetime
    address: str | None = None


@dataclass(frozen=True)
class Arrived:
    """A raw update that is to be kept: its key is unique for the channel, `address` its sender where that can be
    read."""

    channel: str
    key: str
    payload: dict[str, Any]
    address: str | None = None


LetterState = Literal["due", "sending", "sent", "dropped", "dead", "unknown"]
"""due: to be sent; sending: claimed by a process; sent; dropped: no longer wanted when its moment came; dead: given up,
with the reason; unknown: the channel never said whether it arrived."""


@dataclass(frozen=True)
class Letter:
    """Something the bot says, kept until it is settled.

    `key` is unique: the same letter is never written twice. `body` is a Reply as JSON, `about` what is needed to check
    it again at the moment of sending, `answers` the inbox row that it replies to. `doubtful`: an earlier send of it may
    have arrived. `claimed_until`: until when it is leased to the process that sends it.
    """

    key: str
    kind: str
    channel: str
    address: str
    body: dict[str, Any]
    due_at: datetime
    about: dict[str, Any] | None = None
    answers: int | None = None
    id: int = 0
    state: LetterState = "due"
    attempts: int = 0
    reason: str | None = None
    sent_at: datetime | None = None
    message_ids: tuple[str, ...] = ()
    doubtful: bool = False
    claimed_until: datetime | None = None


@dataclass(frozen=True)
class CheckIn:
    """One union's monthly figures as they were sent; a correction is a further `revision`. `officer` is the number of
    the post that sent them (`None`: they came with the office's first data)."""

    number: str
    union: str
    form: str
    version: int
    period: str
    revision: int
    answers: dict[str, Any]
    received_at: datetime
    late: bool
    officer: int | None = None


@dataclass(frozen=True)
class ReportRule:
    """A confirmed obligation: the unions of `level` below `scope` owe this report to the union above them.

    The due day is `working_days` after the cut-off or, where `by` is given, no later than that day. Periods count that
    end from `since` on, until the last day `until`; those of a custom profile end at its `cut_offs`. `clause` says
    where it is written, in the words people cite.
    """

    id: str
    title: str
    scope: str
    level: str
    profile: Profile
    cycle: Cycle
    working_days: int
    since: date
    clause: str | None
    by: DueBy | None = None
    until: date | None = None
    cut_offs: CutOffs = ()


Way = Literal["marked", "draft", "file", "nothing", "paper"]
"""How a report came: only said to be submitted elsewhere, drafted here, as files, as "nothing to report", on paper."""

ReportState = Literal["received", "accepted", "returned", "replaced"]
"""received: waits for the staff above; accepted; returned: is owed again; replaced: by a version sent after it."""


@dataclass(frozen=True)
class Submission:
    """One version of a report that came, with the number of its receipt.

    `content` is what it says, as its writer keeps it (`None`: nothing is known of it). A returned one has a `reason`
    and the day `due_again` on which the next version is due.
    """

    number: str
    rule: str
    union: str
    period: str
    received_at: datetime
    late: bool
    id: int = 0
    version: int = 1
    way: Way = "marked"
    state: ReportState = "received"
    officer: int | None = None
    content: dict[str, Any] | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    due_again: date | None = None


@dataclass(frozen=True)
class KeptFile:
    """A file that somebody sent on behalf of a union."""

    id: int
    union: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class AssignedTarget:
    """A figure that a union is to reach in `period` (a year, "2025"), as staff assigned it.

    `unit` is a unit of the indicator table; `source` names the document and clause it was taken from, `None` where
    staff gave it themselves. `giver` is the union whose staff assigned it, empty for the operator's command line.
    """

    id: int
    union: str
    indicator: str
    period: str
    comparator: str
    value: float
    unit: str
    source: str | None
    giver: str
    assigned_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who holds posts or held them. `agreed_at` is when they agreed to what is stored, `notice` the version of
    the notice that they had read; both are empty where nobody has asked them yet."""

    id: int
    since: datetime
    agreed_at: datetime | None
    notice: int | None


@dataclass(frozen=True)
class Post:
    """A post that is or was held in a union, `since` to `until`; `person` is empty when its holder is forgotten."""

    id: int
    person: int | None
    union: str
    role: Role
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Address:
    """Where a person is reached, and when they wrote from there last."""

    channel: str
    address: str
    open: bool
    heard_at: datetime | None


@dataclass(frozen=True)
class Invitation:
    """An offer of a post in a union to whoever knows its code, of which only a hash is kept; it serves once.

    `replaces` is the post that ends when the offer is taken; `person` is set where somebody invites themselves to a
    further address; `invited_by` is the post of the staff (`None`: the operator's command line).
    """

    id: int
    union: str
    role: Role
    replaces: int | None
    person: int | None
    invited_by: int | None
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Noted:
    """An action of the staff as the audit log keeps it; `officer` is the number of the post that acted."""

    id: int
    at: datetime
    officer: int | None
    action: str
    union: str
    details: dict[str, Any]


QuestionReason = Literal["not_found", "wrong"]
"""Why a question went up: the documents do not say it, or the asker says that the answer was wrong."""


@dataclass(frozen=True)
class PassedQuestion:
    """A question that waits for the staff of `passed_up_to`, or was answered by them.

    An answer is a ruling for the union `scope` and all below it until `expires` (`None`: until it is withdrawn).
    """

    id: int
    union: str
    officer: int | None
    text: str
    answer_given: str | None
    reason: QuestionReason
    asked_at: datetime
    passed_up_to: str
    answered_at: datetime | None
    answer: str | None
    scope: str | None
    expires: date | None


ExemptionKind = Literal["extension", "excuse", "nothing", "paper", "other_system"]
"""extension: due on another day; excuse: not owed for this period; nothing: nothing to report; paper, other_system: it
came there, as the staff say."""

ExemptionState = Literal["asked", "granted", "refused", "withdrawn"]


@dataclass(frozen=True)
class Exemption:
    """What was asked or decided of one union's report of one period; `until` is the new due day of an extension."""

    id: int
    rule: str
    union: str
    period: str
    kind: ExemptionKind
    state: ExemptionState
    until: date | None
    reason: str | None
    asked_by: int | None
    at: datetime


@dataclass(frozen=True)
class Leave:
    """The days, both included, on which the holder of a post is away: what they owe is not chased."""

    id: int
    post: int
    since: date
    until: date


class SaidRung(NamedTuple):
    """A rung of the ladder that was written: to the union itself, or to those above (`told`). `due` is the due day that
    it counted to, empty for the first one."""

    obligation: str
    union: str
    period: str
    due: str
    rung: str
    told: bool = False


@dataclass(frozen=True)
class DigestChoice:
    """How often the staff get their digest, and from which hour of the day on."""

    every: Literal["daily", "weekly"] = "daily"
    hour: int = 8


@dataclass(frozen=True)
class KeptDocument:
    """A document of the library: the `part`-th (from 0) of the kept file `file`, with what was read of its head.

    It holds for `union` and all below it. `digest` is that of the file's content.
    """

    id: int
    file: int
    part: int
    union: str
    digest: str
    kind: str
    number: str | None
    title: str
    issuer: str | None
    issued_on: date | None
    added_by: int | None
    since: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class GroupChat:
    """A group chat at one address, where the late unions below `union` are named; `officer` is the post that linked
    it."""

    id: int
    union: str
    officer: int
    channel: str
    address: str
    opened_at: datetime


@dataclass(frozen=True)
class SentDigest:
    """The last digest of a post or group: when it was written, and the facts that it told."""

    at: datetime
    facts: dict[str, Any]

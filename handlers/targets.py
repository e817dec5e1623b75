"""Staff give targets to the unions below them: step by step, in one line, or in a spreadsheet."""

import re
from dataclasses import asdict, replace
from typing import Any

from db import files, targets
from handlers import Attachment, Reply
from handlers.assigning import Assignment, assign_all, before, may_get, note, withdrawn
from handlers.conversation import Conversation, Desk, Turn
from handlers.spreadsheets import XLSX_TYPE
from handlers.target_lines import Draft, read_figure, read_line
from handlers.target_sheet import read_sheet, template
from handlers.target_talk import ask, confirm, found_unions, given, preview, which_union
from handlers.union_names import search
from knowledge.indicators import indicators
from knowledge.vietnamese import fold

SUBJECT = "targets"

QUESTION = re.compile(r"\b(?:bao nhieu|la gi|the nao|khi nao|bao gio|what|how|when|who)\b")
"""Words of a question, which no target is said with."""


def open_now(desk: Desk, conversation: Conversation, rest: str = "") -> Turn:
    """Begin to give a target; what the line after the command says is not asked again."""
    candidates = may_get(desk.connection, desk.officer, desk.now)
    if not candidates:
        return Turn((Reply(desk.phrases.say("target-nobody-below")),), conversation)
    draft = read_line(rest, candidates) if rest else Draft()
    turn = _next(desk, conversation.put_off(), draft)
    if not rest or draft.union is not None:
        return turn
    unknown = desk.phrases.say("target-no-union-in-line")
    return replace(turn, replies=(replace(turn.replies[0], text=f"{unknown}\n{turn.replies[0].text}"),))


def tapped(desk: Desk, conversation: Conversation, action: str, words: tuple[str, ...]) -> Turn:
    """A choice was tapped: `words` are a union, an indicator, a year, a page, or the number of a file or target."""
    word = words[0] if words else ""
    if action in WITHOUT_DRAFT:
        return WITHOUT_DRAFT[action](desk, conversation, word)
    draft = _draft(conversation)
    if draft is None:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    if action == "page" and word.isdecimal():
        listed = tuple(may_get(desk.connection, desk.officer, desk.now).values())
        return Turn((which_union(listed, int(word), desk.phrases),), conversation)
    if action == "yes" and (wanted := draft.complete()) is not None:
        return _give(desk, conversation, wanted)
    return _next(desk, conversation, _picked(draft, action, word))


def _picked(draft: Draft, action: str, word: str) -> Draft:
    """The draft after a tap on a union, an indicator or a year; unchanged for anything else."""
    if action == "u":
        return replace(draft, union=word)
    if action == "i" and word in indicators():
        return _of_indicator(draft, word)
    if action == "y" and word.isdecimal():
        return replace(draft, year=int(word))
    return draft


def _of_indicator(draft: Draft, key: str) -> Draft:
    """The draft with its indicator, and a figure that was said before counted in its unit."""
    counted = draft.unit if draft.unit not in (None, "count") else indicators()[key].unit
    key = (indicators()[key].share or key) if counted == "percent" else key
    return replace(draft, indicator=key, unit=counted if draft.value is not None else None, maybe=())


def typed(desk: Desk, conversation: Conversation, text: str) -> Turn | None:
    """What was typed as the answer to what is asked, or as a whole line; `None` for anything else."""
    draft = _draft(conversation)
    if draft is None or text.endswith("?") or QUESTION.search(fold(text)):
        return None
    if fold(text) == fold(desk.phrases.say("target-cancel")):
        return _stop(desk, conversation, "")
    candidates = may_get(desk.connection, desk.officer, desk.now)
    if draft.indicator and draft.year and draft.union:
        value, unit = read_figure(text, draft.indicator)
        return _next(desk, conversation, replace(draft, value=value, unit=unit)) if value is not None else None
    said = read_line(text, candidates)
    following = replace(
        draft,
        union=draft.union or said.union,
        year=draft.year or said.year,
        value=said.value if said.value is not None else draft.value,
        unit=said.unit or draft.unit,
        maybe=said.maybe,
    )
    if said.indicator and not draft.indicator:
        following = replace(following, indicator=said.indicator, unit=said.unit, maybe=())
    if following != draft:
        return _next(desk, conversation, following)
    listed = search(text, candidates.values()) if draft.union is None else ()
    return Turn((found_unions(listed, desk.phrases),), conversation) if listed else None


def problem(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """Say that what was typed is no answer, and ask again."""
    again = ask_again(desk, conversation)
    said = desk.phrases.say("target-not-understood")
    return Turn((replace(again, text=f"{said}\n{again.text}"),), conversation)


def ask_again(desk: Desk, conversation: Conversation) -> Reply:
    """What is asked now, after something else was talked about in between."""
    draft = _draft(conversation)
    assert draft is not None
    return _next(desk, conversation, draft).replies[0]


def filed(desk: Desk, conversation: Conversation, file: Attachment) -> Turn | None:
    """A spreadsheet of targets: what it would do, or what is wrong in it; `None` for another kind of file."""
    if not file.name.lower().endswith((".xlsx", ".csv", ".xlsm", ".xls")):
        return None
    plan = read_sheet(file.name, file.content, may_get(desk.connection, desk.officer, desk.now))
    known = before(desk.connection, plan.wanted)
    new = len(plan.wanted) - len(known)
    changed = sum(known[each].value != each.value for each in known)
    number = 0
    if not plan.faults and new + changed:
        number = files.put(
            desk.connection, desk.union.code, desk.officer.id, file.name, file.media_type, file.content, desk.now
        )
    said = preview(file.name, plan, new, changed, number, desk.phrases)
    return Turn((said,), conversation.put_off() if _draft(conversation) is None else conversation.at_rest())


def _next(desk: Desk, conversation: Conversation, draft: Draft) -> Turn:
    """Ask for what is missing, or have it confirmed."""
    candidates = may_get(desk.connection, desk.officer, desk.now)
    if draft.union not in candidates:
        draft = replace(draft, union=None)
    waiting = conversation.waiting_for(SUBJECT, _to_json(draft))
    wanted = draft.complete()
    if wanted is None:
        return Turn((ask(draft, candidates, desk.today.year, desk.phrases),), waiting)
    known = before(desk.connection, (wanted,)).get(wanted)
    return Turn((confirm(wanted, known, candidates[wanted.union], desk.phrases),), waiting)


def _give(desk: Desk, conversation: Conversation, wanted: Assignment) -> Turn:
    candidates = may_get(desk.connection, desk.officer, desk.now)
    union = candidates.get(wanted.union)
    if union is None:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation.at_rest())
    done = assign_all(desk.connection, (wanted,), desk.officer, desk.now, desk.phrases)
    if not done.made:
        return Turn((Reply(desk.phrases.say("target-as-before")),), conversation.at_rest())
    said = given(done.made, union, len(done.letters), desk.phrases)
    return Turn((said,), conversation.at_rest(), done.letters)


def _give_file(desk: Desk, conversation: Conversation, number: str) -> Turn:
    """Give what a kept file holds; it is read anew, for unions may have changed since it came."""
    kept = files.get(desk.connection, int(number)) if number.isdecimal() else None
    if kept is None or kept.union != desk.union.code:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    plan = read_sheet(kept.name, kept.content, may_get(desk.connection, desk.officer, desk.now))
    if plan.faults:
        return Turn((preview(kept.name, plan, 0, 0, kept.id, desk.phrases),), conversation)
    done = assign_all(desk.connection, plan.wanted, desk.officer, desk.now, desk.phrases)
    unions = len({each.union for each in done.made})
    said = desk.phrases.say("target-file-given", count=len(done.made), unions=unions, told=len(done.letters))
    return Turn((Reply(said if done.made else desk.phrases.say("target-as-before")),), conversation, done.letters)


def _withdraw(desk: Desk, conversation: Conversation, number: str) -> Turn:
    """Take back a target that was given to a union of this subtree; it stays in the history."""
    target = targets.get(desk.connection, int(number)) if number.isdecimal() else None
    candidates = may_get(desk.connection, desk.officer, desk.now)
    if target is None or target.withdrawn_at is not None or target.union not in candidates:
        return Turn((Reply(desk.phrases.say("old-button")),), conversation)
    targets.withdraw(desk.connection, target.id, desk.now)
    note(desk.connection, desk.officer, "target-withdrawn", target, desk.now)
    said = desk.phrases.say("target-withdrawn", union=candidates[target.union].name)
    letters = withdrawn(desk.connection, target, desk.officer, desk.now, desk.phrases)
    return Turn((Reply(said),), conversation, letters)


def _stop(desk: Desk, conversation: Conversation, _: str) -> Turn:
    """Give nothing; what another subject waits for stays."""
    following = conversation.at_rest() if _draft(conversation) else conversation
    return Turn((Reply(desk.phrases.say("target-cancelled")),), following)


def _template(desk: Desk, conversation: Conversation, _: str) -> Turn:
    listed = tuple(may_get(desk.connection, desk.officer, desk.now).values())
    content = template(listed, desk.today.year, desk.phrases)
    file = Attachment(desk.phrases.say("target-template-file"), XLSX_TYPE, content)
    return Turn((Reply(desk.phrases.say("target-template-sent"), file=file),), conversation)


def _to_json(draft: Draft) -> dict[str, Any]:
    return asdict(draft) | {"maybe": list(draft.maybe)}


def _draft(conversation: Conversation) -> Draft | None:
    wait = conversation.wait
    if wait is None or wait.subject != SUBJECT:
        return None
    return Draft(**wait.data | {"maybe": tuple(wait.data["maybe"])})


WITHOUT_DRAFT = {"template": _template, "all": _give_file, "back": _withdraw, "no": _stop}
"""What can be tapped whether or not a target is just being said."""

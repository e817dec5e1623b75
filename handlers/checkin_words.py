"""What is said of figures that were sent: the receipt, what another officer sent, the history, the month before."""

from db import CheckIn
from handlers import Choice, Reply
from handlers.drafts import Value, is_number
from handlers.form_talk import written
from handlers.forms import NUMBERS, Field, Form
from handlers.months import month_name
from handlers.phrasebook import Phrases


def receipt(kept: CheckIn, phrases: Phrases, *, closed: bool) -> str:
    """What was received, when, under which number; whether it counts as late."""
    if kept.revision == 1:
        phrase, late = "checkin-receipt", kept.late
    else:
        phrase, late = "checkin-corrected", closed
    return phrases.say(
        phrase,
        month=month_name(kept.period, phrases),
        number=kept.number,
        moment=kept.received_at,
        late="yes" if late else "no",
    )


def against_before(form: Form, kept: CheckIn, before: CheckIn | None, phrases: Phrases) -> str | None:
    """The figures that differ from those of the month before; `None` where there is no month to compare with."""
    if before is None:
        return None
    month = month_name(before.period, phrases)
    moved = [
        _moved(field, kept.answers[field.key], before.answers[field.key], phrases)
        for field in form.fields
        if _both(field, kept.answers.get(field.key), before.answers.get(field.key))
        and kept.answers[field.key] != before.answers[field.key]
    ]
    if not moved:
        return phrases.say("checkin-as-before", month=month)
    return phrases.say("checkin-against-before", month=month, lines="\n".join(moved))


def _both(field: Field, now: Value, then: Value) -> bool:
    return field.type in NUMBERS and is_number(now) and is_number(then)


def _moved(field: Field, now: float, then: float, phrases: Phrases) -> str:
    up_or_down = "checkin-moved-up" if now > then else "checkin-moved-down"
    return phrases.say(
        "checkin-moved-flow" if field.carry == "zero" else up_or_down,
        label=field.label.said_in(phrases.language),
        now=written(field, now, phrases),
        then=written(field, then, phrases),
        by=written(field, round(abs(now - then), 2), phrases),
    )


def other_sent(form: Form, standing: CheckIn, mine: dict[str, Value], post: int, phrases: Phrases) -> Reply:
    """Somebody sent this month's figures since the draft was begun: what differs, and the decision."""
    text = phrases.say(
        "checkin-other-sent",
        by=by_whom(standing, post, phrases),
        month=month_name(standing.period, phrases),
        moment=standing.received_at,
        number=standing.number,
        lines="\n".join(_changes("checkin-differs", form, standing.answers, mine, phrases)),
    )
    choices = (("keep", ""), ("mine", str(standing.revision)))
    return Reply(
        text,
        tuple(
            Choice(f"checkin:{action}:{standing.period}:{word}", phrases.say(f"checkin-{action}"))
            for action, word in choices
        ),
    )


def sent_already(form: Form, standing: CheckIn, post: int, more: bool, note: str, phrases: Phrases) -> Reply:
    """This month's figures came before: what they are, and how they can be corrected."""
    lines = "\n".join(
        phrases.say(
            "checkin-line",
            label=field.label.said_in(phrases.language),
            value=written(field, standing.answers.get(field.key), phrases),
        )
        for field in form.fields
    )
    text = phrases.say(
        "checkin-already",
        month=month_name(standing.period, phrases),
        by=by_whom(standing, post, phrases),
        moment=standing.received_at,
        number=standing.number,
        lines=lines,
    )
    actions = ("correct", "history") if more else ("correct",)
    choices = tuple(Choice(f"checkin:{each}:{standing.period}", phrases.say(f"checkin-{each}")) for each in actions)
    return Reply(f"{text}\n{note}".rstrip(), choices)


def history(form: Form, sent: tuple[CheckIn, ...], post: int, phrases: Phrases) -> Reply:
    """Everything that was sent for a month: when, by whom, and what each correction changed."""
    parts = [phrases.say("checkin-history-of", month=month_name(sent[0].period, phrases))]
    for place, each in enumerate(sent):
        earlier = sent[place - 1].answers if place else each.answers
        changes = "; ".join(_changes("checkin-changed", form, earlier, each.answers, phrases))
        parts.append(
            phrases.say(
                "checkin-history-line",
                place=place + 1,
                moment=each.received_at,
                number=each.number,
                by=by_whom(each, post, phrases),
                late="yes" if each.late else "no",
                changes=changes,
            ).rstrip()
        )
    return Reply("\n".join(parts))


def by_whom(sent: CheckIn, post: int, phrases: Phrases) -> str:
    """Who sent it, as the holder of the post `post` may know it: never by name."""
    if sent.officer is None:
        return phrases.say("checkin-by-office")
    return phrases.say("checkin-by-you" if sent.officer == post else "checkin-by-other")


def _changes(phrase: str, form: Form, before: dict[str, Value], after: dict[str, Value], phrases: Phrases) -> list[str]:
    return [
        phrases.say(
            phrase,
            label=field.label.said_in(phrases.language),
            before=written(field, before.get(field.key), phrases),
            after=written(field, after.get(field.key), phrases),
        )
        for field in form.fields
        if before.get(field.key) != after.get(field.key)
    ]

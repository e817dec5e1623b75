# A copy of the evaluation's own scorer of readings, kept as it is.
# ruff: noqa: E501, T201
"""Score what the product reads out of documents against gold rows.

    congdoan knowledge read 000_*.txt 002_*.txt --json > read.json
    python3 score_extraction.py gold-dev read.json
    python3 score_extraction.py gold-dev read.json --failures --min-f1 0.9

GOLD is a folder with targets.json, duties.json and reporting.json; only files that occur in it are scored.
The product's JSON is described in README.md. Python 3.11, nothing to install.
"""

import argparse
import collections
import json
import pathlib
import re
import sys
import unicodedata

MONTH = re.compile(r"^\d{4}-\d{2}$")
TERM = re.compile(r"^\d{4}-\d{4}$")
SAME_COMPARATOR = [
    {">=", "at_least"},
    {">", "more_than"},
    {"~", "about"},
    {"=", "exactly", "maintain"},
    {"most"},
    {"range"},
    {"meet_or_exceed", "=", ">="},
    {"all", "="},
    {"deadline", "<="},
]


def fold(text):
    """Lower case without diacritics, markup or punctuation."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^0-9a-z%]+", " ", text).strip()


def overlap(gold, ours, least=3):
    """Share of the shorter text's words that the other one holds, 0 to 1; 0 where it has fewer words than `least`."""
    a, b = (collections.Counter(fold(q).split()) for q in (gold, ours))
    shorter = min(sum(a.values()), sum(b.values()))
    return sum((a & b).values()) / shorter if shorter >= least else 0.0


def number(value):
    """A comparable form of a number, a [low, high] pair or None."""
    if isinstance(value, list):
        return tuple(float(v) for v in value)
    return None if value is None else float(value)


def same_period(gold, ours):
    """A gold period may be a list of acceptable ones; a term also matches its last year, a month its days."""
    if isinstance(gold, list):
        return any(same_period(one, ours) for one in gold)
    if gold is None or ours is None:
        return gold is ours
    gold, ours = str(gold).lower(), str(ours).lower()
    return gold == ours or (MONTH.match(gold) and ours.startswith(gold)) or (TERM.match(gold) and ours == gold[5:])


def same_comparator(gold, ours):
    return gold == ours or any(gold in group and ours in group for group in SAME_COMPARATOR)


def same_target(gold, ours):
    return (
        gold["file"] == ours.get("file")
        and number(gold["value"]) == number(ours.get("value"))
        and same_period(gold["period"], ours.get("period"))
        and same_comparator(gold["comparator"], ours.get("comparator"))
        and (not gold.get("unit_name") or fold(gold["unit_name"]) == fold(ours.get("unit_name") or ""))
        and overlap(gold["quote"], ours.get("quote") or "") >= 0.8
    )


def same_name(gold, ours):
    """Whether two bodies' names agree; a gold row without a name agrees with any."""
    return not gold or overlap(gold, ours or "", least=1) >= 0.6


def same_duty(gold, ours):
    return (
        gold["file"] == ours.get("file")
        and same_name(gold["actor"], ours.get("actor"))
        and overlap(gold["quote"], ours.get("quote") or "") >= 0.8
    )


def same_report(gold, ours):
    return (
        gold["file"] == ours.get("file")
        and set(gold["frequency"]) & set(ours.get("frequency") or [])
        and same_name(gold["recipient"], ours.get("recipient"))
        and overlap(gold["quote"], ours.get("quote") or "") >= 0.8
    )


KINDS = {"targets": same_target, "duties": same_duty, "reporting": same_report}


def pair(gold, ours, same):
    """Greedy one-to-one pairing; returns (missed gold rows, unmatched rows of ours)."""
    free = list(ours)
    missed = []
    for row in gold:
        hit = next((o for o in free if same(row, o)), None)
        free.remove(hit) if hit is not None else missed.append(row)
    return missed, free


def load(folder, kind):
    rows = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
    return [r for r in rows if r.get("optional") is not True], [r for r in rows if r.get("optional") is True]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("read", type=pathlib.Path, help="JSON of `congdoan knowledge read … --json`")
    parser.add_argument("--failures", action="store_true", help="list missed rows and, for targets, invented ones")
    parser.add_argument("--min-f1", type=float, default=0.0, help="exit status 1 when the F1 of targets is below")
    options = parser.parse_args()
    read = json.loads(options.read.read_text(encoding="utf-8"))
    f1 = 0.0
    for kind, same in KINDS.items():
        gold, optional = load(options.gold, kind)
        files = {r["file"] for r in gold + optional}
        ours = [o for o in read.get(kind, []) if o.get("file") in files]
        missed, extra = pair(gold, ours, same)
        _, extra = pair(optional, extra, same)
        recall = 1 - len(missed) / len(gold) if gold else 1.0
        precision = 1 - len(extra) / len(ours) if ours else 0.0
        score = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
        f1 = score if kind == "targets" else f1
        print(
            f"{kind:10} gold {len(gold):4}  read {len(ours):4}  recall {recall:6.1%}  precision {precision:6.1%}  F1 {score:6.1%}"
        )
        if options.failures:
            for row in missed:
                print(
                    f"  missed   {row['file'][:3]} {row.get('value', '')} {row.get('period', '')} {row['quote'][:110]}"
                )
            for row in extra if kind == "targets" else []:
                print(
                    f"  invented {row['file'][:3]} {row.get('value')} {row.get('period')} {(row.get('quote') or '')[:110]}"
                )
    sys.exit(f1 < options.min_f1)


if __name__ == "__main__":
    main()

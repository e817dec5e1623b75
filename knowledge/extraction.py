"""What is read out of documents, as one object for `congdoan knowledge read --json`."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from knowledge import Document, Duty, Obligation, Target
from knowledge.duties import read_duties
from knowledge.obligations import read_obligations
from knowledge.targets import read_targets


def extraction(documents: Iterable[Document]) -> dict[str, Any]:
    """Documents, targets, duties and reporting obligations as JSON values; `indicator` is the label in the document."""
    listed = list(documents)
    return {
        "documents": [_document(document) for document in listed],
        "targets": [_target(target) for document in listed for target in read_targets(document)],
        "duties": [_named(duty) for document in listed for duty in read_duties(document)],
        "reporting": [_named(obligation) for document in listed for obligation in read_obligations(document)],
    }


def _document(document: Document) -> dict[str, Any]:
    issued = document.issued_on.isoformat() if document.issued_on else None
    passages = [{"section": passage.section, "text": passage.text} for passage in document.passages]
    return asdict(document) | {"issued_on": issued, "passages": passages}


def _target(target: Target) -> dict[str, Any]:
    value = target.value
    plain = [_number(one) for one in value] if isinstance(value, tuple) else value if value is None else _number(value)
    return asdict(target) | {"indicator": target.label, "indicator_key": target.indicator, "value": plain}


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _named(row: Duty | Obligation) -> dict[str, Any]:
    return asdict(row)

"""From the text of a file to its documents: cut where a new one begins, repaired, with head, sections, passages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge import Document
from knowledge.definitions import short_forms
from knowledge.head import Head, document_number, is_head_line, kind_of, names_itself, read_head, title_length
from knowledge.layout import (
    BULLET,
    RECIPIENTS,
    Line,
    Paragraph,
    foot_of,
    is_chapter,
    lines_of,
    paragraphs_of,
    starts_foot,
    table_rows,
)
from knowledge.scans import repair_all
from knowledge.sections import passages_of, spelled_chapter, spelled_numbers
from knowledge.vietnamese import fold

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_LONGEST_KEY = 60


def compose(text: str, file: str) -> tuple[Document, ...]:
    """The documents that a file's text holds, in order; front matter between `---` lines wins over what is read."""
    said, body, first = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [replace(line, number=line.number + first) for line in _without_running_headers(lines_of(body))]
    parts = _documents(paragraphs_of(lines))
    documents = tuple(_document(part, said.get("file") or file) for part in parts if part)
    return tuple(_as_said(document, said) for document in documents) if said else documents


def _without_running_headers(lines: Sequence[Line]) -> list[Line]:
    """The lines, those made blank that only repeat the name of a document whose number stands in its head."""
    numbers = {number for line in lines if (number := document_number(line.text))}
    return [replace(line, text="") if numbers and names_itself(line.text, numbers) else line for line in lines]


def _front_matter(text: str) -> tuple[dict[str, str], str, int]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text, 0
    pairs = (line.split(":", 1) for line in match[1].split("\n") if ":" in line)
    return {name.strip(): value.strip() for name, value in pairs}, text[match.end() :], match[0].count("\n")


def _documents(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Cut after a body or a foot where another kind line follows, with the head lines directly above it."""
    cuts = [0]
    ended = False
    for position, paragraph in enumerate(paragraphs):
        ended = ended or is_chapter(paragraph.text) or starts_foot(paragraph.text)
        if ended and kind_of(paragraph.text):
            start = position
            while start > cuts[-1] + 1 and is_head_line(paragraphs[start - 1].text):
                start -= 1
            cuts.append(start)
            ended = False
    return [list(paragraphs[start:end]) for start, end in zip(cuts, [*cuts[1:], len(paragraphs)], strict=True)]


def _document(paragraphs: Sequence[Paragraph], file: str) -> Document:
    rows = list(table_rows(paragraphs))
    texts = repair_all([spelled_chapter(text) for text in spelled_numbers(paragraph.text for paragraph in rows)])
    repaired = [replace(paragraph, text=text) for paragraph, text in zip(rows, texts, strict=True)]
    head = read_head(repaired)
    passages = passages_of(_gathered(repaired))
    return Document(
        key=_key(head),
        file=file,
        kind=head.kind,
        title=head.title,
        number=head.number,
        issuer=head.issuer,
        place=head.place,
        issued_on=head.issued_on,
        signer=head.signer,
        signer_role=head.signer_role,
        legal_bases=head.legal_bases,
        recipients=head.recipients,
        short_forms=short_forms(passages),
        passages=passages,
    )


def _key(head: Head) -> str:
    named = head.number or f"{head.kind} {head.title}"
    slug = re.sub(r"[^a-z0-9]+", "-", fold(named)).strip("-")
    return slug[:_LONGEST_KEY].rsplit("-", 1)[0] if len(slug) > _LONGEST_KEY else slug


def _gathered(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Kind and title as one paragraph, the recipients as one, the signature as one: that is how they are cited."""
    kind_at, title = title_length(paragraphs)
    foot_at, foot_end = foot_of(paragraphs)
    gathered = [*paragraphs[: max(kind_at, 0)]]
    if kind_at >= 0:
        gathered.append(_merged(paragraphs[kind_at : kind_at + title + 1], " "))
    gathered += paragraphs[kind_at + title + 1 : foot_at]
    foot = paragraphs[foot_at:foot_end]
    recipients = [paragraph for paragraph in foot if _is_recipient(paragraph.text)]
    signature = [paragraph for paragraph in foot if not _is_recipient(paragraph.text)]
    gathered += [_merged(lines, separator) for lines, separator in ((recipients, " "), (signature, ", ")) if lines]
    return [*gathered, *paragraphs[foot_end:]]


def _is_recipient(text: str) -> bool:
    return bool(BULLET.match(text) or RECIPIENTS.match(fold(text)) or re.match(r"[{}(]\s*\W*(?:Để|để)", text))


def _merged(paragraphs: Iterable[Paragraph], separator: str) -> Paragraph:
    listed = list(paragraphs)
    return Paragraph(
        text=separator.join(paragraph.text for paragraph in listed),
        original="\n".join(paragraph.original for paragraph in listed),
        first_line=listed[0].first_line,
        last_line=listed[-1].last_line,
    )


def _as_said(document: Document, said: dict[str, str]) -> Document:
    issued = said.get("date")
    return replace(
        document,
        kind=said.get("kind") or document.kind,
        title=said.get("title") or document.title,
        number=said.get("number") or document.number,
        issuer=said.get("issuer") or document.issuer,
        place=said.get("place") or document.place,
        issued_on=date.fromisoformat(issued) if issued else document.issued_on,
        signer=said.get("signer") or document.signer,
        signer_role=said.get("signer_role") or document.signer_role,
        scope=said.get("scope") or document.scope,
    )

"""What a sent document says, read once: before its turn where that can be, so that nobody waits for it."""

from handlers import Attachment, ReadDocument, Reading
from knowledge.reading import ReadingError, read_bytes
from knowledge.review import review
from knowledge.targets import read_targets


def reading_of(file: Attachment) -> Reading:
    """What the content of a file says; takes seconds for a long one. Never raises for a file."""
    if file.reading is not None:
        return file.reading
    try:
        documents = read_bytes(file.content, file.name)
    except ReadingError as error:
        return Reading(refused=error)
    return Reading(tuple(ReadDocument(each, tuple(read_targets(each)), review(each)) for each in documents))

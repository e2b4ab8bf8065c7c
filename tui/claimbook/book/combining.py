"""Combining what was to be saved with what somebody else has saved meanwhile, as a merge of three texts."""

from claimbook.book.errors import ConflictError
from claimbook.record.merging import merge
from claimbook.record.reading import read_record
from claimbook.record.source import decode


def combined(file: str, *, base: bytes, mine: bytes, now: bytes) -> bytes:
    """Return a record as it is now, with what changed from `base`, the bytes as loaded, to `mine`.

    Where both put something at the end of one list, what is saved later stands later.

    Raises:
        ConflictError: Both changed the same thing differently, or it would be no record; it has all three.
    """
    if now == base:
        return mine
    texts = [decode(data, file) for data in (base, now, mine)]
    if not any(item.is_error for _, found in texts for item in found):
        old, theirs, ours = (source for source, _ in texts)
        merged = merge(old.text, theirs.text, ours.text)
        after = theirs.to_bytes(merged.text)
        if not merged.conflicts and read_record(after, file).content is not None:
            return after
    raise ConflictError(file, expected=base, found=now, wanted=mine)


def offered(texts: ConflictError) -> bytes | None:
    """Return what a person may go on from where two changes meet: both merged, else between conflict markers.

    None is for what cannot be merged at all, as a file that is gone.
    """
    given = [texts.expected, texts.found, texts.wanted]
    decoded = [decode(data, texts.file) for data in given if data is not None]
    if len(decoded) < len(given) or any(item.is_error for _, found in decoded for item in found):
        return None
    old, theirs, ours = (source.text for source, _ in decoded)
    return decoded[1][0].to_bytes(merge(old, ours, theirs).text)

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

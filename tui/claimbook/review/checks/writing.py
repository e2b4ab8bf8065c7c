"""How a file is written: what reading refuses or remarks on, whatever the record means.

These rules are held where the text is read; here they have their explanations.
"""

from claimbook.record.diagnostics import Severity
from claimbook.review.checks.rule import said_in_reading

_ERRORS = {
    "yaml-syntax": """A file is YAML.

        The commonest slip is a colon and a space inside plain text: `why: Great Wall: no talks`. Put such a
        text in quotes, or write `>-` after the key and the text on the next lines, indented. Until it is
        mended the claim is shown as broken and claimbook leaves the file alone. A ` #` that makes a remark of
        what may be meant as text is warned of.""",
    "duplicate-key": """No key stands twice in one mapping.

        Two programs would read two different records from such a file. Keep the one that is right.""",
    "yaml-tag": """YAML tags are not used.

        A text that begins with an exclamation mark needs quotes.""",
    "yaml-alias": """Anchors, aliases and merge keys are not used.

        A record is to be read where it stands: write the text out. A text that begins with `&` or `*` needs
        quotes.""",
    "yaml-documents": """A file holds one record, without directives.

        A line of three dashes begins a second document: put that record into a file of its own.""",
    "encoding": """A file is UTF-8 text that can be opened.

        Save it as UTF-8 in your editor; a byte order mark does no harm.""",
    "control-character": """No control character stands in a record, raw or as an escape.

        They act on terminals, and some of them hide text from the reader. Delete it; in an article they may
        stay, as an article's text is never changed.""",
    "too-deep": """A record is nested at most 16 levels deep.

        Deeper nesting is never a record, and can be made to exhaust a program.""",
    "too-large": """A record has at most 1 MiB, and 40,000 values.

        Put long texts into an article, and quote the passage that matters.""",
    "merge-conflict": """No conflict marker of a merge is left.

        Both versions stand between `<<<<<<<` and `>>>>>>>`: keep the lines that are right, delete the
        markers, and run the check again.""",
    "empty-file": """A claim file holds a record.

        Write one (`claimbook new` does), or delete the file.""",
    "unknown-key": """Every key is one that records have, or begins with `x-`.

        A mistyped key would be lost in silence. Keys of your own begin with `x-` and are kept.""",
    "missing-key": """The keys that a record cannot do without are there.

        These are `claim`, `kind` and one source; a source and a piece of evidence say where they are from,
        and evidence which way it bears.""",
    "wrong-type": """A value is what its key takes.

        A list where a list is wanted, one of the words where there is a choice, text that is not empty.""",
    "bad-date": """A date is a year, a month or a day that exists: 2024, 2024-03 or 2024-03-28.

        Write only what is known: `2024` means all of 2024.""",
    "bad-url": """An address begins with http:// or https:// and names a host.""",
    "verdict-without-reason": """Every verdict has a `why`.

        A rating alone cannot be checked by anybody. Two sentences that say what decided it are enough.""",
    "unsafe-id": """An id is lower-case letters and digits, joined by single hyphens, 64 characters at most.

        A file's stem is its claim's or article's id, on every system that the book may be copied to.""",
    "duplicate-id": """An id is given to one file.

        Ids that differ only in case are one id on many disks. Rename one: `claimbook rename` takes along
        whatever points to it.""",
    "article-changed": """An article's text is what its `sha256` says.

        Somebody edited the text after it was added, so quotes may have been made to fit. Restore the text, or
        take the new sum over if the change is right.""",
}

_WARNINGS = {
    "invisible-character": """No invisible character stands in a record.

        Zero-width characters and direction marks make two texts that look alike different, or one look like
        another. Real articles have them, so a quote may need them: then allow it.""",
    "odd-id": """Everything in `claims/` and `seeds/` is a record or an article.

        A file with another ending is not read, and somebody may be looking for it.""",
}

for _name, _text in _ERRORS.items():
    said_in_reading(Severity.ERROR, _name, _text)
for _name, _text in _WARNINGS.items():
    said_in_reading(Severity.WARNING, _name, _text)

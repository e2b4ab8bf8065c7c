"""The claim record: what one file in `claims/` can say."""

import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from claimbook.record.dates import PartialDate
from claimbook.record.ratings import Rating, Status, status_after
from claimbook.record.terms import Bearing, Certainty, Confidence, Connection, Fidelity, Kind, Stance

MOST_ITEMS = 500
"""Sources, and pieces of evidence, that a record may have: each quote is looked for in all of its article."""

_ADDRESS = re.compile(r"https?://[^\s/?#]*[^\W_][^\s]*", re.IGNORECASE)
_NUMBER = re.compile(r"^\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?$")


def _web_address(text: Any) -> Any:
    if isinstance(text, str) and not (_ADDRESS.fullmatch(text) and text.isprintable()):
        raise PydanticCustomError("bad-url", "write a web address that begins with http:// or https://")
    return text


def _number(value: Any) -> float:
    if not _NUMBER.fullmatch(str(value)):
        raise PydanticCustomError("not-a-number", "write a number from 0 to 1, such as 0.6")
    return float(value)


def _lacking(reason: str, *keys: str) -> PydanticCustomError:
    """Say that a mapping lacks one of some keys."""
    return PydanticCustomError("lacking", "{reason}", {"reason": reason, "keys": keys})


def _too_much(first: str, second: str) -> PydanticCustomError:
    """Say that a mapping has two keys of which it can have one."""
    reason = f"has both `{first}:` and `{second}:`: delete one of the two"
    return PydanticCustomError("too-much", "{reason}", {"reason": reason, "keys": (second,)})


_PLAIN: dict[str, Any] = {
    "type": ["string", "number", "boolean"],
    "patternErrorMessage": "Write a text, or delete the key.",
}
"""What the schema lets through as text: also what an editor makes of `2024` or `true`."""

_NONE: JsonDict = {"default": []}
"""What the schema says of a list that is left out; pydantic takes its time to copy what is a default."""

Text = Annotated[str, Field(pattern=r"\S", json_schema_extra=_PLAIN)]
"""Words, at least one."""

Url = Annotated[
    str,
    BeforeValidator(_web_address),
    Field(
        json_schema_extra={
            "type": "string",
            "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
            "patternErrorMessage": "Write a web address that begins with http:// or https://.",
        }
    ),
]
"""An http or https address."""

Identifier = Text
"""The id of an article or a claim: its file's stem."""


class Part(BaseModel):
    """A mapping in a record; keys that start with `x-` are the owner's and are kept."""

    model_config = ConfigDict(extra="allow", frozen=True, use_attribute_docstrings=True)

    bare: ClassVar[bool] = False
    """Whether a text alone can stand for the whole mapping."""

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Link(Part):
    """One link in the chain of who has it from whom: a name, or people who stay anonymous."""

    bare: ClassVar[bool] = True

    name: Text | None = None
    """An agency, a paper, a company, a person."""
    anonymous: Text | None = None
    """The words that describe people who are not named, such as `three people`."""
    report: PartialDate | None = None
    """The day, month or year of the report that is meant, which tells two reports of one name apart."""

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.name is None and self.anonymous is None:
            reason = "has neither `name:` nor `anonymous:`: add one of the two"
            raise _lacking(reason, "name", "anonymous")
        if self.name is not None and self.anonymous is not None:
            raise _too_much("name", "anonymous")
        return self


def _one_place(article: str | None, url: str | None) -> None:
    if article is None and url is None:
        raise _lacking("has neither `article:` nor `url:`: add one of the two", "article", "url")
    if article is not None and url is not None:
        raise _too_much("article", "url")


class Source(Part):
    """A place where the claim was made."""

    article: Identifier | None = None
    """The id of an article in `seeds/`."""
    url: Url | None = None
    """The address, where the book does not hold the article; with `publisher` and `date`."""
    publisher: Text | None = None
    """Who published it; only beside `url`, an article knows its own."""
    date: PartialDate | None = None
    """When it was published: beside `url`, or where it is known better than the article's."""
    quote: Text | None = None
    """The words of the article, character for character; `[…]` joins passages in order."""
    before: Text | None = None
    """Words that stand before the quote, where it stands more than once."""
    after: Text | None = None
    """Words that stand after the quote, where it stands more than once."""
    translation: Text | None = None
    """The quote in the reader's language."""
    stance: Stance = Stance.ASSERTS
    """What the source does with the claim: asserts, relays, doubts or denies it."""
    certainty: Certainty = Certainty.PLAIN
    """Whether it says so plainly or hedges: may, reportedly, is said to."""
    by: Text | None = None
    """Who is said to have stated it: the claimant, not the people it is about."""
    via: list[Link] | None = None
    """Whom the source has it from, nearest first; `[]` says nobody, first hand."""
    fidelity: Fidelity | None = None
    """How the source relays its own source."""
    note: Text | None = None
    """Free text."""

    @model_validator(mode="after")
    def _where(self) -> Self:
        _one_place(self.article, self.url)
        if self.url is None:
            return self
        missing = [key for key in ("publisher", "date") if getattr(self, key) is None]
        if missing:
            keys = " and ".join(f"`{key}:`" for key in missing)
            raise _lacking(f"is named by its url: add {keys} beside it", *missing)
        return self


class Evidence(Part):
    """Something that bears on the claim's being true."""

    url: Url | None = None
    """The address where it can be read."""
    article: Identifier | None = None
    """The id of an article in `seeds/`, with `quote`, instead of `url`."""
    quote: Text | None = None
    """The words of that article, character for character."""
    before: Text | None = None
    """Words that stand before the quote, where it stands more than once."""
    after: Text | None = None
    """Words that stand after the quote, where it stands more than once."""
    translation: Text | None = None
    """The quote in the reader's language."""
    publisher: Text | None = None
    """Who published it."""
    date: PartialDate | None = None
    """When it was published."""
    seen: PartialDate | None = None
    """When we read it."""
    archived: Url | None = None
    """The address of an archived copy."""
    bearing: Bearing
    """Whether it supports the claim, refutes it or is context."""
    via: list[Link] | None = None
    """Whom it has it from, nearest first; without it, the publisher itself."""
    note: Text | None = None
    """What it says, in our own words."""

    @model_validator(mode="after")
    def _where(self) -> Self:
        _one_place(self.article, self.url)
        if self.article is not None and self.quote is None:
            raise _lacking("is drawn from an article: add `quote:` with the words from it", "quote")
        return self


class Relation(Part):
    """How this claim stands to another claim of the book."""

    to: Identifier
    """The other claim's id."""
    as_: Annotated[Connection, Field(alias="as")]
    """What this claim is to it."""
    note: Text | None = None
    """Free text."""


class Forecast(Part):
    """What a reviewer held likely while the claim was open."""

    date: PartialDate
    """When it was said."""
    probability: Annotated[
        float,
        BeforeValidator(_number),
        Field(ge=0, le=1, allow_inf_nan=False),
        WithJsonSchema(
            {"type": ["number", "string"], "minimum": 0, "maximum": 1, "pattern": _NUMBER.pattern}
        ),
    ]
    """How likely the claim was held to be, from 0 to 1."""
    by: Text | None = None
    """The reviewer."""
    why: Text | None = None
    """The reason."""


class Verdict(Part):
    """A rating with its reason; never rewritten, a correction is one more."""

    date: PartialDate
    """When the reviewer gave it."""
    as_of: PartialDate | None = None
    """The moment it is judged for, where that is not today."""
    rating: Rating
    """What the claim is found to be."""
    confidence: Confidence | None = None
    """How sure the reviewer is."""
    by: Text | None = None
    """The reviewer."""
    why: Text
    """The reason."""


class Claim(Part):
    """A claim that somebody made, with its sources, evidence, status and verdicts."""

    claim: Text
    """The sentence that is judged, whole without the article."""
    kind: Kind
    """What sort of statement it is."""
    about: list[Text] = Field(default_factory=list, json_schema_extra=_NONE)
    """The companies, people and things it is about."""
    tags: list[Text] = Field(default_factory=list, json_schema_extra=_NONE)
    """Subjects, for finding it again."""
    status: Status | None = None
    """Where it stands; left out, it is what the verdicts say."""
    due: PartialDate | None = None
    """The last moment it can still come true: a year, a month or a day."""
    due_said: Text | None = None
    """The words that `due` was read from."""
    review_on: PartialDate | None = None
    """When to look again."""
    assigned: Text | None = None
    """Who looks after it."""
    settles_when: Text | None = None
    """What would decide it."""
    sources: Annotated[list[Source], Field(min_length=1, max_length=MOST_ITEMS)]
    """Where the claim was made."""
    evidence: list[Evidence] = Field(default_factory=list, max_length=MOST_ITEMS, json_schema_extra=_NONE)
    """What bears on its being true."""
    relations: list[Relation] = Field(default_factory=list, json_schema_extra=_NONE)
    """How it stands to other claims."""
    forecasts: list[Forecast] = Field(default_factory=list, json_schema_extra=_NONE)
    """What reviewers held likely while it was open."""
    allow: list[Text] = Field(default_factory=list, json_schema_extra=_NONE)
    """Warnings that were looked at and accepted, by rule name."""
    verdicts: list[Verdict] = Field(default_factory=list, json_schema_extra=_NONE)
    """Judgements in order; the last one holds."""
    notes: Text | None = None
    """Free text."""

    @property
    def rating(self) -> Rating | None:
        """The rating of the last verdict."""
        return self.verdicts[-1].rating if self.verdicts else None

    @property
    def standing(self) -> Status:
        """The status as written, or as it follows from the verdicts."""
        return self.status or status_after(self.rating)

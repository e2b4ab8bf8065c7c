"""How the book's own settings are read from `claimbook.yaml`."""

import re
from datetime import timedelta

from pydantic import Field, field_validator

from claimbook.book.settings import Settings
from claimbook.record.diagnostics import Diagnostic
from claimbook.record.model import Part
from claimbook.record.reading import Document, read_document

_SPAN = re.compile(r"([0-9]{1,4}) *(d|w|m|y)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class SettingsFile(Part):
    """What the file can say; see `Settings` for what it means."""

    names: dict[str, str] = Field(default_factory=dict)
    """Other names of companies and people, with the name that is meant: `GWM: Great Wall Motor`."""
    stale_after: str = "90d"
    """How long an open claim may lie untouched: days, weeks, months or years, such as `90d`."""
    labels: dict[str, str] = Field(default_factory=dict)
    """Words to show for ratings: `mostly true: largely true`."""
    organisation: str | None = None
    """Who publishes the verdicts, as ClaimReview names them."""
    page_url: str | None = None
    """The address of a claim's page, for ClaimReview, with its id as `{id}`: `https://example.org/checks/{id}`."""
    people: list[str] = Field(default_factory=list)
    """Names that are people's, for ClaimReview; all others are taken for organisations'."""

    @field_validator("stale_after")
    @classmethod
    def _readable(cls, text: str) -> str:
        if not _SPAN.fullmatch(text):
            raise ValueError("write a span as 90d, 12w, 6m or 1y")
        return text

    def settings(self) -> Settings:
        """Return what it means; a month is 30 days and a year 365."""
        match = _SPAN.fullmatch(self.stale_after)
        if match is None:
            raise ValueError(self.stale_after)
        patience = timedelta(days=int(match[1]) * _DAYS[match[2]])
        return Settings(
            self.names, patience, self.labels, self.organisation, self.page_url, tuple(self.people)
        )


def read_settings(data: bytes, file: str) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Read the file, and say what is wrong with it; never raises for what the bytes say."""
    document: Document[SettingsFile] = read_document(data, file, SettingsFile)
    return document.content.settings() if document.content else None, document.diagnostics

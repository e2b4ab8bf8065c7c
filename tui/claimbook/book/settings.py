"""The book's own settings: what holds for everybody who works on it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

PATIENCE = timedelta(days=90)
"""How long an open claim may lie untouched where the book does not say."""


class Settings(NamedTuple):
    """What `claimbook.yaml` means, or the defaults."""

    names: Mapping[str, str] = {}
    """Other names of companies and people, with the name that is meant."""
    patience: timedelta = PATIENCE
    """How long an open claim may lie untouched."""
    labels: Mapping[str, str] = {}
    """Words to show for ratings."""
    organisation: str | None = None
    """Who publishes the verdicts, as ClaimReview names them."""
    page_url: str | None = None
    """The address of a claim's page, for ClaimReview, with its id as `{id}`."""
    people: tuple[str, ...] = ()
    """Names that are people's, for ClaimReview; all others are taken for organisations'."""

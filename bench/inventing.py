"""Invented claim records: what stands in them, and what is wrong with some."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from byhand import Hand
from papers import Paper
from vocabulary import (
    AGENCIES,
    AIMS,
    CITIES,
    COMMENTS,
    DEEDS,
    MANNERS,
    PUBLISHERS,
    REASONS,
    REMARKS,
    REVIEWERS,
    SUBJECTS,
    TAGS,
    THINGS,
)

TODAY = date(2026, 11, 21)
"""The day on which the book is looked at."""

FLAWS = (
    "verdict-without-evidence", "single-origin", "thin-evidence", "contested", "overdue",
    "prediction-without-due",
    "unknown-origin", "future-date", "similar-claim", "invisible-character", "quote-changed", "new-evidence",
    "review-day", "untouched", "due-soon", "status-mismatch", "plain-review-day", "long-untouched",
)  # fmt: skip
"""Things that want a look; each is in about one record of a hundred."""

BROKEN = ("colon", "twice", "tab", "conflict", "unknown", "cut")
"""Ways in which a file cannot be read; one of a thousand is."""

Pairs = Sequence[tuple[str, object]]
_KINDS = ("rumour", "rumour", "prediction", "announcement", "statement", "denial", "fact", "opinion")
_SIDES = {
    "true": "supports",
    "mostly true": "supports",
    "mixed": "",
    "mostly false": "refutes",
    "false": "refutes",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """What can be told of a record without writing it."""

    id: str
    """The claim's id."""
    folder: str
    """The folder in `claims/`."""
    firm: str
    """Whom it is about."""
    sentence: str
    """The claim."""


def headline(seed: int, number: int) -> Headline:
    """Return what a record of some number is about."""
    rng = Random(f"headline {seed} {number}")  # noqa: S311 - nothing is kept secret here
    firm = rng.choice(SUBJECTS)
    deed, thing, city = rng.choice(DEEDS), rng.choice(THINGS), rng.choice(CITIES)
    aim = rng.choice(AIMS).format(n=rng.randint(12, 9_999))
    sentence = f"{firm} {deed} {thing} {rng.choice(MANNERS)} {city} {aim}."
    slug = _slug(f"{firm} {thing.split(' ', 1)[1]} {city}")[:56].strip("-")
    trade = _slug(firm.split()[1])
    folder = rng.choice((f"{trade}/{_slug(firm)}", f"{trade}/{_slug(firm)}", trade, f"{trade}/{_slug(city)}"))
    return Headline(f"{slug}-{number}", folder, firm, sentence)


def record(seed: int, number: int, papers: Sequence[Paper]) -> bytes:
    """Return the bytes of a record's file."""
    rng = Random(f"record {seed} {number}")  # noqa: S311 - nothing is kept secret here
    text = _Record(seed, number, papers, rng).write()
    if rng.random() < 0.001:
        return _broken(text, rng.choice(BROKEN)).encode()
    if rng.random() < 0.01:
        text = text.replace("\n", "\r\n")
    return text.encode()


class _Record:
    """One record in the making."""

    def __init__(self, seed: int, number: int, papers: Sequence[Paper], rng: Random) -> None:
        self._rng, self._seed, self._number = rng, seed, number
        self._head = headline(seed, number)
        which = rng.random() * 100
        self._flaw = FLAWS[int(which)] if which < len(FLAWS) else ""
        twin = self._flaw == "similar-claim" and number
        self._twin = headline(seed, number - 1) if twin else self._head
        self._status = rng.choices(("settled", "open", "reviewing", "shelved"), (40, 46, 5, 9))[0]
        if self._flaw in {"overdue", "untouched", "due-soon", "long-untouched", "prediction-without-due"}:
            self._status = "open"
        if self._flaw in {
            "verdict-without-evidence",
            "thin-evidence",
            "contested",
            "quote-changed",
            "new-evidence",
        }:
            self._status = "settled"
        old = self._status == "settled" or self._flaw in {"untouched", "long-untouched"}
        some = papers[: len(papers) * 3 // 4] if old else papers[len(papers) * 3 // 4 :]
        count = 2 if self._flaw == "single-origin" else rng.choice((1, 1, 2, 2, 2, 3))
        self._papers = sorted(rng.sample(some, min(count, len(some))), key=lambda paper: paper.day)
        self._said = self._papers[-1].day
        self._rating = rng.choice(tuple(_SIDES)) if self._status == "settled" else ""
        if self._flaw in {"thin-evidence", "contested"} and self._rating == "mixed":
            self._rating = "false"
        self._judged = min(self._said + timedelta(days=rng.randint(20, 400)), TODAY - timedelta(days=30))
        self._hand = Hand(rng)

    def write(self) -> str:
        """Write it all, in the order of the contract; a hand's habits decide the rest."""
        hand, rng = self._hand, self._rng
        if rng.random() < 0.5:
            depth = self._head.folder.count("/") + 1
            hand.remark(f"yaml-language-server: $schema={'../' * depth}.schema.json")
        if rng.random() < 0.05:
            hand.remark(rng.choice(COMMENTS))
        hand.field("claim", self._sentence())
        hand.field("kind", self._kind())
        hand.words("about", [self._twin.firm, *rng.sample(SUBJECTS, rng.choice((0, 0, 1, 2)))])
        hand.words("tags", rng.sample(TAGS, rng.randint(1, 4)))
        self._write_standing()
        hand.items("sources", [self._source(paper) for paper in self._papers])
        if evidence := self._evidence():
            hand.items("evidence", evidence)
        self._write_rest()
        return hand.text

    def _sentence(self) -> str:
        sentence = self._twin.sentence
        if self._twin is not self._head:
            sentence = sentence.removesuffix(".") + ", it is said."
        return sentence.replace(" ", " \u200b", 1) if self._flaw == "invisible-character" else sentence

    def _kind(self) -> str:
        if self._flaw in {"overdue", "due-soon", "prediction-without-due"}:
            return "prediction"
        return self._rng.choice(_KINDS)

    def _write_standing(self) -> None:
        hand, rng = self._hand, self._rng
        status = {"status-mismatch": "settled" if not self._rating else "open"}.get(self._flaw, self._status)
        if status != "settled" or rng.random() < 0.9:
            hand.field("status", status)
        if due := self._due():
            hand.field("due", due)
            if rng.random() < 0.4:
                hand.field("due_said", f"in {due[:4]}")
        if self._flaw in {"review-day", "plain-review-day"}:
            hand.field("review_on", str(TODAY - timedelta(days=rng.randint(1, 60))))
        if rng.random() < 0.08:
            hand.field("assigned", rng.choice(REVIEWERS))
        if rng.random() < 0.5:
            hand.field("settles_when", f"A filing or an annual report of {self._head.firm} names it.")

    def _due(self) -> str:
        if self._flaw == "overdue":
            return str(TODAY - timedelta(days=self._rng.randint(1, 300)))
        if self._flaw == "due-soon":
            return str(TODAY + timedelta(days=self._rng.randint(1, 30)))
        if self._flaw == "prediction-without-due":
            return ""
        year = self._said.year + 1 if self._status == "settled" else self._rng.randint(2027, 2034)
        return self._rng.choice((f"{year}", f"{year}", f"{year}-0{self._rng.randint(1, 9)}"))

    def _source(self, paper: Paper) -> Pairs:
        rng = self._rng
        quote = self._quote(paper)
        item: list[tuple[str, object]] = [("article", paper.id), ("quote", quote)]
        if paper.lang == "nl" or rng.random() < 0.3:
            item.append(("translation", f"{self._head.sentence} It is said of {rng.choice(CITIES)} as well."))
        item += [
            ("stance", rng.choice(("asserts", "relays", "relays"))),
            ("certainty", rng.choice(("plain", "hedged"))),
        ]
        if self._flaw == "unknown-origin":
            item = [(key, "relays" if key == "stance" else value) for key, value in item]
        else:
            item.append(("via", self._via(paper)))
        if rng.random() < 0.5:
            item.append(("fidelity", rng.choice(("accurate", "accurate", "strengthened", "weakened"))))
        if self._flaw == "future-date" and paper is self._papers[0]:
            item.append(("date", "2062-03-11"))
        if rng.random() < 0.6:
            item.append(("note", " ".join(rng.sample(REMARKS, rng.randint(1, 2)))))
        return item

    def _quote(self, paper: Paper) -> str:
        rng = self._rng
        sentence = rng.choice(paper.sentences)
        if self._flaw == "quote-changed" and paper is self._papers[0]:
            words = sentence.split()
            return " ".join([*words[:3], "vermoedelijk", *words[5:]])
        if rng.random() < 0.15:
            words = sentence.split()
            parts = " ".join(words[: len(words) // 2 + 1]), " ".join(words[len(words) // 2 + 2 :])
            if all(paper.text.count(part) == 1 for part in parts):
                return " […] ".join(parts)
        if rng.random() < 0.4:
            return sentence.rstrip(".")
        return sentence

    def _via(self, paper: Paper) -> list[object]:
        if self._flaw == "single-origin":
            return [(("name", "Globewire"), ("report", str(self._papers[0].day)))]
        people = f"{self._rng.choice(('two', 'three', 'several'))} people at {paper.publisher}"
        agency: object = AGENCIES[(self._number + self._papers.index(paper)) % len(AGENCIES)]
        if self._rng.random() < 0.5:
            agency = (("name", agency), ("report", str(paper.day)))
        return [agency, (("anonymous", people),)] if self._rng.random() < 0.5 else [agency]

    def _evidence(self) -> list[Pairs]:
        side, rng = _SIDES.get(self._rating, ""), self._rng
        if self._flaw == "verdict-without-evidence":
            return [self._finding("context", 0)]
        if self._flaw == "contested":
            return [
                self._finding(bearing, at) for at, bearing in enumerate(("supports", "refutes", "refutes"))
            ]
        if side:
            count = 1 if self._flaw == "thin-evidence" else rng.randint(2, 4)
            return [self._finding(side, at) for at in range(count)]
        if self._rating:
            return [self._finding(bearing, at) for at, bearing in enumerate(("supports", "refutes"))]
        return [self._finding("context", at) for at in range(rng.choice((0, 1, 1, 2)))]

    def _finding(self, bearing: str, at: int) -> Pairs:
        rng = self._rng
        publisher = PUBLISHERS[(self._number + at) % len(PUBLISHERS)]
        day = min(self._said + timedelta(days=rng.randint(1, 60)), self._judged)
        seen = TODAY - timedelta(days=3) if self._flaw == "new-evidence" else day + timedelta(days=1)
        host = re.sub(r"\W", "", publisher.lower())
        item: list[tuple[str, object]] = [
            ("url", f"https://www.{host}.example/{day:%Y/%m}/{self._head.id}-{at}")
        ]
        item += [("publisher", publisher), ("date", day), ("seen", min(seen, TODAY)), ("bearing", bearing)]
        if rng.random() < 0.6:
            item.append(("note", rng.choice(REASONS)))
        return item

    def _write_rest(self) -> None:
        hand, rng = self._hand, self._rng
        if rng.random() < 0.2 and self._number:
            other = headline(self._seed, rng.randrange(self._number)).id
            kind = rng.choice(("contradicts", "part of", "follows", "depends on", "supersedes"))
            hand.items("relations", [[("to", other), ("as", kind)]])
        if self._status in {"open", "reviewing"} and "untouched" not in self._flaw and rng.random() < 0.8:
            hand.items("forecasts", [self._forecast()])
        if self._rating == "mixed" and self._flaw != "contested":
            hand.words("allow", ["contested"])
        if self._rating:
            hand.items("verdicts", self._verdicts())
        if rng.random() < 0.4:
            hand.field("notes", " ".join(rng.sample(REMARKS, rng.randint(1, 3))))

    def _forecast(self) -> Pairs:
        day = TODAY - timedelta(days=self._rng.randint(1, 300))
        odds = f"0.{self._rng.randint(1, 9)}"
        return [
            ("date", day),
            ("probability", odds),
            ("by", self._rng.choice(REVIEWERS)),
            ("why", REASONS[-1]),
        ]

    def _verdicts(self) -> list[Pairs]:
        rng = self._rng
        last: list[tuple[str, object]] = [("date", self._judged), ("rating", self._rating)]
        if rng.random() < 0.5:
            last.append(("confidence", rng.choice(("low", "medium", "high"))))
        last += [("by", rng.choice(REVIEWERS)), ("why", " ".join(rng.sample(REASONS, 2)))]
        first = [("date", self._judged), ("as_of", self._said), ("rating", "unproven")]
        return [[*first, ("by", "desk"), ("why", REASONS[-1])], last] if rng.random() < 0.4 else [last]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def _broken(text: str, how: str) -> str:
    """Spoil a text, in one of the ways in which hands do."""
    if how == "cut":
        return ""
    if how == "colon":
        return text.replace("kind: ", "kind ", 1)
    if how == "twice":
        return text + "kind: fact\n"
    if how == "tab":
        return text.replace("sources:\n", "sources:\n\t", 1)
    if how == "unknown":
        return text.replace("kind: ", "knid: ", 1)
    return f"<<<<<<< ours\n{text}=======\n{text}>>>>>>> theirs\n"

"""Reading records, against draining the parser that they are read with."""

from collections.abc import Iterator
from statistics import median

import yaml

from claimbook.record.reading import read_record
from measure import by_turns, records, seconds
from rows import Row
from setting import Setting

TITLE = "Reading"


def rows(setting: Setting) -> Iterator[Row]:
    """Read every record of this repository's book."""
    data = records()

    def drain() -> None:
        for one in data:
            for _ in yaml.parse(one, Loader=yaml.CSafeLoader):
                pass

    def read() -> None:
        for one in data:
            read_record(one, "record.yaml")

    took = by_turns({"read": lambda: seconds(read), "drain": lambda: seconds(drain)}, setting.rounds * 3)
    name = f"read and validate {len(data)} records of this repository"
    yield Row(name, median(took["read"]), "draining CSafeLoader's events", median(took["drain"]))

"""Reading records, against draining the parser that they are read with."""

import yaml

from claimbook.record.reading import read_record
from measure import median, records


def rows() -> list[tuple[str, float, str, float]]:
    """Read every record of the book."""
    data = records()

    def drain() -> None:
        for one in data:
            for _ in yaml.parse(one, Loader=yaml.CSafeLoader):
                pass

    def read() -> None:
        for one in data:
            read_record(one, "record.yaml")

    name = f"read and validate {len(data)} records"
    return [(name, median(read), "draining CSafeLoader's events", median(drain))]

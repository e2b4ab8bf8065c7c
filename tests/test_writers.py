"""Eight writers on one book, killed at random moments."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import writers
from torturing import Torture


@pytest.mark.torture
def test_whoever_is_killed_at_whatever_moment_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, torture: Torture
) -> None:
    kills = torture.times(200, 2000)
    words = [sys.executable, writers.__file__, str(tmp_path), str(kills), "7"]

    done = subprocess.run(words, capture_output=True, text=True, check=True)

    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["acknowledged"] > kills // 10
    torture.tell(
        "kill -9 at a random moment, 8 writers on one book",
        kills,
        f"of {told['acknowledged']:,} acknowledged saves lost: 0",
    )

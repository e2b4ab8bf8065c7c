"""Two desks, commands and a hand editor on one book: every edit is in the file, or was refused aloud."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import editors
from torturing import Torture

NEEDS_VIM = pytest.mark.skipif(shutil.which("vim") is None, reason="there is no vim to save with")


@pytest.mark.torture
@pytest.mark.parametrize(
    ("style", "usual", "many"),
    [
        ("rename", 500, 5000),
        ("backup", 500, 5000),
        ("in-place", 500, 5000),
        ("in-place-slowly", 100, 1000),
        pytest.param("vim", 100, 1000, marks=NEEDS_VIM),
    ],
)
def test_no_edit_is_lost_however_an_editor_saves(
    style: str, usual: int, many: int, tmp_path: Path, torture: Torture
) -> None:
    saves = torture.times(usual, many)
    words = [sys.executable, editors.__file__, str(tmp_path), style, str(saves)]

    done = subprocess.run(words, capture_output=True, text=True, check=True)

    told = json.loads(done.stdout)
    assert told["hand"] == saves
    assert told["hand_lost"] == []
    assert told["programs_lost"] == []
    assert told["programs"] > 0
    torture.tell(
        f"hand saves ({style}) beside two desks and commands",
        saves,
        f"hand saves lost: 0, kept beside the file: {told['hand_recovered']}; "
        f"of {told['programs']:,} saves of ours lost: 0, written over by the editor: {told['written_over']}",
    )

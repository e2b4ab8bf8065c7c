"""A command that meets a kill or an error at a call to the system, from outside: strace puts it there.

`ordeal.py` counts the calls that claimbook makes; this proves on a few that nothing hides below them. Run as
a program, `python outside.py CALL EFFECT FOLDER` prints as JSON how many calls were met, and what went wrong.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from ordeal import CASES, Ended, Ordeal, warm_up

_CLAIMBOOK = str(Path(sys.executable).with_name("claimbook"))


def traced(root: Path, call: str, inject: str | None) -> Ended:
    """Run the verdict under strace; its trace has a letter for each of the calls."""
    log = root.parent / "strace"
    faults = ["-e", f"inject={call}:{inject}"] if inject else []
    words = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", *faults, _CLAIMBOOK]
    done = subprocess.run(
        [*words, *CASES["verdict"].words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    met = re.findall(rf"\b{call}\(", log.read_text())
    return Ended(done.returncode, done.stdout, done.stderr, "w" * len(met))


class Outside(Ordeal):
    """The verdict, which meets its faults from outside."""

    def meet(self, call: str, effect: str) -> int:
        """Meet the effect at every one of the calls, and return how many there are."""
        normal = traced(self._copy("now"), call, None)
        for number in range(1, normal.calls + 1):
            root = self._copy("now")
            ended = traced(root, call, f"{effect}:when={number}")
            code = -9 if ended.code in (-9, 137) else ended.code
            self._judge(root, number, Ended(code, ended.out, ended.err, ended.trace))
        return normal.calls


if __name__ == "__main__":
    place = Path(sys.argv[3])
    warm_up(place / "warm")
    tried = Outside("verdict", f"{sys.argv[1]} {sys.argv[2]}", place)
    sys.stdout.write(json.dumps({"calls": tried.meet(sys.argv[1], sys.argv[2]), "wrong": tried.wrong}))

"""Where the time goes: what a command and the desk import, and what they do then, from profiles of them."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator

from measure import say
from rows import figure
from setting import PROGRAM, Setting

TITLE = "Where the time goes"
_HOME = "commands"
_FOLDERS = re.compile(r".*/(?:site-packages|tui|python3\.\d+)/")
_PROFILE = """\
import cProfile, io, os, pstats, sys
from claimbook.cli.main import run
profile = cProfile.Profile()
out, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
os.dup2(null, 1); os.dup2(null, 2)
profile.enable()
try: run(sys.argv[1:])
except SystemExit: pass
profile.disable()
sys.stdout.flush()
os.dup2(out, 1)
stats = pstats.Stats(profile).stats
for (file, line, name), (_, calls, own, whole, _) in stats.items():
    print(file, line, name.replace(" ", "_"), calls, own, whole, sep="\\t")
"""


def figures(setting: Setting) -> list[str]:
    """Profile a cold and a warm listing, and say what is imported by which command."""
    number = setting.middle
    say("profiles ...")
    lines = [f"With {number:,} records. A profiled program is slower; the shares are what counts."]
    setting.forget(_HOME)
    for how, words in (("cold", ["list"]), ("warm", ["list"]), ("warm", ["check"])):
        lines += [
            "",
            f"`claimbook {' '.join(words)}`, {how}:",
            "",
            "| function | calls | itself | with what it calls |",
        ]
        lines += ["|---|---|---|---|", *_profile(setting, number, words)]
    lines += ["", "What is imported, milliseconds by package:", "", "| command | packages |", "|---|---|"]
    for words in (["--version"], ["list"], ["queue"], ["check"]):
        lines.append(f"| `claimbook {' '.join(words)}` | {_imports(setting, number, words)} |")
    return lines


def _profile(setting: Setting, number: int, words: list[str]) -> Iterator[str]:
    """Return the functions that take the most time themselves."""
    book, env = setting.book(number), setting.environment(_HOME)
    done = subprocess.run(
        [sys.executable, "-c", _PROFILE, *words],
        cwd=book,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.split("\t") for line in done.stdout.splitlines()]
    found.sort(key=lambda item: -float(item[4]))
    for file, _, name, calls, own, whole in found[:8]:
        where = "" if file == "~" else f"{_FOLDERS.sub('', file)} "
        called = name.strip("<>").replace("_", " ") if file == "~" else name
        shown = f"{where}{called}".replace("|", "")
        yield f"| {shown} | {int(calls):,} | {figure(float(own))} | {figure(float(whole))} |"


def _imports(setting: Setting, number: int, words: list[str]) -> str:
    """Return the packages that a command imports and what each costs, the dearest first."""
    env = setting.environment(_HOME) | {"PYTHONPROFILEIMPORTTIME": "1"}
    done = subprocess.run(
        [PROGRAM, *words], cwd=setting.book(number), env=env, capture_output=True, text=True, check=False
    )
    spent: defaultdict[str, float] = defaultdict(float)
    for line in done.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            spent[parts[2].strip().partition(".")[0]] += int(parts[0]) / 1e3
    dearest = sorted(spent.items(), key=lambda item: -item[1])[:9]
    return f"{sum(spent.values()):.0f} ms: " + ", ".join(f"{name} {took:.0f}" for name, took in dearest)

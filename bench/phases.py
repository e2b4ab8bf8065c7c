"""Where the time goes: what a command and the desk import, and what they do then, from profiles of them."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

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


_DERIVING = """\
import cProfile, os, pstats, sys
from pathlib import Path
from claimbook.index.index import Index
index = Index(Path("."))
index.bring_up()
deriver, files = index.ground().deriver(), index.files()[:2000]
deriver.read(files[0], None)
profile = cProfile.Profile()
profile.enable()
for file in files: deriver.read(file, None)
profile.disable()
stats = pstats.Stats(profile).stats
for (file, line, name), (_, calls, own, whole, _) in stats.items():
    print(file, line, name.replace(" ", "_"), calls, own, whole, sep="\\t")
"""
_DESK = """\
import sys, time
began = time.perf_counter()
steps = []
def step(name):
    steps.append((name, time.perf_counter()))
import claimbook.cli.main, claimbook.cli.desk
from pathlib import Path
from claimbook.app import haste
haste.begin()
from claimbook.app.keeper import Keeper
keeper = Keeper(Path("."))
keeper.recall_ahead()
step("the command line, opening the index")
import textual.app, textual.drivers.linux_driver
step("importing Textual")
from claimbook.app.app import Desk
from claimbook.app.screens.desk import DeskScreen
step("importing the desk")
from textual.screen import Screen
mount, paint, show = DeskScreen.on_mount, Screen._compositor_refresh, DeskScreen.show_view
def mounted(screen):
    step("style sheets, widgets")
    mount(screen)
def shown(screen, view):
    show(screen, view)
    screen.has_view = True
def painted(screen):
    done = screen._compositor._dirty_regions and hasattr(screen, "has_view")
    paint(screen)
    if done and len(steps) == 4:
        step("the claims, layout and drawing")
        screen.app.exit()
DeskScreen.on_mount, Screen._compositor_refresh, DeskScreen.show_view = mounted, painted, shown
app = Desk(Path("."), keeper)
app.run(headless=True, size=(100, 30))
for name, at in steps:
    print(name, at - began, sep="\\t")
    began = at
"""


def figures(setting: Setting) -> list[str]:
    """Profile a cold and a warm listing, and say what is imported by which command."""
    number = setting.middle
    say("profiles ...")
    lines = [f"With {number:,} records. A profiled program is slower; the shares are what counts."]
    setting.forget(_HOME)
    for how, words in (
        ("cold", ["list"]),
        ("warm", ["list"]),
        ("for the first time", ["check"]),
        ("warm", ["check"]),
    ):
        lines += [
            "",
            f"`claimbook {' '.join(words)}`, {how}:",
            "",
            "| function | calls | itself | with what it calls |",
        ]
        lines += ["|---|---|---|---|", *_profile(setting, number, words)]
    lines += ["", "A record in a worker, while the book is read cold:", ""]
    lines += ["| function | calls | itself | with what it calls |", "|---|---|---|---|"]
    lines += _told(_run(setting, number, _DERIVING, []))
    lines += ["", f"The desk's first paint, {setting.largest:,} claims known, without a terminal:", ""]
    lines += ["| step | it took |", "|---|---|", *_desk(setting)]
    lines += ["", "What is imported, milliseconds by package:", "", "| command | packages |", "|---|---|"]
    for words in (["--version"], ["list"], ["queue"], ["check"]):
        lines.append(f"| `claimbook {' '.join(words)}` | {_imports(setting, number, words)} |")
    return lines


def _profile(setting: Setting, number: int, words: list[str]) -> Iterator[str]:
    """Yield the functions of a command that take the most time themselves."""
    return _told(_run(setting, number, _PROFILE, words))


def _run(setting: Setting, number: int, program: str, words: list[str], home: str = _HOME) -> list[list[str]]:
    """Run a program of Python's in a book, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=setting.book(number),
        env=setting.environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


def _told(found: list[list[str]]) -> Iterator[str]:
    found.sort(key=lambda item: -float(item[4]))
    for file, _, name, calls, own, whole in found[:8]:
        where = "" if file == "~" else f"{_FOLDERS.sub('', file)} "
        called = name.strip("<>").replace("_", " ") if file == "~" else name
        shown = f"{where}{called}".replace("|", "")
        yield f"| {shown} | {int(calls):,} | {figure(float(own))} | {figure(float(whole))} |"


def _desk(setting: Setting) -> Iterator[str]:
    """Yield what each step to the first paint takes, the median of some starts."""
    number = setting.largest
    runs = [_run(setting, number, _DESK, [], f"desk-{number}") for _ in range(setting.rounds + 1)][1:]
    for steps in zip(*runs, strict=True):
        yield f"| {steps[0][0]} | {figure(median(float(took) for _, took in steps))} |"


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

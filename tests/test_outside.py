"""A command that is killed or failed from outside, at calls to the system, by strace where it may."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import outside
from torturing import Torture

CALLS = ("renameat2", "fsync", "unlink", "pwrite64", "mkdir", "fchmod", "rename")
EFFECTS = ("signal=KILL", "error=ENOSPC", "error=EIO")


def may_trace() -> bool:
    words = ["strace", "-qq", "-o", os.devnull, "-e", "inject=mkdir:error=EIO", "true"]
    return shutil.which("strace") is not None and subprocess.run(words, check=False).returncode == 0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "effect" in metafunc.fixturenames:
        everything = metafunc.config.getoption("--torture")
        calls, effects = (CALLS, EFFECTS) if everything else (CALLS[:1], EFFECTS[:2])
        metafunc.parametrize(("call", "effect"), [(call, effect) for call in calls for effect in effects])


@pytest.mark.torture
@pytest.mark.skipif(not may_trace(), reason="strace is not here, or may not put faults into programs")
def test_a_fault_at_a_call_to_the_system_breaks_no_promise(
    call: str, effect: str, tmp_path: Path, torture: Torture
) -> None:
    environment = {**os.environ, "CLAIMBOOK_TODAY": "2026-11-21", "HOME": str(tmp_path)}
    words = [sys.executable, outside.__file__, call, effect, str(tmp_path)]

    done = subprocess.run(words, capture_output=True, env=environment, text=True, check=False)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["calls"] > 0
    torture.tell(f"a verdict, with {effect} by strace at a system call", told["calls"], "every promise held")

"""The first moments of the desk, in which nothing is done that can wait until it is on the screen."""

import gc
import sys

_TURN = 0.0005
"""Seconds that one thread of ours may keep the others waiting.

Python's own 5 ms are many where one thread draws and another one takes what is drawn to the terminal.
"""


def begin() -> None:
    """Look for nothing to throw away: what is made while a program starts is there to stay."""
    sys.setswitchinterval(_TURN)
    gc.disable()


def end() -> None:
    """Begin to look for it, but not among what has been made so far."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()

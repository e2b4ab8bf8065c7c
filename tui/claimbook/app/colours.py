"""A theme's colours, made readable: its own for good and bad may be too near to what they stand on."""

from collections.abc import Iterable, Mapping

from textual.color import Color

LEAST = 4.5
"""The contrast that text has at least with what it stands on, as WCAG 2.2 counts it (1.4.3, AA)."""
_TONES = {
    "good": "text-success",
    "bad": "text-error",
    "mixed": "text-warning",
    "unsure": "text-accent",
    "open": "text-primary",
}
_STEP = 0.05
_ROUNDING = 0.1
"""What is lost where a terminal has whole numbers for colours."""
_QUIET = 0.65
"""How much of the plain text's colour quiet text has, where that is enough."""


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(theme: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """Return the variables of the desk's style sheets: tones, and the rows and fields that they stand on.

    Args:
        theme: The theme's variables.
        dark: Whether the theme has light text on dark.
    """
    lit = 0.30 if dark else 0.20
    if theme["background"].startswith("ansi"):  # the terminal's own, which nobody here knows
        tones = {f"tone-{tone}": theme[name] for tone, name in _TONES.items()}
        own = theme["primary"]
        return tones | {"row-lit": own, "field-lit": own, "tone-quiet": theme["foreground"]}
    background, surface, primary, plain = (
        Color.parse(theme[name]) for name in ("background", "surface", "primary", "foreground")
    )
    grounds = (
        background,
        surface,
        background.blend(primary, lit, alpha=1),
        surface.blend(primary, lit / 2, alpha=1),
    )
    told = {"row-lit": f"{primary.hex} {lit:.0%}", "field-lit": f"{primary.hex} {lit / 2:.0%}"}
    told |= {
        f"tone-{tone}": _towards(Color.parse(theme[name]), grounds, dark=dark).hex
        for tone, name in _TONES.items()
    }
    return told | {"tone-quiet": f"{plain.hex} {_share(plain, grounds[:2]):.0%}"}


def _towards(colour: Color, grounds: Iterable[Color], *, dark: bool) -> Color:
    """Take a colour as far towards white or black as it takes to be read."""
    end = Color(255, 255, 255) if dark else Color(0, 0, 0)
    mixed, share = colour, 0.0
    while share < 1 and min(contrast(mixed, ground) for ground in grounds) < LEAST + _ROUNDING:
        share += _STEP
        mixed = colour.blend(end, share, alpha=1)
    return mixed


def _share(plain: Color, grounds: Iterable[Color]) -> float:
    """Return how much of the plain text's colour it takes to be read."""
    share = _QUIET
    while (
        share < 1 and min(contrast(ground.blend(plain, share, alpha=1), ground) for ground in grounds) < LEAST
    ):
        share = min(1, share + _STEP)
    return share


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

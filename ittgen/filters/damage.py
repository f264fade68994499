"""Control characters, which nobody typed: colours of a terminal, halves of what Windows writes, marks of byte order.

Looks at characters alone and knows no language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ittgen.filters.mojibake import decoded
from ittgen.filters.texts import mended, texts
from ittgen.records import Example, Rejection

_ANSI = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]")
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class ControlCharacters:
    """Control characters in any text, tab and line ends apart: value is the first as U+0007, note its field.

    Mended: colour codes and controls are left out, and the typographic characters of Windows (U+0080 to U+009F read as
    what they were meant to be) come back. Joiners that Persian, Hindi and emoji need are no controls. All languages
    alike. One of the ten Alpaca noise classes (https://github.com/gururise/AlpacaDataCleaned).
    """

    def __call__(self, example: Example) -> Rejection | None:
        for name, text in texts(example):
            if found := _control(text):
                return Rejection(example, "control-characters", value=f"U+{ord(found):04X}", note=f"in the {name}")
        return None

    def mend(self, example: Example) -> Example:
        return mended(example, _without_controls)


@lru_cache(maxsize=16)
def _control(text: str) -> str:
    """The first control character; remembered, since a row is mended first and judged then."""
    found = CONTROL.search(text)
    return found[0] if found else ""


def _without_controls(text: str) -> str:
    """The text without them; a control that is half of a garbled letter is read as that letter first."""
    if not _control(text):
        return text
    return CONTROL.sub(lambda found: _WINDOWS.get(ord(found[0]), ""), _ANSI.sub("", decoded(text)))

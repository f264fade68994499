"""UTF-8 that was read as another encoding, told by its bytes: read in that encoding and written as UTF-8, all is text.

No table of letters: each run of letters beyond ASCII is turned back into bytes, and these spell UTF-8 or they do not;
those of a text that was read rightly hardly ever do. Knows no language.
"""

import re
from codecs import utf_8_decode

_RUN = re.compile(r"[^\x00-\x7f]+")
_WEST = ("cp1252", "latin-1", "cp1251", "mac_roman", "cp437", "cp850", "cp1250", "koi8-r", "cp1254", "cp866")
_EAST = ("gb18030", "cp932", "cp949", "big5")
_READ = 3_000
"""So many characters show how a text was read."""
_SHOWS = 12
"""Letters of a run that are looked at first."""
_SURE = 4
"""Letters that a single run must spell."""


def respelled(text: str) -> str:
    """The text as its bytes spell it, or the same where they spell nothing.

    >>> respelled("Im FrГјhling blГјhen die BГ¤ume."), respelled("Im Frühling blühen die Bäume.")
    ('Im Frühling blühen die Bäume.', 'Im Frühling blühen die Bäume.')
    """
    first = None if text.isascii() else _RUN.search(text)
    codecs = _codecs(first[0][0]) if first else ()
    runs: list[str] = _RUN.findall(text[:_READ]) if codecs else []
    wrong = next((codec for codec in codecs if _was_read_as(codec, runs)), "") if runs else ""
    return _RUN.sub(lambda found: _read(found[0], wrong) or found[0], text) if wrong else text


def _codecs(sign: str) -> tuple[str, ...]:
    """The encodings that may have made such a letter of a byte or two."""
    if sign >= "\u2e80":
        return _EAST
    return _WEST if sign < "\u0530" or "\u2000" <= sign < "\u2e80" else ()


def _was_read_as(codec: str, runs: list[str]) -> bool:
    """Whether the longest run and nearly all others spell UTF-8, and enough of it."""
    longest = max(runs, key=len)
    if not _begins(longest[:_SHOWS], codec) or not _read(longest, codec):
        return False
    spelled = [found for run in runs if (found := _read(run, codec))]
    enough = len(set(spelled)) > 1 or sum(map(len, spelled)) >= _SURE
    return enough and len(spelled) >= 0.8 * len(runs)


def _begins(run: str, codec: str) -> bool:
    """A quick look: whether the first bytes of a run spell UTF-8, as far as they go."""
    try:
        return bool(utf_8_decode(run.encode(codec), "strict", False))
    except UnicodeError:
        return False


def _read(run: str, codec: str) -> str:
    """What the bytes of a run spell in UTF-8; nothing where they do not, or spell controls."""
    try:
        found = run.encode(codec).decode("utf-8")
    except UnicodeError:
        return ""
    return found if found != run and all(sign >= "\xa0" for sign in found) else ""

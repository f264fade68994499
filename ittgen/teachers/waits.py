"""What a server's headers say about waiting: Retry-After, and allowances of requests or tokens that are used up.

Pure: knows neither requests nor endpoints. A word that cannot be read counts as not said.
"""

import math
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_SPAN = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_SECONDS = (86400.0, 3600.0, 60.0, 1.0, 0.001)
_ALLOWANCES = ("requests", "tokens")


def asked(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the server asks us to wait, which it gives in seconds or as a date; None where it does not.

    `now` is in seconds since 1970.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        if (seconds := _number(headers.get(name, ""))) is not None:
            return max(0.0, seconds / unit)
    try:
        return max(0.0, parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def until_refilled(headers: Mapping[str, str]) -> float:
    """Seconds until an allowance that is used up is full again; 0 where none is.

    >>> until_refilled({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"})
    360.0
    """
    used_up = (name for name in _ALLOWANCES if headers.get(f"x-ratelimit-remaining-{name}") == "0")
    return max((_span(headers.get(f"x-ratelimit-reset-{name}", "")) for name in used_up), default=0.0)


def _span(text: str) -> float:
    """ "1s", "6m0s", "12ms", "1h2m3.5s", or bare seconds; 0 for anything else."""
    if found := _SPAN.fullmatch(text.strip()):
        return sum(float(part) * unit for part, unit in zip(found.groups(), _SECONDS, strict=True) if part)
    return max(0.0, _number(text) or 0.0)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None

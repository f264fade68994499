"""From replies to rejections: what the generators share. Knows no method and no format."""

from collections.abc import Iterable
from typing import Any

from ittgen.calls import Response
from ittgen.generators.parse_text import Pieces
from ittgen.records import Rejection

_REFUSED = {"content_filter", "refusal", "error"}


def refused(response: Response) -> Rejection | None:
    """The rejection of a reply that is none, named by its finish_reason; None where there is something to read."""
    if response.finish_reason in _REFUSED:
        return Rejection(response.text, response.finish_reason, note=response.error)
    return None


def leftovers(pieces: Pieces[Any], response: Response) -> list[Rejection]:
    """What a reply held besides its items: pieces of no use, the one it broke off in, or all of it."""
    found = [Rejection(text, "unparsed", note="a field is missing") for text in pieces.odd]
    if pieces.cut:
        found.append(Rejection(pieces.cut, "truncated", note="the reply reached max_tokens"))
    if not found and not pieces.items:
        found.append(Rejection(response.text, "unparsed", note="nothing in the form asked for"))
    return found


def one_line(text: str) -> str:
    """A demonstration as the papers show it: white space collapsed, a colon at the end taken off."""
    return " ".join(text.split()).rstrip(":：").rstrip()


def numbered(texts: Iterable[str]) -> str:
    """Lines "1. …", "2. …"."""
    return "\n".join(f"{i}. {text}" for i, text in enumerate(texts, 1))

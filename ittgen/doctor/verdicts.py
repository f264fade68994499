"""What one answer shows of a server: which of the features asked for it honours. Pure: sends nothing.

The question is a count to nine in words that says nothing of JSON, asked with a schema for a list and with "seven" to
stop at. Only the schema makes the reply JSON, and the stop cuts it at a known place, from which its end is known too:
so each shows whatever becomes of the other.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ittgen.ask import SCHEMA, Voice
from ittgen.calls import Request, Response
from ittgen.generators.parse_structured import json_reply
from ittgen.records import Message
from ittgen.text import JSON

QUESTION = "Count from one to nine, in words."
IN_JSON = " Answer in JSON."
"""Added where the recipe itself asks for JSON: some servers refuse to write it unless the question speaks of it."""
NUMBERS: JSON = {
    "type": "object",
    "properties": {"numbers": {"type": "array", "items": {"type": "string"}}},
    "required": ["numbers"],
    "additionalProperties": False,
}
STOPS = ("seven", "Seven", "7")
BEFORE = re.compile("six|6", re.I)
"""What stands in an answer that came as far as the stop."""
MOST_STOPS = 4
"""More are refused by OpenAI itself."""
ENDS = ("", '"]}', 'seven"]}')
"""What a list of numbers lacks where it was cut behind or before the stop."""
IN_WORDS = {
    "seed": r"\bseed\b",
    "stop": r"\bstop\b",
    "logprobs": r"\blogprobs\b",
    "schema": r"response_format|json_schema|\bschema|structured|guided|grammar",
}
"""How a server's refusal names a feature."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one feature."""

    feature: str
    verdict: str
    """"honoured", "ignored", "refused", "accepted", "left out" or "cannot be told"."""
    why: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.why}"


def plain(voice: Voice, label: str = "doctor") -> Request:
    """The question with the recipe's own sampling and nothing else."""
    return Request(
        model=voice.model,
        messages=(Message("user", QUESTION + (IN_JSON if _form(voice.sampled({})) else "")),),
        sampling=voice.sampled({}),
        teacher=voice.identity,
        label=label,
    )


def probe(voice: Voice) -> Request:
    """The same with every feature: a seed, stops, logprobs and a schema, as far as the recipe has none of its own."""
    own = plain(voice)
    asked: dict[str, JSON] = {"seed": 1, "logprobs": True} | dict(voice.sampling)
    if stops := _stops(own.sampling):
        asked["stop"] = stops
    schema = None if _form(own.sampling) or SCHEMA in voice.without else NUMBERS
    return Request(own.model, own.messages, voice.sampled(asked), schema, teacher=own.teacher, label=own.label)


def judged(request: Request, response: Response) -> list[Verdict]:
    """What the answer shows of every feature."""
    features: dict[str, Callable[[Request, Response], tuple[str, str]]] = {
        "seed": _seed,
        "stop": _stop,
        "logprobs": _logprobs,
        "schema": _schema,
    }
    if "extra_body" in request.sampling:
        features["extra_body"] = _extra_body
    return [Verdict(feature, *judge(request, response)) for feature, judge in features.items()]


def refused(asked: Request, own: Request, response: Response, words: str) -> list[Verdict]:
    """The same where only the recipe's `own` request was answered: what it holds is judged, the rest was refused.

    A refusal that names features is about those; what was asked for along with them is then not known.
    """
    missing = [feature for feature in IN_WORDS if _has(asked, feature) and not _has(own, feature)]
    named = [feature for feature in missing if re.search(IN_WORDS[feature], words, re.I)] or missing
    unknown = "the request that carried it was refused for something else"
    return [
        Verdict(found.feature, "refused", words)
        if found.feature in named
        else Verdict(found.feature, "cannot be told", unknown)
        if found.feature in missing
        else found
        for found in judged(own, response)
    ]


def failed(asked: Request, own: Request, response: Response, words: str) -> list[Verdict]:
    """The same where the request with every feature failed in a way that may have had nothing to do with them."""
    missing = [feature for feature in IN_WORDS if _has(asked, feature) and not _has(own, feature)]
    return [
        Verdict(found.feature, "cannot be told", words) if found.feature in missing else found
        for found in judged(own, response)
    ]


# One feature each: the verdict, and why

TOLD_NOTHING = "cannot be told"
LEFT_OUT = ("left out", "the recipe does not let it be asked for")


def _seed(request: Request, response: Response) -> tuple[str, str]:
    return ("accepted", "one request cannot show more") if _has(request, "seed") else LEFT_OUT


def _extra_body(request: Request, response: Response) -> tuple[str, str]:
    return "accepted", "an answer does not show what it changed"


def _logprobs(request: Request, response: Response) -> tuple[str, str]:
    if not request.sampling.get("logprobs"):
        return LEFT_OUT if "logprobs" not in request.sampling else ("left out", "the recipe says so")
    told = response.logprobs
    if any(told.values()) if isinstance(told, dict) else told:
        return "honoured", "the answer has them"
    return ("ignored", "the answer has none") if response.text else (TOLD_NOTHING, "the answer has no text")


def _stop(request: Request, response: Response) -> tuple[str, str]:
    if not _has(request, "stop"):
        return LEFT_OUT
    ours = [stop for stop in _listed(request.sampling["stop"]) if stop in STOPS]
    text = response.text or response.reasoning
    if not ours:
        return TOLD_NOTHING, "the recipe's own sampling leaves no place for one that this question would meet"
    met = re.search("|".join(ours), text)
    if met and text[met.end() :].strip(" \n\"'`.,]}"):
        return "ignored", f'the answer goes on behind "{met[0]}"'
    if response.finish_reason == "length" or not BEFORE.search(text):
        return TOLD_NOTHING, "the answer does not come as far"
    return "honoured", f'the answer ends at "{ours[0]}"'


def _schema(request: Request, response: Response) -> tuple[str, str]:
    if not _has(request, "schema"):
        return LEFT_OUT
    schema, ends = (request.schema, ENDS) if request.schema is not None else (_wanted(request), ("",))
    text = response.text.strip()
    try:
        if any(json_reply(text + end, schema) is not None for end in ends):
            return "honoured", "the answer follows it"
    except ValueError as error:
        return TOLD_NOTHING, str(error)
    if not text:
        return TOLD_NOTHING, "the answer has no text"
    whole = json_reply(text, {}) is not None
    if not whole and (text.startswith(("{", "<think>")) or response.finish_reason == "length"):
        return TOLD_NOTHING, "the answer breaks off before its end"
    return "ignored", "the answer does not follow it"


# What a request asks for


def _has(request: Request, feature: str) -> bool:
    if feature == "schema":
        return request.schema is not None or bool(_form(request.sampling))
    return feature in request.sampling


def _form(sampling: Mapping[str, Any]) -> Mapping[str, Any]:
    """The form of answer that the recipe's own sampling asks for; empty where that is plain text."""
    form = sampling.get(SCHEMA) or {}
    return {} if form.get("type") == "text" else form


def _wanted(request: Request) -> JSON:
    form = _form(request.sampling)
    told = form.get("json_schema", {}).get("schema") or form.get("schema")
    return told or {"type": "object"}


def _stops(own: Mapping[str, JSON]) -> list[JSON]:
    """The recipe's own stops and as many of ours as may be added; none of ours in an answer of the recipe's form."""
    listed = _listed(own.get("stop", []))
    return listed if _form(own) else [*listed, *STOPS][: max(MOST_STOPS, len(listed))]


def _listed(stop: JSON) -> list[JSON]:
    return list(stop) if isinstance(stop, list | tuple) else [stop]

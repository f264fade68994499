"""One teacher is asked, really and at most twice at each of its endpoints; the answers are stored nowhere."""

import asyncio
import dataclasses
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from ittgen import stages
from ittgen.ask import Voice
from ittgen.calls import Local, Request, Response, Teacher, Usage
from ittgen.doctor import verdicts
from ittgen.doctor.finding import Finding
from ittgen.doctor.verdicts import Verdict
from ittgen.errors import Blame, IttgenError, RefusedError, TeacherError, TransientError
from ittgen.teachers.wrappers import Translated
from ittgen.text import JSON

PATIENCE = 120.0
"""Seconds that the teacher has for an answer: a server may have to load its model first."""
LOADING = 1800.0
"""The same where we load it: a large one takes minutes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after how many seconds, and what it shows."""

    response: Response
    seconds: float
    verdicts: list[Verdict]


def ask(voice: Voice, teacher: Teacher) -> Iterator[Finding]:
    """Whether the teacher answers, here and now, with the recipe's own sampling, and what its server honours."""
    for endpoint, one in _endpoints(teacher):
        check = " ".join(filter(None, ("answer", voice.name, endpoint)))
        try:
            answer = _waited_for(voice, one)
        except IttgenError as error:
            yield Finding(check, False, str(error))
            continue
        yield _described(check, answer)
        for found in answer.verdicts:
            yield Finding(f"{check}: {found.feature}", True, str(found), {"verdict": found.verdict})


def _endpoints(teacher: Any) -> list[tuple[str, Teacher]]:
    """One teacher for each of its endpoints, by name; itself where it has no more than one."""
    endpoints = [each for each in getattr(teacher, "endpoints", ()) if hasattr(each, "label")]
    if len(endpoints) < 2:
        return [("", teacher)]
    return [(each.label, dataclasses.replace(teacher, endpoints=(each,))) for each in endpoints]


def _waited_for(voice: Voice, teacher: Teacher) -> Answer:
    stages.ready(teacher)
    with ThreadPoolExecutor(1) as pool:  # a notebook has a running loop in this thread
        return pool.submit(lambda: asyncio.run(_answered(voice, teacher))).result()


async def _answered(voice: Voice, teacher: Teacher) -> Answer:
    where = f"[teachers.{voice.name}]" if voice.name else "[teacher]"
    try:
        with Blame(f"asking {where}"):
            return await _asked(voice, Translated(teacher))
    finally:
        await teacher.close()


async def _asked(voice: Voice, teacher: Translated) -> Answer:
    """With every feature; where that is refused, once more with the recipe's own sampling alone."""
    asked, own = verdicts.probe(voice), verdicts.plain(voice)
    try:
        response, seconds = await _sent(teacher, asked)
        return Answer(response, seconds, verdicts.judged(asked, response))
    except TransientError as error:
        if error.busy:
            raise
        words, about = str(error), verdicts.failed
    except RefusedError as error:
        words, about = str(error), verdicts.refused
    response, seconds = await _sent(teacher, own)
    return Answer(response, seconds, about(asked, own, response, words))


async def _sent(teacher: Translated, request: Request) -> tuple[Response, float]:
    """The answer and how long it took. Raises TeacherError; RefusedError also for an answer that says so."""
    began, patience = time.perf_counter(), LOADING if isinstance(teacher.inner, Local) else PATIENCE
    try:
        response = await asyncio.wait_for(teacher.ask(request), patience)
    except TimeoutError:
        raise TeacherError(f"no answer within {patience:.0f} s") from None
    if response.finish_reason == "error":
        raise RefusedError(response.error)
    return response, time.perf_counter() - began


def _described(check: str, answer: Answer) -> Finding:
    response = answer.response
    named = f"model {response.model}, " if response.model else ""
    told = f"finish_reason {response.finish_reason}, {answer.seconds:.2f} s, {_counted(response.usage)}"
    figures: dict[str, JSON] = {
        "model": response.model,
        "finish_reason": response.finish_reason,
        "seconds": round(answer.seconds, 3),
        "usage": response.usage.to_json(),
    }
    return Finding(check, True, f"{named}{told}: {_short(response.text)}{_hint(response)}", figures)


def _counted(usage: Usage) -> str:
    thought = f" ({usage.reasoning_tokens} of them thoughts)" if usage.reasoning_tokens else ""
    who = "estimated, for the server does not count" if usage.estimated else "as the server counted"
    return f"{usage.prompt_tokens} tokens in and {usage.completion_tokens} out{thought}, {who}"


def _hint(response: Response) -> str:
    if response.text.strip() or response.finish_reason != "length":
        return ""
    return "; no text before the limit: where thoughts take it all, raise max_tokens or give room_to_think in [teacher]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line[:60]}{"…" if len(line) > 60 else ""}"'

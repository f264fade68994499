"""Equations of an answer that are false, and a lone number that is not the sum asked for.

The rule stays silent where the task is about wrong things (a riddle, a mistake to find, a novel) or may be. It needs no
model, no network and no clock.
"""

import re
from dataclasses import dataclass

from ittgen.filters.reckoning import holds
from ittgen.filters.sums import false_sums, lone_sum, spoken
from ittgen.records import Example, Rejection

_ABOUT_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|false|mistakes?|errors?|riddles?|puzzles?|jokes?|fallac\w+|paradox\w*|invalid|broken|bugs?|"
    r"buggy|malformed|fiction|novel|orwell|story|poem|lie|lies|pattern|distractors?|multiple.choice|operators?|define|"
    r"fehler\w*|falsch\w*|rätsel|faux|fausses?|erreurs?|énigme|falso|falsas?|errores|acertijo|errad[oa]s?|sbagliat\w+|"
    r"errori|неверн\w*|ошиб\w+|загадк\w*)\b|错|謎|谜|間違|誤|خطأ|गलत|틀린",
    re.IGNORECASE,
)
_SAID_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|false|mistake\w*|error|not|never|isn't|instead|if|suppose|true|claims?|says?|falsch|nicht|wenn|"
    r"faux|pas|si|falso|no|non|não|errado|sbagliato|не|если|неверно)\b|≠|错|不|没|如果|誤|ない|ليس|خطأ|नहीं|गलत|❌|✗|✘|×\s*$",
    re.IGNORECASE,
)
_ASKING = frozenset(
    "what is what's whats the result of calculate compute evaluate solve find value sum product answer expression "
    "following and equal equals to how much please was ist wieviel wie viel ergibt berechne berechnen sie rechne aus "
    "combien font fait calcule calculer calculez cuánto es calcula calcular quanto é fa calcola сколько будет вычисли "
    "вычислите посчитай посчитайте чему равно решите 计算 是多少 等于多少 求 请计算 は を計算 計算してください "
    "はいくつですか कितना है".split()
)
_LONE = re.compile(
    r"\W*(?:(?:the )?(?:answer|result|sum|product)(?: is|:)|es sind|=)?\s*([$€£¥₹]?-?\d[\d.,]*)\W*", re.IGNORECASE
)


_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class WrongArithmetic:
    """An equation of plain numbers that is false, or a number that is not the sum asked for: value is what it says.

    After the wrong sums that people cleaned out of Alpaca (https://github.com/gururise/AlpacaDataCleaned). Rounding,
    remainders, ratios, scores, dates, code and unit conversions are no equations; "1,5" and "1.5" are read both ways,
    Arabic and Indian digits too, so it is much the same in all languages.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if not _DIGIT.search(example.output):
            return None
        found = _false_sum(example) or _false_answer(example)
        return Rejection(example, "wrong-arithmetic", value=found) if found else None


def _false_sum(example: Example) -> str:
    given = ""
    for equation, line in false_sums(example.output):
        given = given or _bare(f"{example.instruction} {example.input}")
        if _bare(equation) not in given and not _SAID_WRONG.search(line.replace(" is ", " ")):
            return "" if _ABOUT_WRONG.search(f"{example.instruction} {example.input}") else equation
    return ""


def _false_answer(example: Example) -> str:
    """ "38", to "What is 12 * 3?"."""
    answer = _LONE.fullmatch(example.output)
    task = f"{example.instruction} {example.input}"
    if not answer or len(task) > 200 or "%" in task:
        return ""
    sum_ = lone_sum(task)
    others = re.sub(r"[\W_]+", " ", spoken(task).replace(sum_, " ").lower()).split() if sum_ else []
    stated = answer[1].rstrip(".,")
    wrong = sum_ and _ASKING.issuperset(others) and not holds(sum_, stated)
    return f"{sum_} = {stated}" if wrong else ""


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", spoken(text))

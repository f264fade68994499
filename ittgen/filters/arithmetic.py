"""Equations of an answer that are false, and a lone number that is not the sum asked for.

The rule stays silent where the task is about wrong things (a riddle, a mistake to find, a novel) or may be. It needs no
model, no network and no clock.
"""

import re
from dataclasses import dataclass

from ittgen.filters.looks import has_digit
from ittgen.filters.reckoning import NUMBER, holds
from ittgen.filters.spoken import spoken
from ittgen.filters.sums import false_sums, lone_sum
from ittgen.filters.totals import false_total
from ittgen.records import Example, Rejection

_ABOUT_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|false|mistakes?|errors?|riddles?|puzzles?|jokes?|fallac\w+|paradox\w*|invalid|broken"
    r"|bugs?|"
    r"buggy|malformed|fiction|novel|orwell|story|poem|lie|lies|pattern|distractors?|multiple.choice|operators?|define|"
    r"fehler\w*|falsch\w*|rätsel|faux|fausses?|erreurs?|énigme|falso|falsas?|errores|acertijo|errad[oa]s?|sbagliat\w+|"
    r"errori|неверн\w*|ошиб\w+|загадк\w*)\b|错|謎|谜|間違|誤|خطأ|गलत|틀린",
    re.IGNORECASE,
)
_SAID_WRONG = re.compile(
    r"\b(?:wrong|incorrect\w*|false|mistake\w*|error|instead|suppose|claims?|falsch|faux|falso|errado|sbagliato"
    r"|неверно)\b"
    r"|≠|错|誤|خطأ|गलत|❌|✗|✘|×\s*$",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:not|never|isn't|if|true|says?|no|nicht|wenn|pas|si|non|não|не|если|neither|only if)\b|不|没|如果|ない"
    r"|ليس|नहीं|\?",
    re.IGNORECASE,
)
"""Said of an equation in its own clause: it is a condition, or denied."""
_ASKING = frozenset(
    "what is what's whats the result of calculate compute evaluate solve find value sum product answer expression "
    "following and equal equals to how much please you can tell me a work out simplify add total give work "
    "was ist wieviel wie viel ergibt berechne berechnen sie rechne aus das ergebnis von löse bitte sind gibt macht "
    "combien font fait calcule calculer calculez quel est le résultat donne "
    "cuánto es calcula calcular cuál resultado resuelve son quanto é fa qual o calcule resolva dá quale il risultato "
    "risolvi "
    "wat is bereken hoeveel het resultaat ile to jest oblicz wynik policz "
    "сколько будет вычисли вычислите посчитай посчитайте чему равно равен реши решите результат найди скільки "
    "обчисли буде "
    "kolik je vypočítej spočítej cât este calculează vad är räkna beräkna ut hvad er hva beregn regn ud mennyi "
    "számold ki "
    "πόσο κάνει υπολόγισε kaç eder hesapla kaçtır sonucu nedir tính bao nhiêu kết quả của hitung berapa hasil dari "
    "hasilnya "
    "ما هو ناتج احسب كم يساوي حاصل حساب چند می شود محاسبه کن حاصل כמה זה חשב कितना है हिसाब करो गणना करें का मान "
    "क्या होगा "
    "计算 是多少 等于多少 等于几 求 请计算 结果 请 的结果 得多少 一下 は を計算 計算してください はいくつですか いくつ "
    "は何ですか "
    "은 는 얼마인가요 얼마입니까 계산해 주세요 계산하세요 을 를 값은".split()
)
_LONE = re.compile(rf"[^\d\n]{{0,40}}?([-−]?(?:\d+/\d+|{NUMBER}))[^\d\n]{{0,15}}")
_LONGEST_ANSWER = 60


@dataclass(frozen=True, slots=True)
class WrongArithmetic:
    """An equation that is false, a number that is not the sum asked for, a total that is off: value is what it says.

    After the wrong sums that people cleaned out of Alpaca (https://github.com/gururise/AlpacaDataCleaned). Equations
    may go on over several lines, have fractions, per cents, LaTeX, what is counted ("3 apples + 4 apples") and signs
    said in words ("12 mal 3 ist 36", "20% of 150 is 30") in two dozen languages. Rounding, remainders, ratios, scores,
    dates, code and unit conversions are no equations; "1,5" and "1.5" are read both ways, Arabic and Indian digits too.
    An equation that its own clause doubts or denies, or that stands in the task, is let pass.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if not has_digit(example.output):
            return None
        found = _false_sum(example) or _false_answer(example) or _false_total(example)
        return Rejection(example, "wrong-arithmetic", value=found) if found else None


def _false_sum(example: Example) -> str:
    given = ""
    for equation, clause, line in false_sums(example.output):
        given = given or _bare(f"{example.instruction} {example.input}")
        if _bare(equation) not in given and not _SAID_WRONG.search(line) and not _DOUBTED.search(clause):
            return "" if _ABOUT_WRONG.search(f"{example.instruction} {example.input}") else equation
    return ""


def _false_total(example: Example) -> str:
    found = false_total(example.output)
    return found if found and not _ABOUT_WRONG.search(f"{example.instruction} {example.input}") else ""


def _false_answer(example: Example) -> str:
    """ "38", to "What is 12 * 3?"."""
    task = f"{example.instruction} {example.input}"
    if len(example.output) > _LONGEST_ANSWER or len(task) > 200:
        return ""
    answer = _LONE.fullmatch(example.output.strip())
    if not answer or _DOUBTED.search(example.output):
        return ""
    sum_ = lone_sum(task)
    others = re.sub(r"[\W_]+", " ", spoken(task).replace(sum_, " ").lower()).split() if sum_ else []
    stated = answer[1].strip(".,")
    wrong = sum_ and _ASKING.issuperset(others) and not holds(sum_, stated)
    return f"{sum_} = {stated}" if wrong else ""


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", spoken(text))

"""Outputs that go on to the next task, or the next turn. See `merged.py` for tasks that have run into one.

Knows the labels of tasks, questions and turns in two dozen languages and the tasks in which they belong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ittgen.filters.labels import GIVEN, MACHINE, PERSON, QUESTION, REPLY, TASK
from ittgen.filters.looks import has_any, has_digit, lowered
from ittgen.filters.speech import wants_speech
from ittgen.records import Example, Rejection

_TALKS = re.compile(
    r"dialog|conversation|interview|\bchat|\bscript|transcript|role-?play|\bscene|\bplay\b|screenplay|skit|exchange"
    r"|messages|faq|q\s?&\s?a"
    r"|few-?shot|training data|dataset|jsonl|sft|\blog\b|gespräch|unterhaltung|diálogo|conversación|conversa"
    r"|entrevista|entretien|диалог"
    r"|разговор|интервью|беседу|对话|對話|采访|剧本|会話|対話|インタビュー|台本|대화|인터뷰|حوار|محادثة|مقابلة|संवाद"
    r"|बातचीत|साक्षात्कार|บทสนทนา|สัมภาษณ์",
    re.IGNORECASE,
)
"""Tasks whose answer has turns in it."""
_ASKS = re.compile(
    r"question|quiz|faq|q\s?&\s?a|\bexams?\b|\btests?\b|trivia|riddle|flashcard|worksheet|survey|homework|jokes?\b"
    r"|multiple.choice|fragen"
    r"|rätsel|pregunta|pergunta|domand|вопрос|загадк|тест|问题|问答|题|題|测验|質問|問題|クイズ|질문|문제|퀴즈|أسئلة"
    r"|سؤال|प्रश्न|सवाल|คำถาม|แบบทดสอบ",
    re.IGNORECASE,
)
"""Tasks whose answer has questions in it."""
_TASKS = re.compile(
    r"\btasks\b|to-?do|instruction|exercise|assignment|\bprompts?\b|worksheet|homework|lesson|few-?shot|dataset"
    r"|training data|jsonl"
    r"|checklist|agenda|problems|examples|template|plantilla|vorlage|шаблон|模板|テンプレート|템플릿|قالب|quiz|\bexams?\b"
    r"|alpaca|sharegpt|chatml|treino|entrenamiento|entraînement|addestramento|trainingsdaten|обучающ|训练|学習データ"
    r"|학습 데이터|eğitim veri|curriculum|workout|aufgaben|übung|anleitung|tareas|ejercicio"
    r"|exercice|tarefas|exercício"
    r"|esercizi|compiti|задани|задач|упражнени|примеры|任务|指令|练习|习题|题|例|練習|課題|指示|例文|과제|연습|예시"
    r"|تمارين|مهام|أمثلة|अभ्यास|कार्य|उदाहरण|แบบฝึก|ตัวอย่าง",
    re.IGNORECASE,
)
"""Tasks whose answer has tasks in it."""

_NEXT = re.compile(
    r"\n[ \t>*#]*(?:(?:the )?(?:next|new|another|follow-?up|second) (?:task|instruction|question|prompt|exercise"
    r"|query)(?: \d+)?"
    r"|(?:nächste|neue) (?:aufgabe|frage|anweisung)|(?:siguiente|nueva) (?:tarea|pregunta|instrucción)"
    r"|(?:nouvelle|prochaine) (?:tâche|question|consigne)|(?:próxima|nova) (?:tarefa|pergunta)|(?:prossima"
    r"|nuova) (?:domanda|attività)"
    r"|(?:volgende|nieuwe) (?:vraag|opdracht|taak)|(?:następne|nowe) (?:pytanie|zadanie)|(?:следующ|нов)(?:ая|ий"
    r"|ое) (?:задача|вопрос|задание)"
    r"|(?:наступн|нов)(?:е|а|ий) (?:питання|завдання)|sıradaki (?:soru|görev)|(?:sonraki|yeni) (?:soru|görev)"
    r"|nästa (?:fråga|uppgift)"
    r"|næste (?:spørgsmål|opgave)|(?:další) (?:otázka|úkol)|următoarea (?:întrebare|sarcină)|câu hỏi tiếp theo"
    r"|pertanyaan berikutnya"
    r"|下一个(?:任务|问题|指令)|新(?:任务|问题|指令)|次の(?:質問|課題|指示|タスク)|다음 (?:질문|과제|작업))[ *]*[:：]",
    re.IGNORECASE,
)
_SETS_A_TASK = re.compile(
    r"(?:\A|\n[ \t]*\n)[ \t]*the task (?:is (?:to|asking)|asks)\b|(?:\A|\n)[ \t]*your task is to\b", re.IGNORECASE
)
_NEXT_TASK = re.compile(
    r"\b(?:here (?:is|comes)|here['’]s|now) (?:your |the |a )?(?:next|another|second|new)"
    r" (?:task|instruction|exercise|prompt)\b|\byour next (?:task|instruction|exercise) (?:is|:)|\b(?:nächste"
    r"|neue) aufgabe (?:ist|lautet|:)|\btâche suivante ?:"
    r"|\bsiguiente tarea:|\bpróxima tarefa:|下一个(?:任务|指令)",
    re.IGNORECASE,
)
_NEXT_SIGNS = ("next", "another", "second", "new ", "nächste", "neue", "suivante", "siguiente", "próxima", "下一个")
_TASK_SIGNS = tuple("task instruction exercise prompt aufgabe tâche tarea tarefa 任务 指令".split())
_THANKS = re.compile(
    r"\n[ \t]*\n[ \t]*(?:(?:great|ok(?:ay)?|perfect|super|genial|ah)[,!. ]+)?(?:thanks|thank you|thx|danke|vielen dank"
    r"|merci"
    r"|(?:muchas )?gracias|obrigad[oa]|grazie|dank je|bedankt|dzięk\w+|спасибо|дякую|teşekkür\w*|谢谢|謝謝|多谢"
    r"|ありがとう|감사합니다|고마워|شكر[اًا]|धन्यवाद|ขอบคุณ|cảm ơn|terima kasih|tack|díky|děkuji)[^\n]*[?？؟]\s*(?=\n|\Z)",
    re.IGNORECASE,
)
"""The user's next question, without a label."""
_SHOT = re.compile(r"([^\W\d][^\n:：]{1,20})[:：][^\n]+\n([^\W\d][^\n:：]{1,20})[:：] ?(?:\S+ ?){1,4}")
"""One line of text and one of a few words, both with their label."""
_QUESTION_MARKS = ("?", "？", "؟")
_SIGNS = (":", "：", "?", "？", "؟", "#")
_LINE_LABEL = re.compile(r"^[^\w\n]*(?:\d{1,2}[^\w\n]+)?([^\W\d_][^\n:：*>]{0,30}?)[ \t\d*>]*[:：]", re.MULTILINE)
_LABELS = frozenset("|".join((PERSON, MACHINE, TASK, QUESTION, REPLY)).split("|"))
_GIVEN = frozenset(GIVEN.split("|"))
_ENDS = tuple(label for label in _LABELS if not label.isascii())
_ANY_LABEL = re.compile(r"^[ \t*#-]*[^\W\d][\w '’/&-]{0,30}[:：]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SelfPrompting:
    """An output that goes on to set itself the next task, or speaks the user's next turn: value is the label found.

    What models without a stop sign do (https://github.com/tatsu-lab/stanford_alpaca, its "stop" list). A label for a
    task, a question or a person on a line of its own after the answer, with its reply, at the end, or after a blank
    line; two examples in the form of the task; "The task is to …" in a paragraph of its own. Labels of two dozen
    languages. Passes where the task is about such things, and where task or input have such labels themselves.
    """

    def __call__(self, example: Example) -> Rejection | None:
        text = example.output
        labelled = ("\n" in text and has_any(text, _SIGNS)) or "task" in lowered(text)
        if not labelled and "\n\n" not in text:
            return None
        found = next(_leaks(example), None) if labelled else None
        label = found[0].strip()[:40] if found else _talks_to_itself(example)[:40]
        return (
            Rejection(example, "self-prompting", value=label, note="the output sets the next task") if label else None
        )


def _talks_to_itself(example: Example) -> str:
    text = example.output
    task = example.instruction
    found = _asks_itself(text, task) or _thanks(text, task) or _shots(text, example.input)
    found = found or _orders_again(text, task) or _asks_alike(text, task)
    asked = f"{example.instruction}\n{example.system}"
    return "" if not found or _TALKS.search(asked) or _ASKS.search(asked) or example.turns else found


def _leaks(example: Example) -> Iterator[re.Match[str]]:
    """Every sign that the output has gone on, where the task does not excuse it."""
    text, asked = example.output, f"{example.instruction}\n{example.system}"
    labels = _labels()
    if not _may_leak(text) or labels.search(f"\n\n{example.instruction}\n\n{example.input}"):
        return
    if (found := _NEXT.search(text)) and not (_ASKS.search(asked) or _TASKS.search(asked)):
        yield found
    if found := _next_turn(text):
        excuse = _TALKS if found["person"] else _ASKS if found["question"] else _TASKS
        if not excuse.search(asked) and not _TALKS.search(asked):
            yield found
    if (found := _another(text)) and not (_TASKS.search(asked) or _TALKS.search(asked) or _may_ask(found, asked)):
        yield found
    if (found := _goes_on(text)) and not (_TASKS.search(asked) or _ASKS.search(asked)):
        yield found
    if (found := _SETS_A_TASK.search(text)) and not _TASKS.search(asked) and (found.start() or len(text) < 300):
        yield found


def _may_ask(found: re.Match[str], asked: str) -> bool:
    """Whether two lines with labels may be a question and its answer that were asked for; not "Input:"."""
    return _ASKS.search(asked) is not None and found[0].strip().partition(":")[0].lower() not in _GIVEN


def _may_leak(text: str) -> bool:
    """A quick look: a heading, a word for a task, or a line that begins with a label of one, of a reply or a person."""
    if "#" in text or has_any(lowered(text), _TASK_SIGNS):
        return True
    return any(map(_is_label, _LINE_LABEL.findall(lowered(text))))


def _is_label(label: str) -> bool:
    return label in _LABELS or label.rsplit(" ", 1)[-1] in _LABELS or (not label.isascii() and label.endswith(_ENDS))


def _goes_on(text: str) -> re.Match[str] | None:
    """A second task under a heading with its number, "# Exercise 2", or "your next task is"."""
    small = lowered(text)
    found = _NEXT_TASK.search(text) if has_any(small, _TASK_SIGNS) and has_any(small, _NEXT_SIGNS) else None
    if found or not has_digit(text):
        return found
    numbered = list(_headed().finditer(text))
    first = numbered[0] if numbered else None
    return first if first and int(first[1]) > 1 and text[: first.start()].strip() else None


def _asks_itself(text: str, task: str) -> str:
    """The first of two questions that come after the answer, in nearly the words of the task, each answered."""
    if task.rstrip()[-1:] not in _QUESTION_MARKS or text.count("\n\n") < 2:
        return ""
    parts = [part.strip() for part in text.split("\n\n")]
    asked = set(re.findall(r"\w+", task.lower()))
    alike = [at for at, part in enumerate(parts) if at and _is_like(part.partition("\n")[0], asked)]
    return parts[alike[0]] if len(alike) > 1 and parts[0][-1:] not in _QUESTION_MARKS else ""


def _thanks(text: str, task: str) -> str:
    """Thanks for the answer and the next question, where nobody's words were asked for."""
    found = _THANKS.search(text) if text.count("\n\n") and has_any(text, _QUESTION_MARKS) else None
    return found[0].strip() if found and text[: found.start()].strip() and not wants_speech(task) else ""


def _shots(text: str, given: str) -> str:
    """The label of two more examples, text and verdict each, behind the short verdict that was asked for."""
    if not given or text.count("\n\n") < 2:
        return ""
    first, *others = [part.strip() for part in text.split("\n\n")]
    pairs = [_SHOT.fullmatch(other) for other in others]
    labels = {(pair[1], pair[2]) if pair else () for pair in pairs}
    return f"{others[0].partition(':')[0]}:" if len(labels) == 1 and all(labels) and len(first.split()) < 5 else ""


def _orders_again(text: str, task: str) -> str:
    """The order of the task with another text behind its colon, in a paragraph after the first."""
    order, colon, _ = task.partition(":")
    if not colon or not 10 <= len(order) <= 120 or " " not in order:
        return ""
    parts = [part.strip() for part in text.split("\n\n")]
    return next((part for part in parts[1:-1] if part.startswith(f"{order}:")), "")


def _asks_alike(text: str, task: str) -> str:
    """The task with hardly a word exchanged, in a paragraph of its own between the answer and another one."""
    asked = set(re.findall(r"\w+", task.lower()))
    if text.count("\n\n") < 2 or not 5 < len(asked) <= 25:
        return ""
    for part in text.split("\n\n")[1:-1]:
        said = set(re.findall(r"\w+", part.partition(":")[0].lower()))
        if 10 * len(asked & said) >= 7 * max(len(asked), len(said)):
            return part.strip()
    return ""


def _is_like(part: str, asked: set[str]) -> bool:
    words = re.findall(r"\w+", part.lower())
    return (
        part[-1:] in _QUESTION_MARKS and 2 < len(words) <= 25 and 5 * len(asked.intersection(words)) >= 3 * len(words)
    )


def _next_turn(text: str) -> re.Match[str] | None:
    """The first label of a task or a person that follows an answer, and is answered, ends the text or stands apart."""
    labels, replies = _labels(), _replies()
    found = list(labels.finditer(text))
    if not found or labels.match("\n" + text[:200].lstrip()):
        return None
    first, last = found[0], found[-1]
    before = text[: first.start()]
    if before.rstrip().endswith((":", "：")) or not before.strip():
        return None
    if replies.search(text, first.end()):
        return first
    if last["person"]:
        return last if _ends(text, first, last) else None
    apart = first[0].startswith("\n\n") and not _ANY_LABEL.search(before)
    return first if apart and len(text[first.end() :].split("\n")[0]) > 7 else None


def _ends(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """The turn is the last paragraph, after a blank line, and the answer before the first one is no list of labels."""
    if not last[0].startswith("\n\n") or "\n" in text[last.end() :].strip():
        return False
    return not _ANY_LABEL.search(text[: first.start()])


def _another(text: str) -> re.Match[str] | None:
    """A second example in the form "Statement: …" and "Output: …", behind an answer that has no such labels."""
    found = _pairs().search(text)
    return found if found and not _ANY_LABEL.search(text[: found.start()]) and text[: found.start()].strip() else None


@cache
def _headed() -> re.Pattern[str]:
    """A heading that is a number and the name of a task, on a line of its own."""
    return re.compile(
        rf"\n[ \t]*#{{1,4}}[ \t]*(?:{TASK}|{QUESTION}|problem)[ \t]*(\d{{1,2}})[ \t]*[.:)]?[ \t]*\n", re.IGNORECASE
    )


@cache
def _labels() -> re.Pattern[str]:
    """Labels that open a task or a turn, each on a line of its own; a comment of code may be one."""
    start = r"\n?\n[ \t]*(?:[#>*/]{1,4}[ \t]*)?(?:\d{1,2}[.)][ \t]*)?<?"
    kinds = rf"(?:(?P<person>{PERSON})|(?P<question>{QUESTION})|(?:{TASK}))"
    return re.compile(
        rf"{start}(?:your |next |new )?{kinds}>?(?:[ \t]*\d{{1,2}})?[ \t]*\*{{0,2}}[ \t]*[:：]", re.IGNORECASE
    )


@cache
def _replies() -> re.Pattern[str]:
    start = r"\n[ \t]*(?:[#>*/]{1,4}[ \t]*)?(?:\d{1,2}[.)][ \t]*)?<?"
    return re.compile(rf"{start}(?:{REPLY}|{MACHINE})>?(?:[ \t]*\d{{1,2}})?[ \t]*\*{{0,2}}[ \t]*[:：]", re.IGNORECASE)


@cache
def _pairs() -> re.Pattern[str]:
    return re.compile(rf"\n[ \t]*\n[^\W\d_][^:：\n]{{1,20}}[:：] ?[^\n]+\n(?:{REPLY})[ \t]*[:：]", re.IGNORECASE)

"""Outputs in which the making of the data shows: marks of chat templates, labels of prompts, tasks nobody set.

Knows the labels of dialogues and prompts in a dozen languages and the tasks in which they belong. Alpaca's class 2 and
its kin: see https://github.com/gururise/AlpacaDataCleaned.
"""

import re
from dataclasses import dataclass
from functools import cache

from ittgen.filters.announcing import LONGEST, only_announces
from ittgen.filters.looks import first_of, has_any
from ittgen.records import Example, Rejection

_ASK = (
    "instruction|task|question|query|problem|exercise|prompt|q|aufgabe|frage|anweisung|pregunta|instrucción"
    "|tarea|consigne"
    "|tâche|pergunta|instrução|tarefa|domanda|istruzione|вопрос|задача|задание|инструкция|问题|指令|任务|題目"
    "|题目|質問|指示|課題|問題|질문"
    "|지시|과제|سؤال|السؤال|تعليمات|المهمة|प्रश्न|निर्देश|सवाल|คำถาม|คำสั่ง|โจทย์|soru|vraag|pytanie"
)
_REPLY = (
    "response|answer|output|solution|reply|a|antwort|lösung|ausgabe|salida|sortie|saída|uscita|respuesta"
    "|réponse|resposta|risposta|ответ"
    "|решение|вывод|答案|回答"
    "|输出|答え|出力|解答|답변|답|응답|출력|جواب|إجابة|الإجابة|الجواب|उत्तर|जवाब|คำตอบ|ผลลัพธ์|cevap|antwoord|odpowiedź"
)
_PERSON = (
    "user|human|nutzer|benutzer|mensch|usuario|utilisateur|usuário|utente|пользователь|человек|用户|使用者"
    "|ユーザー|人間|사용자"
    "|المستخدم|उपयोगकर्ता|ผู้ใช้"
)
_MACHINE = (
    "assistant|ai|bot|chatbot|chatgpt|ai assistant|assistent|ki|asistente|ia|assistente|ассистент"
    "|помощник|ии|бот|助手|助理|アシスタント"
    "|어시스턴트|المساعد|सहायक|ผู้ช่วย"
)

_STRUCTURED = re.compile(
    r"dialog|conversation|interview|\bchat|\bscript|transcript|role-?play|quiz|faq|q\s?&\s?a|questions|(?:write"
    r"|create|generate|make|pose|ask|formulate|compose|design)\b.{0,40}question|multiple.choice|\bexams?\b|\btest"
    r"|worksheet|template|survey|flashcard"
    r"|riddle|trivia|prompt|instruction|\btasks?\b|exercise|problems|few-?shot|scene|\bplay\b|screenplay"
    r"|\bbot\b|chatbot|assistant|\bai\b|dataset"
    r"|training data|example|checklist|\blog\b|\bformat|\bform\b|skit|jokes?\b|llm|language model|sft|jsonl"
    r"|messages|exchange|homework|lesson"
    r"|gespräch|unterhaltung|fragen|aufgaben|übung|beispiel|diálogo|conversación|conversa|entrevista|pregunta"
    r"|ejercicio|ejemplo|entretien|exemple"
    r"|pergunta|exercício|exemplo|dialogue|domand|esercizi|диалог|разговор|интервью|вопрос|задани|задач|пример"
    r"|тест|чат|беседу"
    r"|对话|對話|采访|问答|问题|題|题|例|测验|剧本|会話|対話|質問|問題|インタビュー|クイズ|台本|대화|질문|문제"
    r"|예시|퀴즈|인터뷰|حوار|محادثة|أسئلة|سؤال|مثال|مقابلة"
    r"|संवाद|बातचीत|प्रश्न|सवाल|उदाहरण|साक्षात्कार|บทสนทนา|คำถาม|ตัวอย่าง|สัมภาษณ์|แบบทดสอบ",
    re.IGNORECASE,
)
"""Tasks whose answer has turns, questions or tasks in it."""

_NEXT = re.compile(
    r"\n[ \t>*#]*(?:(?:the )?(?:next|new|another|follow-?up|second) (?:task|instruction|question|prompt"
    r"|exercise|query)(?: \d+)?"
    r"|(?:nächste|neue) (?:aufgabe|frage|anweisung)|(?:siguiente|nueva) (?:tarea|pregunta|instrucción)"
    r"|(?:nouvelle|prochaine) (?:tâche|question|consigne)"
    r"|(?:следующ|нов)(?:ая|ий|ое) (?:задача|вопрос|задание)|下一个(?:任务|问题|指令)|新(?:任务|问题|指令)"
    r"|次の(?:質問|課題|指示|タスク))[ *]*[:：]",
    re.IGNORECASE,
)

_TOKENS = re.compile(
    r"<[|｜][A-Za-z][A-Za-z_▁-]{0,50}[|｜]>"
    r"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS)\]|</s>(?:\s*<s>)?\s*\Z|\A\s*<s>"
)
"""Marks of ChatML, Llama, Mistral, Gemma and DeepSeek."""

_TOKEN_SIGNS = first_of(("<|", "<｜", "INST]", "<<", "_of_turn>", "s>", "SYSTEM_PROMPT", "[AVAILABLE", "[/AVAILABLE"))

_ABOUT_TOKENS = re.compile(
    r"tokens?\b|tokeni[sz]|chat ?ml|chat|template|prompt|llama|mistral|gemma|deepseek|delimiter|fine-?tun|\bllm"
    r"|language model|gpt|transformer|marker"
    r"|special|html|regex|strike|jsonl|提示|模板|标记|トークン|テンプレート|токен|шаблон|토큰|템플릿|رمز|قالب"
    r"|टोकन|โทเคน",
    re.IGNORECASE,
)

_HEADING = re.compile(
    r"^[ \t]*#{2,4}[ \t]*(?:instruction|input|response|output|human|assistant|user|system|answer"
    rf"|{_PERSON}|指令|输入|输出|回答|回应|応答|指示|입력|출력|응답)[ \t]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_OTHER_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]*[^\s#].*[^\s:：][ \t]*$", re.MULTILINE)
_SPEAKER = re.compile(rf"\A\s*(?:\*\*)?(?:{_MACHINE}|{_PERSON})(?:\*\*)?[ \t]*[:：]", re.IGNORECASE)
_ANY_LABEL = re.compile(r"^[ \t*-]*[^\W\d][^:：\n]{0,30}[:：]", re.MULTILINE)

_NUMBERED = re.compile(
    r"(?:\A|\n)[ \t]*(?:#{1,4}[ \t]*)?\d{1,2}[ \t]*[.)．、][ \t]*(?:instruction|anweisung|instrucción|instrução"
    r"|istruzione|инструкция|指令|指示|지시|تعليمات|निर्देश|คำสั่ง)"
    r"[ \t]*[:：]|\n[ \t]*###[ \t]*(?:\Z|\n[ \t]*\d{1,2}[ \t]*[.)])|\n[ \t]*class label[ \t]*:"
    r"|[.!?。][ \t]+\d{1,2}\.[ \t]*instruction[ \t]*:"
    r"|(?:\A|\n)[ \t]*task \d{1,2}[ \t]*:[^\n]*\n[ \t]*instruction[ \t]*:",
    re.IGNORECASE,
)
_NUMBERED_SIGNS = first_of(
    "nstruc NSTRUC nweis nstruç struz нструкц 指 지시 تعليمات निर्देश คำสั่ง ### label LABEL Label".split()
)
_ABOUT_STEPS = re.compile(
    r"instruction|manual|prompt|tasks\b|dataset|data set|example|\bformat|class label|classif|coffee|anleitung"
    r"|instruccion|инструкц|指令|指示|说明|지시|निर्देश|คำสั่ง",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SelfPrompting:
    """An output that goes on to set itself the next task, or speaks the user's next turn: value is the label found.

    What models without a stop sign do (https://github.com/tatsu-lab/stanford_alpaca, its "stop" list). A label for a
    task or a person on a line of its own after the answer, with its reply or at the end. Labels of a dozen languages.
    Passes where the task is about dialogues, questions, exercises, examples or prompts, and where the input has such
    labels itself.
    """

    def __call__(self, example: Example) -> Rejection | None:
        text = example.output
        if "\n" not in text or not (":" in text or "：" in text):
            return None
        found = _NEXT.search(text) or _next_turn(text)
        if found is None or _structured(example):
            return None
        return Rejection(example, "self-prompting", value=found[0].strip()[:40], note="the output sets the next task")


def _structured(example: Example) -> bool:
    """The task asks for turns, questions or tasks, or already is a text of such."""
    labels, _ = _turns()
    around = f"\n{example.instruction}\n{example.input}"
    return bool(_STRUCTURED.search(example.instruction) or _STRUCTURED.search(example.system) or labels.search(around))


def _next_turn(text: str) -> re.Match[str] | None:
    """The first label of a task or a person that follows an answer, and is answered or ends the text."""
    labels, replies = _turns()
    found = list(labels.finditer(text))
    if not found or labels.match("\n" + text[:200].lstrip()):
        return None
    first, last = found[0], found[-1]
    if text[: first.start()].rstrip().endswith((":", "：")) or not text[: first.start()].strip():
        return None
    if replies.search(text, first.end()):
        return first
    return last if last["person"] and _ends(text, last) else None


def _ends(text: str, found: re.Match[str]) -> bool:
    """The turn is the last paragraph, after a blank line, and the answer before it is no list of labels."""
    if not found[0].startswith("\n\n") or "\n" in text[found.end() :].strip():
        return False
    return not _ANY_LABEL.search(text[: found.start()])


@cache
def _turns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Labels that open a task or a turn, and labels that answer it; each on a line of its own."""
    start = r"\n[ \t]*(?:[#>*]{1,4}[ \t]*)?(?:\d{1,2}[.)][ \t]*)?"
    end = r"(?:[ \t]*\d{1,2})?[ \t]*\*{0,2}[ \t]*[:：]"
    labels = re.compile(rf"\n?{start}(?:(?P<person>{_PERSON})|(?:{_ASK})){end}", re.IGNORECASE)
    return labels, re.compile(rf"{start}(?:{_REPLY}|{_MACHINE}){end}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ChatMarkers:
    """Marks of a chat template or a prompt left in a text: `<|im_end|>`, `[INST]`, "### Response:"; value is the mark.

    The special tokens of ChatML, Llama, Mistral, Gemma and DeepSeek in instruction, input and output; the headings of
    Alpaca's prompt and a speaker's name in front in the output (a dozen languages). Passes where the task is about
    tokens, templates or prompts, or has the mark in it itself and speaks of such things.
    """

    def __call__(self, example: Example) -> Rejection | None:
        found = _token(example) or _heading(example) or _speaker(example)
        return Rejection(example, "chat-markers", value=found.strip(), note="left by a template") if found else None


def _token(example: Example) -> str:
    for text in (example.output, example.instruction, example.input):
        if not has_any(text, _TOKEN_SIGNS[not text.isascii()]):
            continue
        if (found := _TOKENS.search(text)) and not _ABOUT_TOKENS.search(_without(example.instruction)):
            return found[0] if not (text is example.output and found[0].strip() in example.input) else ""
    return ""


def _without(task: str) -> str:
    """The task without its marks, so that the "start" in a mark does not make the task about marks."""
    return _TOKENS.sub(" ", task)


def _heading(example: Example) -> str:
    if "##" not in example.output or not (found := _HEADING.search(example.output)):
        return ""
    if _ABOUT_TOKENS.search(example.instruction) or _OTHER_HEADING.search(example.output):
        return ""
    return "" if _STRUCTURED.search(example.instruction) else found[0]


def _speaker(example: Example) -> str:
    """The label that an output begins with, unless others have theirs."""
    found = _SPEAKER.match(example.output)
    if not found or len(_ANY_LABEL.findall(example.output)) > 1:
        return ""
    if _SPEAKER.match(example.input) or re.search(re.escape(found[0].strip()[:-1]), example.instruction, re.IGNORECASE):
        return ""
    return "" if _STRUCTURED.search(f"{example.instruction}\n{example.system}") else found[0]


@dataclass(frozen=True, slots=True)
class MergedInstructions:
    """A text into which the next item of a numbered batch has run: "12. Instruction:", a bare "###"; value is it.

    Alpaca's class 2 (https://github.com/gururise/AlpacaDataCleaned). Looks at instruction, input and output; the word
    "Instruction" of a dozen languages. Passes where the task is about instructions, prompts, formats or examples.
    """

    def __call__(self, example: Example) -> Rejection | None:
        for text in (example.output, example.instruction, example.input):
            if not has_any(text, _NUMBERED_SIGNS[not text.isascii()]) or not (found := _NUMBERED.search(text)):
                continue
            if not _ABOUT_STEPS.search(_NUMBERED.sub(" ", example.instruction)):
                return Rejection(example, "merged-instructions", value=found[0].strip(), note="another item runs on")
        return None


@dataclass(frozen=True, slots=True)
class Preamble:
    """An output that announces an answer and stops: "Sure, here is the poem:"; value is its length in characters.

    Every sentence agrees, promises or closes, in two dozen languages (`fillers`); or the first one does, and the text
    ends with a colon, an empty fence or a line. Passes where that can be the answer: a reply, a sentence, a heading, a
    yes to a question, a translation of one. Limit is the longest text that is looked at.
    """

    def __call__(self, example: Example) -> Rejection | None:
        text = example.output.strip(" \t\r\n*\"'")
        if not 0 < len(text) <= LONGEST or not only_announces(text, example.instruction, example.input[:2000]):
            return None
        note = "announces an answer and gives none"
        return Rejection(example, "preamble", value=len(text), limit=LONGEST, note=note)

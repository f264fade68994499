"""Marks of chat templates, prompts and datasets that were left in a text.

Knows the special tokens of the usual models, the headings of Alpaca's prompt, and the labels of speakers in two dozen
languages.
"""

import re
from dataclasses import dataclass
from functools import cache

from ittgen.filters.labels import GIVEN, MACHINE, PERSON, REPLY
from ittgen.filters.looks import first_of, has_any
from ittgen.records import Example, Rejection

_TOKENS = re.compile(
    r"\[\|[A-Za-z]{1,20}\|\]|<[|｜][A-Za-z][A-Za-z_▁-]{0,50}[|｜]>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>"
    r"|<extra_id_\d{1,3}>"
    r"|\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS)\]|(?<!<)</s>|\A\s*<s>|#{2,3}eos_token#{2,3}|<(?:eos|bos|pad"
    r"|unk)>"
    r"|</?(?:user|assistant|human|bot)>|<<(?:start|end) (?:of )?conversation>>|\[/?(?:EOS|BOS|SEP|CLS)\]"
)
"""Marks of ChatML, Llama, Mistral, Gemma, DeepSeek, T5 and home-made templates."""
_LEFT = re.compile(
    r"[<‹]\s*(?:no[ _-]?(?:input|output)|nooutput|入力なし|出力なし|无输入|无输出|입력 없음|출력 없음)\s*[>›]",
    re.IGNORECASE,
)
"""What datasets write where there is no input or output; in an input alone it is mended."""
_TOKEN_SIGNS = first_of(
    "[| <| <｜ INST] << _of_turn> s> SYSTEM_PROMPT [AVAILABLE [/AVAILABLE extra_id eos <bos <pad <unk "
    "user> assistant> human> bot> EOS BOS SEP CLS".split()
)
_ABOUT_TOKENS = re.compile(
    r"tokens?\b|tokeni[sz]|alpaca|sharegpt|chat ?ml|chat|template|prompt|llama|mistral|gemma|deepseek|delimiter"
    r"|fine-?tun|\bllm"
    r"|language model|gpt|transformer|marker|special|html|xml|\btags?\b|regex|strike|jsonl|placeholder|plantilla"
    r"|vorlage|modello|szablon|şablon|提示|模板|标记|トークン|テンプレート|токен|шаблон"
    r"|토큰|템플릿|رمز|قالب|टोकन|โทเคน",
    re.IGNORECASE,
)
_ANSWERS = "|".join(word for word in REPLY.split("|") if word not in ("a", "solution", "label", "lösung", "решение"))
_ORDERS = (
    "instruction|anweisung|instrucción|instrução|istruzione|инструкция|інструкція|instruktion|指令|指示|지시|निर्देश"
)
_HEADING = re.compile(
    rf"^[ \t]*#{{2,4}}[ \t]*(?:system|{_ORDERS}|{PERSON}|{MACHINE}|{GIVEN}|{_ANSWERS}|回应|応答)[ \t]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"\n[ \t]*#{2,4}[ \t]*(?:end|fine|fin|ende|fim|einde|koniec|конец|кінець|slut|son|结束|終わり|끝)[ \t]*\Z",
    re.IGNORECASE,
)
_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_PROMPT = re.compile(rf"#{{2,4}}[ \t]*(?:assistant|{_ANSWERS}|回应|応答)[ \t]*[:：]\s*\Z", re.IGNORECASE)
_OTHER_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]*[^\s#].*[^\s:：][ \t]*$", re.MULTILINE)
_GIVEN = re.compile(rf"\A\s*(?:{GIVEN})[ \t]*[:：][ \t]*\n", re.IGNORECASE)
_ANY_LABEL = re.compile(r"^[ \t*-]*[^\W\d][^:：\n]{0,30}[:：]", re.MULTILINE)
_TALKS = re.compile(
    r"dialog|conversation|interview|\bchat|\bscript|transcript|role-?play|\bscene|\bplay\b|screenplay|skit|exchange"
    r"|messages|faq|q\s?&\s?a"
    r"|few-?shot|dataset|jsonl|sft|\blog\b|format|continue|complete|next (?:line|turn)|speaker|said|says|gespräch"
    r"|unterhaltung|diálogo|conversación"
    r"|conversa|entrevista|entretien|диалог|разговор|интервью|对话|對話|采访|剧本|会話|対話|インタビュー|台本|대화"
    r"|인터뷰|حوار|محادثة|مقابلة|संवाद|बातचीत"
    r"|साक्षात्कार|บทสนทนา|สัมภาษณ์|assistant|\bai\b|\bbot\b|chatbot|prompt|instruction|template|question",
    re.IGNORECASE,
)
"""Tasks in which speakers have their labels."""
_LABEL = 80
"""Characters in which a label at the beginning has its colon."""


@dataclass(frozen=True, slots=True)
class ChatMarkers:
    """Marks of a chat template or a prompt left in a text: `<|im_end|>`, `[INST]`, "### Response:"; value is the mark.

    The special tokens of the usual models and of home-made templates, and what datasets write for no input or output,
    in instruction, input and output; the headings of Alpaca's prompt, and a label such as "Input:" or a speaker's name
    in front, in the output; a whole prompt or a transcript in the instruction. Passes where the task is about tokens,
    templates or prompts, or has the mark in it itself and speaks of such things.
    """

    def __call__(self, example: Example) -> Rejection | None:
        found = (
            _token(example) or _left(example) or _heading(example) or _speaker(example) or _prompt(example.instruction)
        )
        return (
            Rejection(example, "chat-markers", value=found.strip()[:60], note="left by a template") if found else None
        )


def _token(example: Example) -> str:
    for text in (example.output, example.instruction, example.input):
        if not ("<" in text or "[" in text or "#" in text) or not has_any(text, _TOKEN_SIGNS[not text.isascii()]):
            continue
        if (
            (found := _TOKENS.search(text))
            and not _is_shown(found, text, example)
            and not _ABOUT_TOKENS.search(_without(example.instruction))
        ):
            return found[0] if not (text is example.output and found[0].strip() in example.input) else ""
    return ""


def _is_shown(found: re.Match[str], text: str, example: Example) -> bool:
    """The mark is spoken of in the middle of the task, or is the end of a line struck out in HTML."""
    task = example.instruction.strip()
    within = found[0] in task and not task.startswith(found[0]) and not task.endswith(found[0])
    if text is example.instruction:
        within = within and text[: found.start()].rstrip(" ")[-1:].isalpha()
    return "<s>" in text[1 : found.start()] or within


def _without(task: str) -> str:
    """The task without its marks, so that the "start" in a mark does not make the task about marks."""
    return _TOKENS.sub(" ", task)


def _left(example: Example) -> str:
    """A word for no input in an instruction or an output that has other text as well."""
    for text in (example.output, example.instruction):
        if not ("<" in text or "‹" in text) or not (found := _LEFT.search(text)):
            continue
        if len(text.strip()) > len(found[0]) and not _ABOUT_TOKENS.search(_LEFT.sub(" ", example.instruction)):
            return found[0]
    return ""


def _heading(example: Example) -> str:
    if "##" not in example.output:
        return ""
    text = _FENCED.sub(" ", example.output)
    if end := _END.search(text):
        return end[0]
    if not (found := _HEADING.search(text)):
        return ""
    if _ABOUT_TOKENS.search(example.instruction) or _OTHER_HEADING.search(example.output):
        return ""
    return "" if _TALKS.search(example.instruction) else found[0]


def _speaker(example: Example) -> str:
    """The label that an output begins with, unless others have theirs."""
    if not has_any(example.output[:_LABEL], ":："):
        return ""
    found = _GIVEN.match(example.output) or _names().match(example.output)
    if found and _asked_again(found, example):
        return found[0]
    if not found or len(_ANY_LABEL.findall(example.output)) > 1:
        return ""
    if _names().match(example.input) or re.search(re.escape(found[0].strip()[:-1]), example.instruction, re.IGNORECASE):
        return ""
    return "" if _TALKS.search(f"{example.instruction}\n{example.system}") else found[0]


def _asked_again(found: re.Match[str], example: Example) -> bool:
    """The speaker says the instruction, before another one answers it."""
    first, line, _ = example.output[found.end() :].strip().partition("\n")
    return bool(line) and first.strip(" *") == example.instruction.strip()


def _prompt(task: str) -> str:
    """The end of a prompt that should have been around the instruction, or the turns of a transcript."""
    if "##" in task and (found := _PROMPT.search(task)):
        return found[0]
    if ":" not in task and "：" not in task:
        return ""
    first, last, within = _names().match(task), _last_name().search(task), _within().search(task)
    found = first if first and last else within
    return found[0] if found and not _TALKS.search(_last_name().sub(" ", _names().sub(" ", task))) else ""


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\A\s*(?:\*\*|<)?(?:{MACHINE}|{PERSON})(?:\*\*|>)?[ \t]*[:：]", re.IGNORECASE)


@cache
def _last_name() -> re.Pattern[str]:
    return re.compile(rf"\n\s*<?(?:{MACHINE})>?[ \t]*[:：][ \t]*\S*\s*\Z", re.IGNORECASE)


@cache
def _within() -> re.Pattern[str]:
    """A turn in the middle of a line, behind the end of a sentence."""
    return re.compile(r"[.?!。？！]\s+(?:Human|User|Assistant|AI)[ \t]*:\s")

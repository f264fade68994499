"""Outputs that give back what was given: the instruction said again, the input returned though it was to be changed.

Knows the words by which tasks ask for just that, in a dozen languages, and computes where it can be told: whether a
list that was to be sorted is in order, whether a word reads the same backwards. Likeness between rows is `dedup`'s.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from ittgen.filters.labels import PERSON
from ittgen.filters.unchanged import may_stay
from ittgen.records import Example, Rejection

_ASKS_ECHO = re.compile(
    r"repeat|echo|copy|copies|verbatim|say (?:exactly|after)|exactly|quine|write (?:down )?(?:this|the following)"
    r"|type (?:this|the)"
    r"|recite|correct|proof|grammar|punctuat|spell|rewrite|capitali|upper ?case|lower ?case|transcri|quote"
    r"|this sentence|translate|reverse"
    r"|palindrome|paraphras|rephrase|reword|unscramble|rearrange|reorder|order of the words"
    r"|wiederhol|schreibe? ab|répète|repite|repete|repita|повтори|перепиши|重复|复述|繰り返|復唱|따라|반복|كرر"
    r"|दोहरा|ทวน|พูดตาม",
    re.IGNORECASE,
)
_RESTATED = re.compile(
    r"(?:(?:sure|okay|ok|certainly|of course)[\s,.!:]+)?(?:(?:the |your |my )?(?:task|question|instruction"
    r"|request|prompt)(?: here)?(?: is|:)"
    r"|(?:you (?:have )?(?:asked|want(?:ed)?|would like|told)(?: me)?|i (?:have been|was|am|'ve been) asked"
    r"|i need|i have|i am|i'm|i'm going|the user (?:wants|asked)(?: me)?)"
    r"(?=\s+to\b)|i will now|i will|i'll|the question asks|the task asks|you asked(?: me)?:?|(?:a )?(?:simple "
    r"|short )?answer (?:about|to)"
    r"|(?:die|meine) aufgabe (?:ist|lautet):?|ich soll|la (?:tarea|pregunta) es:?|la (?:tâche|question) est:?"
    r"|задача:?|вопрос:?|你的问题是|问题是|任务是|問題[:：]|質問[:：])"
    r"\s*(?:to\s+)?|(?:sure|okay|certainly|of course|好的|当然|claro|natürlich|bien sûr|конечно"
    r"|はい)[\s,.!:，。！、]+",
    re.IGNORECASE,
)
"""Words by which a reply announces that it says the task again."""
_LABELS = re.compile(
    r"^[ \t#*]*(?:instruction|task|question|prompt|input|output|response|answer|aufgabe|frage|antwort|tâche|pregunta"
    r"|tarea|respuesta|вопрос"
    r"|задача|ответ|指令|任务|问题|输入|输出|回答|指示|入力|出力|질문|답변)[ \t*]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_REPORTED = re.compile(
    rf"\A\W*(?:\w{{1,4}}['’ ]+)?(?:{PERSON}|utilizador|utilizatorul|brukeren)\w*(?: \w+){{0,2}}? ?"
    r"(?:ask|want|request|would like|need|bitt|möcht|frag|will\b|demand|souhait|veut|pid|pregunt|solicit|quier|ped|quer"
    r"|pergunt|gostaria|chied|vuol|domanda|vra[ag]|wil\b|wens|pros|chce|pyta|прос|хоч|спраш|запит|chce|ptá|žádá|vill"
    r"|ber\b"
    r"|frågar|ønsk|vil\b|spør|cere|vrea|întreab|kér|szeretn|akar|ζητ|θέλ|ρωτ|iste|sor|yêu cầu|muốn|hỏi|mint|mem?inta"
    r"|ingin"
    r"|bertanya|想|要|请|請|希望|询|詢|问|は.{2,80}(?:求め|尋ね|望|依頼|聞い|欲し)|[가는].{2,80}(?:요청|질문|원하|물)|يطلب|يريد|يسأل"
    r"|چاهتا|می‌?خواهد|خواسته|מבקש|רוצה|चाह|पूछ|ต้องการ|ถาม|ขอ)",
    re.IGNORECASE,
)
"""A report of who asked, which is no answer: "The user wants me to …"."""
_REPORT = 60
"""Words of the longest such report."""
_LED = re.compile(r"[^\d;={}()\n:：]{1,40}[:：]")
"""A few words before the task and a colon, in any language: "The question is:"."""
_LEAST_LETTERS = 12
"""A shorter task may well be its own answer; eight characters of a script without blanks weigh as much."""
_LONGEST_TASK = 20_000
_COMPARED = 300
"""Words beyond which two texts are not compared word by word."""
_LEAST_SAME = 60
_NEAR = 0.86
"""Likeness from which on an answer that begins as the task does is the task again."""


@dataclass(frozen=True, slots=True)
class PromptEcho:
    """An output that says the instruction back and adds nothing: value is how much of it is the task, from 0 to 1.

    A failure of small teachers (Auto Evol-Instruct, https://arxiv.org/abs/2406.00770, calls it stagnant: a reply that
    only acknowledges). Compared by letters and digits alone, so every script is treated alike; nearly the same words
    count where they begin as the task does. Announcements are known in English and a few languages ("You asked me
    to …"). Passes where the task asks to repeat, correct or quote, and for tasks of fewer than 12 letters or more than
    20,000 characters.
    """

    def __call__(self, example: Example) -> Rejection | None:
        if (
            len(example.instruction) > _LONGEST_TASK
            or not example.output
            or len(example.output) > 3 * len(example.instruction + example.input) + 80
        ):
            return None
        if not (share := _said_back(example)) or _ASKS_ECHO.search(example.instruction):
            return None
        return Rejection(example, "prompt-echo", value=share, note="the output repeats the instruction")


def _said_back(example: Example) -> float:
    """How much of the output is the task again, where it is nothing else; 0 where it is something else."""
    task = letters(example.instruction)
    if len(example.output) > 2 * len(example.instruction) + len(example.input) + 80:
        return 1.0 if _rounds(letters(example.output), task) else 0.0
    if _says_back(example, task):
        return 1.0
    if share := _ends_as(letters(example.output), task):
        return share
    if _REPORTED.match(example.output) and (share := _reported(example.instruction, example.output)):
        return share
    return _likeness(example.instruction, example.output)


def _says_back(example: Example, task: str) -> bool:
    plain = _LABELS.sub("", example.output.strip())
    announced = _RESTATED.match(plain)
    said, bare = letters(plain), letters(plain[announced.end() :]) if announced else ""
    given = letters(example.input)
    if _weight(task) < _LEAST_LETTERS:
        return bool(announced and task) and bare == task
    if not {said, bare}.isdisjoint({task, task + given, task + "input" + given}) or _rounds(said, task):
        return True
    if (led := _LED.match(plain)) and letters(plain[led.end() :]) == task:
        return True
    rest = task.endswith(said) and "\n" not in example.instruction and not _ABOUT_FORM.search(example.instruction)
    return (task.startswith(said) or rest) and len(said) >= 0.8 * len(task)


def _ends_as(said: str, task: str) -> float:
    """How much of an output is the end of the task, where that is all but a few first words of both; else 0."""
    pairs = enumerate(zip(reversed(said), reversed(task), strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(said), len(task)))
    enough = _LEAST_SAME <= same < len(task) and same >= 0.8 * len(said) and same >= 0.6 * len(task)
    return round(same / len(said), 2) if enough else 0.0


def _reported(task: str, output: str) -> float:
    """How much of a report is words of the task, told by how they begin; 0 where it says more, or is what was asked."""
    asked, said = ({word[:4] for word in re.findall(r"\w{4,}", text.lower())} for text in (task, output))
    share = len(asked & said) / len(asked) if asked and len(output.split()) <= _REPORT else 0.0
    return round(share, 2) if share >= 0.6 and not re.search(PERSON, task, re.IGNORECASE) else 0.0


def _rounds(said: str, task: str) -> bool:
    """The task over and over."""
    times, rest = divmod(len(said), len(task)) if task else (0, 0)
    return times > 1 and not rest and said == task * times


def _likeness(task: str, output: str) -> float:
    """How alike the two are, word by word, where they begin alike; 0 where they do not, or are too short to tell."""
    asked, said = task.lower().split(), output.lower().split()
    if len(asked) > 1 and said and said[0] == asked[1]:
        del asked[0]  # "Find the largest …", "The largest …"
    if not 6 <= len(said) <= _COMPARED or not 0.75 * len(asked) <= len(said) <= 1.25 * len(asked) or "___" in task:
        return 0.0
    if said[0] != asked[0] or len(set(said) & set(asked)) < 0.7 * len(set(asked)):
        return 0.0
    if _ABOUT_FORM.search(task):
        return 0.0
    share = SequenceMatcher(None, asked, said, autojunk=False).ratio()
    return round(share, 2) if share >= _NEAR else 0.0


@dataclass(frozen=True, slots=True)
class SameAsInput:
    """An output that only gives the input back (https://arxiv.org/abs/2212.10560). No value.

    Blanks, marks and capitals around it apart, unless the task is about those. Where there is no input, the text that
    stands below or behind the order in the instruction is taken for it. Passes where nothing to change can be right:
    copying, correcting a few words or where the order leaves open whether there is a fault, a list in order that was to
    be sorted, a word that reads the same backwards.
    """

    def __call__(self, example: Example) -> Rejection | None:
        output = _unfenced(example.output)
        given = _unfenced(example.input) or (_in_task(example.instruction) if output in example.instruction else "")
        if not given or not output or not _same(given, output, example.instruction):
            return None
        if may_stay(example.instruction, given):
            return None
        return Rejection(example, "output-equals-input", note="the output repeats the input")


_ABOUT_FORM = re.compile(
    r"case\b|capital|punctuat|comma|quot|hyphen|apostroph|spac|blank|format|indent|align|bracket|bold|italic|camel"
    r"|full stop|period"
    r"|correct|spell|gramm|\bfix\b|accent|groß|klein|satzzeichen|anführ|punkt|majuscul|minuscul|mayúscul|minúscul"
    r"|ponctu|puntu|pontu|maiúscul|maiuscol|minuscol|hoofdletter|kleine letter|versal|gemen|wielk\w+ lit|mał\w+ lit"
    r"|büyük harf|küçük harf|літер|nagybetű|kisbetű|velk\w+ písm|mal\w+ písm|huruf|chữ (?:hoa|thường)|κεφαλαί|πεζ"
    r"|маленьк|больш|заглавн|строчн|кавыч|точк|标点|大写|小写|逗号|引号|格式|句号|句読|대문자|소문자|نقط",
    re.IGNORECASE,
)
"""Tasks whose answer may differ in capitals, blanks and marks alone."""
_FENCE = re.compile(r"```\w*\n((?:(?!```).)*)```", re.DOTALL)
_NO_MARKS = dict.fromkeys(map(ord, ".,!?;:…。！？，、；：।؟،\"'“”„«»「」‘’*_`"))


def _unfenced(text: str) -> str:
    """The text without blanks around it, and without the fence that it stands in as a whole."""
    bare = text.strip()
    found = _FENCE.fullmatch(bare) if bare.startswith("```") else None
    return found[1].strip() if found else bare


def _same(given: str, output: str, task: str) -> bool:
    """Whether they are the same but for blanks, marks at the ends and capitals, which some tasks are about."""
    if given == output:
        return True
    if not 0.6 * len(given) <= len(output) <= 1.4 * len(given) + 4:
        return False
    if _plain(given) == _plain(output):
        return output not in (given.upper(), given.lower(), given.title()) and not _ABOUT_FORM.search(task)
    return bool(_QUESTION.search(task)) and _alike(given.split(), output.split()) >= 0.9


def _plain(text: str) -> list[str]:
    return text.lower().translate(_NO_MARKS).split()


_QUESTION = re.compile(
    r"[?？]\s*\Z|\A\W*(?:what|who|when|where|why|how|which|is|are|was|were|does|do|did|can)\b", re.IGNORECASE
)
"""A text given with a question is to be read, and not to be given back."""
_LEAST_WORDS = 30


def _alike(given: list[str], said: list[str]) -> float:
    """How alike two long texts are; 0 where they are short, or too long to compare."""
    if not _LEAST_WORDS <= len(given) <= _COMPARED or len(set(given) & set(said)) < 0.8 * len(set(given)):
        return 0.0
    return SequenceMatcher(None, given, said, autojunk=False).ratio()


def _in_task(task: str) -> str:
    """The text that an instruction holds: its last paragraph, what stands behind a colon or in quotation marks."""
    _, _, below = task.strip().rpartition("\n")
    order, colon, behind = task.partition(":") if ":" in task else task.partition("：")
    quoted = re.search(r"[\"“„«「『‘']([^\"“”„«»「」『』]{8,})[\"”»」』’']\W*\Z", task.strip())
    found = (
        below
        if below != task.strip()
        else behind
        if colon and len(order) < len(task) - 8
        else quoted[1]
        if quoted
        else ""
    )
    return found.strip(" \t\"“”„«»「」『』'")


def letters(text: str) -> str:
    """Letters and digits in lower case, nothing else."""
    return "".join(filter(str.isalnum, text.lower()))


def _weight(letters: str) -> float:
    """Letters, those beyond the alphabets of Europe and the near East counted half as much again."""
    return len(letters) if letters.isascii() else sum(1.5 if letter >= "\u0e00" else 1 for letter in letters)

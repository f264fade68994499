"""Inputs that only say that there is none, in two dozen languages: a word for "no" and a word for "input", or a mark.

Knows what may excuse such a word: a task about the word itself. Alpaca's class 7: see
https://github.com/gururise/AlpacaDataCleaned.
"""

import re
from dataclasses import dataclass, replace

from ittgen.filters.emptiness import EDGES, LONGEST, shows_nothing
from ittgen.filters.looks import has_any
from ittgen.records import Example, Rejection

_NO = (
    r"(?:no|without|none|zero|keine?|ohne|pas d['’ ]|pas de|(?:il n['’]y a )?(?:aucune?|pas d['’])|sans|sin|no hay"
    r"|ninguna?|sem|nenhuma?|não há|nessun[oa]?|senza|geen|zonder|brak|bez|ingen|intet|inget|uten|utan|uden|ei|nincs"
    r"(?:en)?|nicio|niciun|fără|žádn[ýáé]|není|нет|без|отсутству\w+|немає|відсутн\w+|tidak ada|tanpa|không(?: có"
    r"| cần)?"
    r"|χωρίς|καμία|δεν υπάρχει|אין|ללא|بدون|لا يوجد|لا توجد|بدون|هیچ|hakuna|walang)"
)
_INPUT = (
    r"(?:(?:further|additional|specific|extra|external|user|text|other|weitere[nr]?|zusätzliche[nr]?|texte"
    r"|autres?|más|outr[ao]s?"
    r"|altr[oi]|verdere|dodatkow\w+|дополнительн\w+|додатков\w+) )?(?:de )?(?:inputs?|context|details"
    r"|information|kontext|angaben?|contexte?"
    r"|contexto|contesto|kontekst\w*|контекст\w*|bağlam|ngữ cảnh|konteks|eingaben?"
    r"|entrées?|entradas?(?: de (?:texto|datos))?|ingresso|dati di input|invoer|dan(?:ych|e) wejściow\w+|wejści\w*"
    r"|indata|inndata|inddata|bemenet\w*|bemeneti adat|intrare|vstup\w*|syöte\w*|syötettä"
    r"|(?:входн\w+ )?данн\w+|ввод\w*|вхідн\w+ дан\w+|введення|вводу|girdi|giriş|masukan|đầu vào|dữ liệu(?: đầu vào)?"
    r"|είσοδος?|קלט|ورودی|مدخل\w*|إدخال|ingizo)"
)
_NEEDED = (
    r"(?:required|needed|necessary|provided|given|available|specified|supplied|present|erforderlich|nötig|notwendig"
    r"|benötigt|vorhanden|angegeben|requise?|nécessaire|fournie?|disponible|necesari[ao]|requerid[ao]|necessári[ao]"
    r"|fornecid[ao]|richiest[ao]|necessari[ao]|fornit[ao]|nodig|vereist|beschikbaar|wymagan\w+|potrzebn\w+|krävs"
    r"|behövs|kræves|kreves|nødvendig|требу\w+|нужн\w+|потрібн\w+|potřeba|szükséges|necesară|gerekli|gerekmez"
    r"|gerekmiyor|diperlukan|cần thiết|required)"
)
_NOT = r"(?:not|nicht|non|no|não|niet|nie|не|ej|inte|ikke|ei|nem|nu|není|tidak|không|bukan)"
_WORDS = re.compile(
    rf"(?:there (?:is|was) |es gibt |er is )?{_NO} ?{_INPUT}(?:,? (?:is |was |are |ist |es |est |n['’]est |é |è |jest "
    rf"|är |er |este )?{_NEEDED})?"
    r"(?: (?:for this|pour cette?|für diese[nrs]?|para est[ae]|per quest[ao]|voor deze|do tego|для (?:этого|этой|цього"
    r"|цієї)|för denna|til denne|pro tento|pro tuto|pentru această|ehhez a|bu|cho|untuk) [\w ]{2,20})?"
    rf"|(?:the )?{_INPUT}(?::| (?:is|was|ist|es|est))? ?(?:{_NOT} {_NEEDED}|відсутн\w+|отсутству\w+|fehlt|fehlen"
    rf"|missing|manquante?s?|ausentes?|assenti?|ontbreekt"
    r"|ontbreken|saknas|mangler|chybí|lipsește|hiányzik|λείπει|puuttuu|brakuje|none|n/?a|empty|null|yok|nincs|leer|vide"
    r"|vacía|vazia|gerekmez|gerekmiyor|gerekli değil)"
    rf"|(?:es wird |nu este |non è |no es |não é |it )?{_NOT} (?:\w+ ){{0,2}}?{_NEEDED} (?:\w+ ){{0,2}}?{_INPUT}"
    r"|no[-_]?input|input:? (?:none|n/?a|empty|null|not)(?: (?:is )?(?:required|needed|necessary|given|provided"
    r"|applicable))?|n/?a \(no input\)|empty input"
    r"|(?:无|無|没有|沒有|不需要|无需|無需)(?:任何)?(?:输入|輸入)(?:内容)?|(?:输入|輸入)[：:]?(?:无|無|为空|空)"
    r"|入力(?:値|データ)?(?:[はが]|：)?(?:なし|無し|ナシ|不要(?:です)?|ありません|必要ありません|空)"
    r"|입력 ?(?:값|내용|데이터)?(?:이|은)? ?(?:없음|없습니다|불필요|필요하지 않습니다|필요 ?없음)"
    r"|कोई इनपुट नहीं(?: (?:है|चाहिए|आवश्यक))?|इनपुट नहीं|ไม่มี(?:ข้อมูล(?:นำเข้า)?|อินพุต)|কোনো ইনপুট নেই",
    re.IGNORECASE,
)
"""What speaks of an input and denies it: seldom the thing itself."""
_BARE = re.compile(
    r"n\s?[/.]?\s?a|none(?: (?:given|provided|required|needed|necessary))?|null|nil|empty|blank"
    r"|not (?:applicable|required|needed|provided|available)|nicht (?:zutreffend|erforderlich)|entfällt|keine?"
    r"|no se (?:requiere|necesita) (?:ninguna )?entrada|no (?:aplica|procede)|ningun[ao]|aucune?|non applicable"
    r"|sans objet|sin objeto|k\. ?a\.?"
    r"|nenhuma? ?(?:necessária)?|não (?:se aplica|aplicável)|nessun[oa]?|non applicabile|niet van toepassing|geen"
    r"|nie dotyczy|brak(?: danych)?|ingen|inget|ej tillämpligt|není|žádné|nincs|не (?:применимо|требуется|нужно)"
    r"|неприменимо|нет|немає|yok|gerekmiyor|tidak ada|không(?: có)?|无|無|不适用|不適用|没有|沒有|空|なし|無し"
    r"|該当なし"
    r"|없음|해당 ?없음|없습니다|لا يوجد|لا ينطبق|غير متوفر|कोई नहीं|लागू नहीं|ไม่มี|אין|δεν υπάρχει|ندارد"
    r"|[-–—/.]{1,4}",
    re.IGNORECASE,
)
"""Words that may as well be what the task is about."""
_ABOUT_WORDS = re.compile(
    r"translat|convert|abbreviat|acronym|\b(?:word|phrase|message|value|type|mean|spell|pronounc\w*|letters?"
    r"|synonym\w*|antonym\w*|opposite|adjective|noun|verb|adverb|button|label|error|string|expression|symbol|sign"
    r"|character|punctuation"
    r"|literal|keyword|boolean|variable|field|cell|reply"
    r"|answer|response)s?\b"
    r"|übersetz|\bwort|traduc|tradui|mot\b|palabra|palavra|parola|woord|słow|перевед|слов[оа]|翻译|翻訳|译|訳|单词|词"
    r"|言葉|単語|단어|번역|ترجم|كلمة|अनुवाद|शब्द|แปล|คำว่า|kelime|\bkata\b|\btừ\b",
    re.IGNORECASE,
)
"""Tasks in which the word that stands there may be the thing itself."""
_IDIOMS = re.compile(
    r"\b(?:simple|own|other|plain|few|easy) words\b|\b(?:einfachen|eigenen|wenigen|anderen) worten\b"
    r"|\bpalabras (?:sencillas|simples)|\b(?:tus|sus|pocas) (?:propias )?palabras|\bpalavras simples"
    r"|\b(?:suas|poucas) (?:próprias )?palavras|\bparole (?:semplici|tue|sue|povere)|\b(?:eigen|eenvoudige) woorden"
    r"|\b(?:prostymi|własnymi|kilku) słow\w+|\b(?:простыми|своими|простими|своїми|двумя) словами",
    re.IGNORECASE,
)
"""Words that are only the manner of an answer."""
_OBJECT = re.compile(r"[\"“”«»„「『'‘]\s?\w[^\"“”«»」』]*[\"”«»“」』'’]|[:：]\s*\w")
"""A task that holds what it is about."""
_NUMBER = re.compile(r"\s*\n\s*\d{1,2}[.)]?\s*\Z")
"""The number of the next task of a list, which the splitting left behind."""


@dataclass(frozen=True, slots=True)
class NoInput:
    """An input that only says there is none ("<noinput>", "N/A", "No input required") is made empty; no row goes.

    Alpaca's class 7 (https://github.com/gururise/AlpacaDataCleaned). Two dozen languages; a word of another one stays
    as it is. It stays too where the task may be about the word itself: translating "None", spelling out "N/A".
    """

    def __call__(self, example: Example) -> Rejection | None:
        return None

    def mend(self, example: Example) -> Example:
        """The example with an empty input where the input was a placeholder, else the same object."""
        text = example.input
        if not text or len(text) > LONGEST or not _says_none(text, example.instruction):
            return example
        return replace(example, input="")


_BRACKETS = str.maketrans(dict.fromkeys("[](){}（）【】"))
_NEEDS = re.compile(
    r"\b(?:task|instruction|question|prompt|exercise|aufgabe|frage|anweisung|tâche|question|consigne|tarea|pregunta"
    r"|instrucción|tarefa"
    r"|pergunta|instrução|compito|domanda|istruzione|taak|opdracht|vraag|zadanie|polecenie|задани\w*|задач\w*"
    r"|вопрос\w*|завданн\w*"
    r"|görev\w*|soru\w*|uppgift\w*|opgave\w*|úkol\w*|sarcin\w*|feladat\w*)\b[^.!?]{0,40}?"
    rf"\b(?:{_NOT}|n['’]t|doesn['’]t|don['’]t|ne|keine?|geen|ingen|aucune?|ningun[ao]|nenhuma?|alcun[ao]|nessun[ao]"
    rf"|żadn\w+|žádn\w+"
    r"|niciun\w*)\b[^.!?]{0,40}?"
    rf"\b{_INPUT}\b|\b{_INPUT}\b[^.!?]{{0,20}}\b(?:{_NOT}|isn['’]t|aren['’]t)\b[^.!?]{{0,20}}\b{_NEEDED}\b"
    r"|(?:任务|指令|问题|題目|题目)(?:不需要|无需|無需|沒有|没有)(?:任何)?(?:输入|輸入)|(?:タスク|課題|質問|指示)(?:に|で)は、?入力(?:は|が)(?:必要(?:あ|で)|不要|ありま)",
    re.IGNORECASE,
)
"""A sentence that tells that this task needs none."""
_INPUT_SIGNS = tuple(
    "input context detail inform kontext angab eingab contex contest kontekst konteks entra ingresso dati invoer dan "
    "wej indata inndata inddata bemenet intrare vstup sy girdi masukan ingizo".split()
)
"""The beginnings of the words for an input, as far as they are ASCII."""
_SENTENCE = 12
"""Words of the longest such sentence."""


def _tells_none(text: str, task: str) -> bool:
    """Whether a short sentence says so, to a task that is not about inputs itself."""
    if text.isascii() and not has_any(text.lower(), _INPUT_SIGNS):
        return False
    return len(text.split()) <= _SENTENCE and bool(_NEEDS.search(text)) and not re.search(_INPUT, task, re.IGNORECASE)


def denies_input(text: str, task: str) -> bool:
    """Whether a text in the place of an input says that there is none; to a task about words a word may be one."""
    if len(text) > LONGEST:
        return False
    bare = _bare(text)
    if not bare or _WORDS.fullmatch(bare) or _tells_none(text, task):
        return True
    return bool(_BARE.fullmatch(bare)) and not (bare.isalpha() and _ABOUT_WORDS.search(task))


def _says_none(text: str, task: str) -> bool:
    if shows_nothing(text):
        return True
    inner, bare = text.strip(EDGES), _bare(text)
    if _tells_none(text, task):
        return True
    if _WORDS.fullmatch(bare):
        marked = (bare != inner or ":" in bare or bare.casefold() == "noinput") and "input" in bare.casefold()
    elif _BARE.fullmatch(bare):
        marked = False
    else:
        return False
    return (
        marked
        or not _ABOUT_WORDS.search(_IDIOMS.sub(" ", task))
        or (bool(_OBJECT.search(task)) and bare.lower() not in task.lower())
    )


def _bare(text: str) -> str:
    """The words, without marks around them, HTML's brackets and the number of a task that follows."""
    plain = _NUMBER.sub("", text).replace("&lt;", "<").replace("&gt;", ">").replace("_", " ")
    return plain.translate(_BRACKETS).strip(EDGES).strip("</>《》＜＞〈〉").strip(EDGES)

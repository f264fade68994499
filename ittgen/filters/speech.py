"""Tasks that want what somebody says: a letter, a scene, a reply, a sentence. There a refusal may be right.

A word such as "reply" or "sentence" is no sign of one by itself ("Keep the reply short", "in one sentence"): in English
it must be the object of the order. Of other languages the nouns decide, in the forms that objects have.
"""

import re

_WORK = (
    r"(?:dialog(?:ue)?s?|conversations?|scenes?|scripts?|skit|e-?mails?|letters?|messages?|repl(?:y|ies)|responses?"
    r"|monologue|speech|chat|sms"
    r"|tweets?|posts?|sentences?|phrases?|quotes?|quotations?|diary|interview|captions?|greetings?|slogans?|voicemail"
    r"|announcement|toast|excuse"
    r"|lines? of dialogue|idioms?|proverbs?|complaint|testimonial"
    r"|comments?(?= (?:about|for|to|from|that|under|below|on (?:an?|the|this|my))\b|\W*\Z)|examples? of)"
)
_ORDER = (
    r"(?:write|writing|compos\w+|draft|create|creating|give(?! the)|generate|make|making|prepare|craft|invent|form"
    r"|construct|use(?! the| this)|using|complete"
    r"|continue|finish|pen|tell|need|want|design|produce|come up|provide|suggest|formulate)"
)
_SPEECH = re.compile(
    rf"\b{_ORDER}\b(?: (?!in\b|of\b|for\b|from\b|with\b|under\b|keep\b)[\w'’-]+){{0,7}}? {_WORK}\b"
    rf"|\A\W*(?:an? |the |short |funny |formal |polite |two |three |\d+ )*{_WORK}\b"
    r"|\b(?:reply|respond|answer) (?:politely |kindly |back )?to\b|\b(?:act|speak|talk|write|answer) (?:as"
    r"|like) (?:an?|the|if)\b"
    r"|\brole-?play\w*|\bpretend (?:to be|(?:that )?you(?:'re| are) (?:an?|the|my)\b(?! form))"
    r"|\byou are (?:\w+, )?(?:an?|the"
    r"|my) (?!filling)"
    r"|\bsay (?:no|yes|to|something|goodbye|hello|thank)|\bwhat (?:would|do|does|did|might|should"
    r"|could) (?:\w+ ){1,4}say\b|\bhow (?:would|do|does|to|should) (?:\w+ ){0,3}(?:say|greet|thank)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:einen|ein|den|deinen|een) brief|nachricht|dialoge|einen dialog|gespräch|(?<!einem )satz|sätze|antworte"
    r"|lettre|un message|un dialogue|(?<!une )phrase|réponds"
    r"|carta|mensaje|diálogo|(?<!una )frase|responde|lettera|messaggio|dialogo|mensagem|(?<!uma )frase|responda"
    r"|bericht|gesprek|wiadomość|rozmow\w+|диалог\w*|письм\w+|сообщени\w+"
    r"|(?<!одном )предложени\w+|ответь|діалог|mektup|mesaj|diyalog|pesan|brev|meddelande|samtal)\b"
    r"|lá thư|tin nhắn|hội thoại|对话|對話|邮件|短信|回复|造句|例句|会話|メール|返事|返信|文を|台詞|대화|답장|문장"
    r"|메시지|편지|حوار"
    r"|رسالة|جملة|संवाद|पत्र|वाक्य|บทสนทนา|ประโยค|จดหมาย",
    re.IGNORECASE,
)
_READ = 1_000


def wants_speech(task: str) -> bool:
    """Whether the answer may be what somebody else would say.

    >>> wants_speech("Write a polite reply to a guest."), wants_speech("Sort the list. Keep the reply short.")
    (True, False)
    """
    read = task[:_READ]
    return bool(_SPEECH.search(read) or _ELSEWHERE.search(read))


def quoted(text: str, position: int) -> bool:
    """Inside quotation marks that were opened and not closed, in the same paragraph."""
    before = text[max(0, text.rfind("\n", 0, position)) : position]
    opened = any(before.count(left) > before.count(right) for left, right in ("“”", "«»", "「」", "『』"))
    return opened or before.count('"') % 2 == 1 or before.endswith(("'", "‘", "„"))

"""Announcements of an answer, in a dozen languages: "Sure, here is the poem:".

Knows the words, and the tasks to which such words are the answer; knows nothing of examples.
"""

import re

_PROMISE = re.compile(
    r"(?:(?:sure(?: thing)?|certainly|of course|okay|ok|absolutely|gladly|no problem|great|alright)\b[\s,.!–—-]*)?"
    r"(?:(?:here(?:'s|’s| is| are)|below (?:is|are)|the following (?:is|are)|following (?:is|are)|i(?:'ve"
    r"| have) (?:written|prepared|created|made|put together)|this is)\b[^\n:：]{0,200}"
    r"|(?:i(?:'d| would) be (?:happy|glad|delighted) to|i(?:'ll| will| can)(?: certainly| gladly"
    r"| now)?(?: be happy to)?|i(?:'m| am) (?:happy|going|glad) to|let me|let's) [^\n:：]{0,200})?",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"sure|certainly|of course|okay|ok\b|absolutely|gladly|no problem|alright|i(?:'d| would) be (?:happy|glad"
    r"|delighted) to",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"here(?:'s|’s| is| are) (?:the|a|an|your|my|some) [^\n:：.!]{2,100}(?:you(?:'ve| have)? (?:asked|requested"
    r"|wanted)(?: for)?|as requested|below)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?:好的|当然(?:可以)?|没问题|可以的?|當然)?[，,。!！\s]*(?:以下是|下面是|这是|這是|这里是"
    r"|為您)[^\n：:]{0,60}[：:]"
    r"|(?:はい|かしこまりました|もちろん(?:です)?|承知(?:いた)?しました|わかりました)?[、,。!！\s]*(?:以下"
    r"|こちら|次)(?:は|が|に"
    r"|の)[^\n：:]{0,60}(?:[：:]|(?:通り|とおり)です。)|かしこまりました。以下[^\n：:]{0,60}です。"
    r"|(?:네|물론(?:입니다|이죠)?|알겠습니다)?[,.!\s]*(?:다음은|여기|아래는)[^\n：:]{0,80}[:：]"
    r"|(?:(?:claro|¡?por supuesto|desde luego|con gusto|certo|com certeza|certamente"
    r"|naturalmente)[\s,.!¡]*(?:que sí)?[\s,.!]*)?¡?(?:aquí (?:tienes?|está|van?|te)|a continuación"
    r"|aqui está|aqui vai|segue|a seguir|ecco)\b[^\n：:]{0,150}[:：]"
    r"|(?:(?:natürlich|gerne?|klar|selbstverständlich|sicher)[\s,.!]*)?(?:hier (?:ist|sind|kommt|folgt)"
    r"|nachfolgend|im folgenden)\b[^\n：:]{0,150}[:：]"
    r"|(?:(?:bien sûr|certainement|avec plaisir|d['’]accord)[\s,.!]*)?(?:voici|ci-dessous)\b[^\n：:]{0,150}[:：]"
    r"|(?:(?:конечно|хорошо|разумеется|с удовольствием)[\s,.!]*)?(?:вот|ниже)\b[^\n：:]{0,150}[:：]"
    r"|(?:(?:بالطبع|بالتأكيد|حسنًا|طبعًا)[\s،,.!]*)?(?:إليك|هذه|هذا|فيما يلي|إليكم)[^\n：:]{0,120}[:：]"
    r"|(?:(?:ज़रूर|जरूर|बिल्कुल|हाँ|अवश्य)[\s,.!।]*)?(?:यहाँ|यह रहा|यह रही|यहां|नीचे|निम्नलिखित)[^\n：:]{0,120}[:：]"
    r"|(?:แน่นอน|ได้เลย|ได้)?(?:ค่ะ|ครับ)?[\s,!]*(?:นี่คือ|ต่อไปนี้|ด้านล่าง)[^\n：:]{0,120}[:：]"
    r"|(?:好的|当然可以|当然|はい、わかりました|承知しました|claro que sí|por supuesto|natürlich|bien sûr"
    r"|конечно|물론입니다|بالطبع|ज़रूर|แน่นอนค่ะ|แน่นอนครับ)[。.!！，,\s]*",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:reply|respond|say|translat\w*|dialogue?|e-?mail|message|letter|customer|sentence|phrase|quote"
    r"|complete|paraphrase|rewrite|introduc\w*|lead-?in|header|heading|title"
    r"|greeting|caption|synonym\w*|agree|answer (?:yes|no)|polite\w*|continue|correct|can you|could you|are you"
    r"|will you|would you|do you|may i|is it|accept|confirm"
    r"|role|pretend|waiter|one word)\b"
    r"|翻译|回复|续写|改写|翻訳|返事|訳|übersetz|antworte|traduc|respond|tradui|répond|traduz|перевед|ответь"
    r"|번역|대답|ترجم|रد|अनुवाद|แปล|ตอบ",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:reply|respond|say|translat\w*|dialogue?|sentence|phrase|quote|complete|paraphrase|introduc\w*"
    r"|lead-?in|header|heading|greeting|caption|continue|correct|punctuat\w*|rewrite|opening)\b"
    r"|翻译|续写|改写|翻訳|übersetz|satz\b|traduc|tradui|phrase|frase|traduz|перевед|предложение|번역|ترجم|अनुवाद|แปล",
    re.IGNORECASE,
)
"""Tasks whose answer may be an announcement with a colon."""

_NO_CODE = re.compile(r"```\w*\s*```\s*\Z")
_SENTENCES = re.compile(r"(?<=[.!])\s+")

LONGEST = 250
"""No announcement is longer."""


def only_announces(text: str, task: str) -> bool:
    """The text announces an answer and gives none, and to this task it is no answer itself.

    >>> only_announces("Sure, here is the poem:", "Write a poem.")
    True
    """
    bare = _NO_CODE.sub("", text.strip("¡ ")).rstrip().replace("’", "'")
    if bare.endswith((":", "：")):
        return _announces(bare) and not _INTRODUCES.search(task)
    return "?" not in task and (_offers(bare) or bool(_FOREIGN.fullmatch(bare))) and not _ASKED.search(task)


def _announces(text: str) -> bool:
    return bool(_FOREIGN.fullmatch(text)) or _promises(text.rstrip(":： "))


def _promises(text: str) -> bool:
    """Every sentence of it does."""
    sentences = _SENTENCES.split(text)
    return all(_PROMISE.fullmatch(sentence.rstrip(".!… ")) for sentence in sentences if sentence)


def _offers(text: str) -> bool:
    """Agrees and promises, or names what was asked for, and ends there."""
    if not _promises(text):
        return False
    agreed = _AGREES.match(text)
    return bool(_ASKED_FOR.search(text)) or bool(agreed and (len(text) > 25 or not text[agreed.end() :].strip(" .!…")))

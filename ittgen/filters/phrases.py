"""The phrases by which answers talk of being a model, and tasks ask for a refusal, in some fifteen languages.

Patterns only: which of them decides, where it is looked for and what excuses it, is in `evasion`.
"""

import re

from ittgen.filters.looks import first_of


def any_of(*parts: str) -> re.Pattern[str]:
    """One pattern of several, in any case of letters."""
    return re.compile("|".join(parts), re.IGNORECASE)


def _hints(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a list, with their blanks: those of ASCII alone, and all of them."""
    return first_of(word.replace(";", " ") for word in words.split())


MODEL = any_of(
    r"\b(?:as|being|since I(?:'|’| a)m|because I(?:'|’| a)m) an? (?:helpful |neutral |responsible |virtual |digital "
    r"|text[- ]based |large )*(?:AI|A\.I\."
    r"|artificial intelligence|language model|LLM)"
    r"(?:[- ](?:language|based|powered|text))*(?: (?:model|assistant|chatbot|system|program|bot))?"
    r"(?: (?:developed|created|trained|made|built) by \w+)?,?(?: though,?| however,?| of course,?)?"
    r" (?:I|my|it(?:'|’)s not|it is not)\b",
    r"\bI(?:'|’)?(?: a)?m (?:just |only |merely )?an? (?:AI|artificial intelligence|(?:AI |large )?language model)"
    r"(?: (?:language )?(?:model|assistant|chatbot))?(?: (?:developed|created|trained) by \w+)?"
    r"(?:,? (?:and|so|but)(?: I)? (?:do not|don(?:'|’)t|cannot|can(?:'|’)t|am not|have no)|[.,;] (?:so )?I (?:do|can"
    r"|have|am))",
    r"\b(?:my knowledge cutoff|my training data (?:only )?(?:goes|ends|includes|was)"
    r"|my last (?:knowledge )?update (?:was )?in)\b",
    r"\bAls (?:eine? )?(?:KI|künstliche Intelligenz|(?:KI-|großes )?Sprachmodell|KI-\w+)[,]? (?:kann|habe|bin|ist es"
    r"|verfüge|darf|besitze)\b",
    r"\bEn tant qu(?:e |(?:'|’))(?:IA|intelligence artificielle|modèle (?:de langage|linguistique)"
    r"|assistant (?:virtuel|IA))[^.\n]{0,40}, (?:je|il)\b",
    r"\bComo (?:una? |um |uma )?(?:IA|inteligencia artificial|inteligência artificial|modelo de (?:lenguaje"
    r"|linguagem|IA|língua)|asistente (?:virtual|de IA))[^.\n]{0,40}?,? (?:no (?:puedo|tengo)|não (?:tenho|posso)"
    r"|eu|yo|mi|minha)\b",
    r"\b(?:Come|In quanto|Essendo un) (?:IA|intelligenza artificiale|modello (?:linguistico"
    r"|di linguaggio))[^.\n]{0,40}?,? (?:non|io)\b",
    r"\bAls (?:een )?(?:AI|taalmodel|kunstmatige intelligentie|AI-\w+)[^.\n]{0,20}(?:kan|heb|ben) ik\b",
    r"\bКак (?:(?:ИИ|искусственный интеллект)|(?:большая |искусственная )?языковая модель"
    r"|языковой модели)[^.\n]{0,30}, (?:я|у меня)\b",
    r"\bJako (?:model językowy|SI|AI|sztuczna inteligencja)[^.\n]{0,30}, (?:nie|ja)\b"
    r"|\bBir yapay zek[aâ] (?:dil )?(?:modeli |asistanı )?olarak\b",
    r"我是(?:一[款个名台种])?[^，。]{0,12}(?:语言模型|語言模型|AI助手|智能助手)[，,]?(?:所以|因此|没有|无法|我)"
    r"|(?:作为|作為|身为)(?:一个|一個|一名|一款)?(?:大型|基于)?(?:AI|人工智能|人工智慧|语言模型|語言模型"
    r"|智能助手)[^。\n]{0,12}[，,]\s?(?:我|本)",
    r"(?:私は)?(?:AI|人工知能|大規模言語モデル|言語モデル)(?:言語モデル|アシスタント|モデル)?(?:として|である(?:ため"
    r"|私)|なので|ですので)、",
    r"(?:저는 )?(?:AI|인공지능|언어 모델)(?: 언어)?(?: ?모델| ?어시스턴트)?(?:로서|이기 때문에|이므로)",
    r"(?:بصفتي|كوني|باعتباري) (?:نموذج|ذكاء|نموذجا|مساعد)|(?:एक )?(?:एआई|AI|कृत्रिम बुद्धिमत्ता"
    r"|भाषा मॉडल)(?: भाषा)?(?: मॉडल| सहायक)? (?:के (?:रूप में|तौर पर|नाते)|होने के (?:कारण|नाते)),? ?(?:मैं|मेरे)",
    r"\bLà một (?:mô hình ngôn ngữ|AI|trí tuệ nhân tạo)|\bSebagai (?:model bahasa|AI"
    r"|kecerdasan buatan)[^.\n]{0,20}, saya|ในฐานะ(?:โมเดลภาษา|AI|ปัญญาประดิษฐ์)",
)
"""An answer that talks of itself as a model."""
ASKS_TO_REFUSE = any_of(
    r"\b(?:refus\w+|declin\w+|turn(?:ing)? down|reject\w*|say(?:ing)? (?:no|sorry)|apolog\w+|excuses?|ablehn\w*"
    r"|absag\w*"
    r"|entschuldig\w*|décliner|excus\w+|rechaz\w+|disculp\w+|rifiut\w+|scus\w+|recus\w+|desculp\w+|weiger\w*|отказ\w*"
    r"|извин\w*|odm[oó]w\w*|only answer|unanswerable|you (?:do not|don(?:'|’)t) know)\b|拒绝|拒絕|道歉|婉拒"
    r"|断り|断る|謝罪|お詫び|거절|사과|اعتذار"
    r"|رفض|माफी|मना",
)
SAYS_AGAIN = any_of(
    r"\b(?:transl\w+|übersetz\w*|tradu\w+|tradui\w+|vertaal\w*|перев[её]\w+|перекла\w+|çevir\w*|(?:prze)?tłumacz\w*"
    r"|översätt\w*|oversæt\w*|oversett\w*|přelož\w*|fordít\w*|käännä\w*|μετάφρασ\w*|terjemah\w*|paraphras\w+|rephras\w+"
    r"|polite\w*|contractions?|negative|affirmative|reported speech|rewrite|reword|quot\w+|correct\w*|summari[sz]\w+"
    r"|transcri\w+|formal\w*|tense|voice)\b|翻译|翻譯|訳|번역|ترجم"
    r"|अनुवाद|改写|แปล|dịch sang|תרגם",
)
"""A task that has somebody's words said again, which may have refused."""
REFUSED = any_of(
    r"\b(?:can(?:'|’)?t|cannot|can not|unable|not able|won(?:'|’)?t|refuse\w*|sorry|apolog\w*|unfortunately|kann"
    r"|leider|peux|puedo"
    r"|posso|consigo|могу|nie mog\w|kan|entschuldig\w*)\b|無法|无法|不能|抱歉|对不起|できません|申し訳|없습니다|죄송"
    r"|لا أستطيع|نہیں|नहीं|ไม่",
)
"""Words of a refusal in what a task gives."""
CHATS = any_of(
    r"\A\W*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening|afternoon)|ok(?:ay)?|yes|no|sure|can you help"
    r"|could you help"
    r"|(?:please )?help me|i (?:need|want|have|am|was|'m|feel|don)\b|are you|do you|who are you|what can you"
    r"|what(?:'s| is) up|how are you|hallo|hola|bonjour|salut|ciao"
    r"|olá|привет|здравствуй\w*|你好|您好|こんにちは|안녕|مرحبا|नमस्ते)(?![\w])"
)
"""Openings of a talk, to which a question or a promise is an answer."""
ABOUT_ME = re.compile(
    r"\b(?:what|where|when|who|whom|how|which|why|tell me|guess)\b[^.?!]{0,40}\b(?:I (?:had|have|am|was|did|do|ate"
    r"|said|live)|my name)\b"
)
"""Questions that only the user can answer."""
ASKS_TO_ASK = any_of(
    r"\b(?:ask|asks|asking|clarif\w+|survey|quiz|interview\w*|fragen|fragebogen|preguntas|perguntas|domande|спроси\w*"
    r"|вопрос(?:ы|ов))\b"
    r"|\b(?:write|list|create|generate|come up with|make|pose|formulate|suggest|provide|give"
    r"|propose)\b[^.]{0,40}\bquestions?\b"
    r"|提问|提出[^。]{0,8}问题|質問を|질문을|أسئلة|प्रश्न बना|सवाल पूछ",
)
"""Tasks whose answer asks."""
ITS_OWN = re.compile(
    r"\b(?:help|assist|fulfil|comply|request|generat|provid|process|content\b|complet\w* (?:this|that|your)|guideline"
    r"|polic|language model|do (?:that|this)|(?:write|create|compose|make|draft) (?:this|that|such)|with (?:that|this)"
    r"|(?:that|this) (?:task|question|topic))"
    r"|请求|要求|回答|答え|応え|依頼|リクエスト|要望|요청|도와|запрос|просьб|solicitud|ayudar|pedido|ajudar|demande"
    r"|aider|richiesta|aiutar|anfrage|helfen|verzoek"
    r"|طلب|مساعد|अनुरोध|मदद|permintaan|membantu|yêu cầu|giúp|pomóc|prośb|isteğ|yardımcı"
)
"""Words of somebody who refuses the task itself, in a letter or a story as well."""
UNSAID = any_of(
    r"\b(?:text|passage|article|paragraph|story|context|author|document|table|data|sentence|statement|report"
    r"|conversation|review)\b"
    r"[^.]{0,60}\b(?:does not|doesn(?:'|’)t|do not|don(?:'|’)t|did not|never|not) (?:\w+ ){0,2}?(?:say|state|mention"
    r"|specif|provid|tell"
    r"|contain|give|indicat|includ|discuss)|(?:text|artikel|absatz)\b[^.]{0,40}\b(?:nicht|kein)|(?:texte|article"
    r"|passage)\b[^.]{0,30}\bpas\b"
    r"|texto\b[^.]{0,30}\bno|в тексте[^.]{0,40}\bне\b|(?:文中|文章|原文|资料)[^。]{0,10}(?:没有|未)|(?:本文"
    r"|文章)[^。]{0,20}ません"
)
"""An answer that a given text does not hold what is asked."""
ABOUT_MODELS = any_of(
    r"\b(?:A\.?I|artificial intelligence|language models?|LLMs?|chat ?bots?|sohbet robotu\w*|czat ?bot\w*|чат-?бот\w*"
    r"|chattbot\w*|chatbotin\w*|chat ?gpt|gpt(?:-\d\w*)?|robots?"
    r"|androids?|(?:ai|virtual|voice|digital|smart|chat) assistants?|an assistant|you are the assistant"
    r"|(?:real|actual) (?:person|human)|talking to (?:an? )?(?:person|human|machine)"
    r"|machine learning|sentient|prompts?|KI|künstliche\w* intelligenz|sprachmodell\w*|IA|ИИ"
    r"|искусственн\w+ интеллект\w*"
    r"|inteligencia artificial|intelligence artificielle|yapay zek\w+|are you (?:a |an )?(?:human|real|alive|person"
    r"|conscious|machine)"
    r"|who (?:are|made|created|built|trained) you|your name|do you (?:have|like|feel|think|dream|sleep|eat|remember)"
    r"|what are you|introduce yourself|your knowledge|trained on"
    r"|wer bist du|bist du"
    r"|qui es-tu|quién eres|chi sei|кто ты|ты кто|ты человек)\b"
    r"|(?<![a-z])AI(?![a-z])|你(?:输出|的(?:名字|能力|功能)|能做|会做)|人工智能|人工智慧|人工知能|语言模型|語言模型"
    r"|言語モデル|机器人|機器人|ロボット|你是(?:谁|什么|人|机器|真|不是|ai)|あなたは(?:誰|何|人間|ai)|인공지능|챗봇"
    r"|로봇|ذكاء|روبوت|कृत्रिम"
    r"|एआई|रोबोट"
)
MODELS = _hints(
    "AI A.I IA KI LLM SI ИИ artificial anguage;model knowledge;cutoff "
    "knowledge;update training;data ünstliche prachmodell ntelligen modèle modelo "
    "modello taalmodel искусственн языков językow yapay 人工 模型 言語モデル 모델 인공 نموذج ذكاء "
    "मॉडल बुद्धि एआई mô;hình trí;tuệ kecerdasan model;bahasa โมเดล ปัญญา"
)
"""Words of which all talk of being a model has one, a semicolon for a blank, in this case of letters: a cheap look."""

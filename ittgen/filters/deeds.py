"""The phrases by which answers claim deeds, and tasks order them, in some fifteen languages.

Patterns only: which of them decides, where it is looked for and what excuses it, is in `claims`.
"""

from ittgen.filters.phrases import any_of as _any

_DEED = (
    r"(?:sent|e-?mailed|scheduled|booked|ordered|uploaded|downloaded|attached|saved|printed|dialled|called|texted"
    r"|purchased"
    r"|reserved|posted|played|set (?:an?|the|your|up)|turned (?:on|off|up|down)|increased|decreased|changed|deleted"
    r"|installed"
    r"|opened|closed|highlighted|bolded|underlined|resized|cropped|rotated|inserted|transferred|added|created"
    r"|cancelled|moved"
    r"|made|formatted|aligned|renamed|replaced|coloured|colored|forwarded|started|updated|enlarged|centred|centered"
    r"|adjusted|dimmed|locked|unlocked|recorded|drawn|submitted)"
)
_THING = (
    r"(?:e-?mail|message|meeting|appointment|reminder|alarm|timer|calendar|event|file|document|folder|attachment"
    r"|image|photo"
    r"|picture|video|song|music|playlist|order|reservation|table|flight|tickets?|hotel|room|taxi|ride|call|phone"
    r"|lights?"
    r"|lamp|thermostat|temperature|volume|brightness|screen|font|text|heading|title|background|colou?r|window|payment"
    r"|money|account|app|software|tab|page|slide|cell|column|row|margin|spacing|paragraph|chart|door|invitation"
    r"|pizza|post"
    r"|tweet|spreadsheet|form|recording|drawing|invoice|report)s?"
)
CLAIM = _any(
    rf"\A\W*(?:(?:Sure|Okay|OK|Done|Certainly|Of course)\W+)?(?:I(?:'|’)ve|I have)(?: just| now| successfully"
    rf"| already)? {_DEED}\b"
    rf"[^!?\n]{{0,60}}\b{_THING}\b",
    rf"\A\W*(?:(?:Sure|Okay|OK|Done|Certainly|Of course)\W+)?(?:The|Your|An?"
    rf"|All)(?: [\w'’\"“”-]+){{0,4}}? {_THING}(?: [\w'’\"“”-]+){{0,6}}? "
    rf"(?:has|have|is|was|were)(?: now| been| being| already| successfully)+ {_DEED}\b",
    r"\A\W*(?:The|Your)(?: [\w'’-]+){0,4}? (?:has|have) been (?:successfully )?(?:highlighted|bolded|underlined"
    r"|italici[sz]ed"
    r"|resized|cropped|rotated|cent(?:er|re)d|enlarged|uploaded|e-?mailed|printed)\b",
    r"\A\W*(?:Okay|OK|Sure|Done)?\W*(?:Your )?(?:alarm|timer|reminder)s? (?:is |has been )?(?:now )?set for\b",
    r"\A\W*(?:Now playing|Playing [^.!?\n]{1,60} now\b|Playing now|Calling|Turning (?:on|off) the)\b",
    r"\A\W*(?:Erledigt\W+)?(?:Ich habe|Die|Der|Das|Deine?|Ihre?) [^!?\n]{0,80}\b(?:gesendet|geschickt|verschickt"
    r"|gebucht|gespeichert"
    r"|hochgeladen|ausgedruckt|bestellt|eingestellt|vergrößert|erhöht|geändert|reserviert|gestellt|hinzugefügt"
    r"|eingeschaltet|ausgeschaltet|eingetragen|gelöscht"
    r"|abgeschickt)\b",
    r"\A\W*(?:C(?:'|’)est fait\W+)?(?:J(?:'|’)ai|L[ea] |L(?:'|’)|Votre|Ton) ?[^!?\n]{0,60}\b(?:envoyée?|réservée?"
    r"|programmée?|enregistrée?"
    r"|téléchargée?|imprimée?|commandée?|augmentée?|supprimée?|réglée?)s?\b",
    r"\A\W*(?:Listo\W+)?(?:He|Ya he|El|La|Tu|Su|Se ha) [^!?\n]{0,60}\b(?:enviad[oa]|reservad[oa]|programad[oa]"
    r"|guardad[oa]|subid[oa]"
    r"|impres[oa]|pedid[oa]|aumentad[oa]|eliminad[oa]|cambiad[oa])s?\b",
    r"\A\W*(?:Fatto\W+)?(?:Ho|L(?:'|’)|Il|La) ?[^!?\n]{0,60}\b(?:inviat[oa]|prenotat[oa]|impostat[oa]|salvat[oa]"
    r"|stampat[oa]|ordinat[oa]|aumentat[oa])\b",
    r"\A\W*(?:Pronto\W+)?(?:Enviei|Adicionei|Apaguei|Liguei|Desliguei|Reservei|Agendei|Salvei|Marquei|Comprei|"
    r"(?:O|A|Seu"
    r"|Sua) [^!?\n]{0,50} foi (?:enviad|reservad|agendad|salv|aumentad)[oa]?)\b",
    r"\A\W*(?:Готово\W+)?(?:Я |Письмо |Ваш\w* |Размер |Встреча |Будильник |Файл )[^!?\n]{0,50}\b(?:отправил\w?"
    r"|отправлен\w?|забронировал\w?"
    r"|забронирован\w?|сохранил\w?|сохран[её]н\w?|увеличен\w?|установил\w?|установлен\w?|заказал\w?|назначен\w?"
    r"|включил\w?|выключил\w?|добавил\w?|удал[её]н\w?)\b",
    r"\A\W*(?:好的\W*)?(?:我)?(?:已经|已經|已)(?:为您|为你|帮您|帮你|將|将|把)?[^。！？\n]{0,20}(?:发送|發送|订好"
    r"|订了|預訂|预订|預訂|预定|上传|保存|打印|设置"
    r"|设定|下单|删除|打开"
    r"|关闭|增大|调大)",
    r"\A\W*(?:您的|邮件|文件|闹钟|会议|字体)[^。！？\n]{0,15}(?:已经|已|已被)(?:成功)?(?:发送|预订|上传|保存|打印"
    r"|设置|增大|删除|调大|安排)",
    r"\A[^。！？\n]{0,30}(?:メール|ファイル|予約|アラーム|会議|フォント|画像|注文"
    r"|リマインダー)[^。！？\n]{0,15}(?:送信|送り|保存|設定|完了|予約|印刷|大きく|変更"
    r"|アップロード)(?:いた)?(?:しました|ました)",
    r"\A[^!?\n]{0,25}(?:이메일|메일|파일|알람|회의|예약|글꼴)[^!?\n]{0,15}(?:보냈|전송했|저장했|설정했|예약했|완료"
    r"|전송되었)",
    r"\A\W*(?:لقد |تم )(?:أرسلت|إرسال|حجزت|حجز|حفظ|ضبط|تحميل|طباعة|حذف)",
    r"\A[^।\n]{0,30}(?:ईमेल|फ़ाइल|फाइल|अलार्म|बैठक|टिकट|संदेश)[^।\n]{0,20}(?:भेज दिया|भेज दी|सहेज|सेट कर|बुक कर)",
    r"\A\W*I (?:just )?(?:checked|visited|looked at|looked up|called|browsed|searched|phoned) [^.!?\n]{0,60}\b"
    r"(?:website|online"
    r"|internet|site|web|airline|store|restaurant|hotel)\b",
)
"""How an answer begins that reports a deed in the world or on a screen."""
ORDER = _any(
    r"\A\W*(?:find|check|look|search)\b|\A\W*(?:please |could you |can you |would you |will you |kindly |hey,? "
    r"|ok,? )*(?:send|e-?mail|schedule|book"
    r"|order|upload|download"
    r"|attach|save|print|dial|call|text|purchase|buy|reserve|post|play|set|turn|increase|decrease|change|delete"
    r"|install|open|close"
    r"|highlight|bold|underline|resize|crop|rotate|insert|transfer|add|create|cancel|move|forward|start|update"
    r"|enlarge|cent(?:er|re)"
    r"|adjust|dim|lock|unlock|record|draw|make|remind|submit|put|format|share|pay|format|invite|notify|arrange"
    r"|italici[sz]e)\b",
    r"\A\W*(?:bitte )?(?:sende?|schicke?|buche?|speichere?|lade|drucke?|bestelle?|stelle?|vergrößere?|erhöhe?"
    r"|ändere?|füge?|schalte?|mache?|reserviere?|lösche?"
    r"|erinnere|verschicke?|trage)\b",
    r"\A\W*(?:envoie\w*|envoyez|ajoute\w*|allume\w*|éteins|éteignez|réserve\w*|programme\w*|enregistre\w*"
    r"|télécharge\w*|imprime\w*|commande\w*"
    r"|augmente\w*|supprime\w*|règle\w*)\b",
    r"\A\W*(?:por favor,? )?(?:env[ií]a\w*|reserva\w*|programa|guarda\w*|sube|imprime|pide|aumenta\w*|elimina|cambia"
    r"|invia|prenota|imposta"
    r"|salva|stampa|ordina|envie|reserve|agende|salve|marque|compre|adicione|apague|ligue|desligue|añade|enciende"
    r"|apaga|aumente|ponga?|pon)\b",
    r"\A\W*(?:пожалуйста,? )?(?:отправь\w*|забронируй\w*|сохрани\w*|увеличь\w*|установи\w*|поставь\w*|закажи\w*"
    r"|назначь\w*|удали\w*|включи\w*|выключи\w*|добавь\w*)",
    r"\A\W*(?:请|請|帮我|幫我|把|给|給|将|發送|发送|预订|設置|设置|上传|保存|打印|删除|打开)",
    r"(?:送って|送信して|保存して|設定して|予約して|印刷して|大きくして|変更して|アップロードして|注文して)",
    r"(?:보내|저장해|설정해|예약해|인쇄해|키워)[^.]{0,6}(?:줘|주세요)?\W*\Z|\A\W*(?:أرسل|احجز|احفظ|اضبط|حمّل|اطبع"
    r"|احذف)",
    r"(?:भेजें|भेजो|भेज दो|सहेजें|सेट करें|बुक करें|भेजिए)",
)
"""A task that orders a deed."""
ORDERS_A_TEXT = _any(
    r"\A\W*(?:please )?(?:tell|inform) (?:the|our|an?) (?:customer|client|guest|patient|tenant|visitor|passenger)s?\b"
    r"|\b(?:sentences?|passive|tense|voice|transl\w+|rewrite|rephrase|paraphras\w+|grammar|story|dialog\w*|scenario"
    r"|chatbot|response|reply|confirmation|notification|template|write|draft"
    r"|compose"
    r"|satz|passiv|traduc\w*|tradui\w*|phrase|frase|предложени\w+|перевед\w*|schreibe?|écri\w+|escrib\w+|escrev\w+"
    r"|scriv\w+|напиши\w*)\b"
    r"|\b(?:r[ée]dig\w+|verfass\w*|formul\w+|redact\w+|sformułuj|соста\w+|сформул\w+|напиши|склад[иі]|переклад\w*"
    r"|napisz|ułóż|przetłumacz|schrijf|vertaal|skriv|napiš|přelož|scrie|írj|fordíts|yaz"
    r"|çevir|viết|dịch|tulis\w*|terjemah\w*|γράψε|μετάφρασε|översätt|oversæt)\b"
    r"|句子|翻译|写|書|文を|문장|번역|써|اكتب|جملة|ترجم|लिख|वाक्य|अनुवाद|เขียน|แปล|بنویس|כתוב|תרגם|লেখ|অনুবাদ",
)
"""A task that orders words, among them such as report a deed."""
ORDERS_CODE = _any(r"\b(?:script|code|function|program|html|css|sql|python|javascript)\b")
"""A task about code, which may say of itself what it has done."""
SHOWN = _any(
    r"\A\W*(?:please )?(?:highlight|bold|underline|italici[sz]e|colou?r|enlarge|cent(?:er|re)|resize)\b",
)
"""A task that wants a text shown in another way: who reports it done has not shown it."""

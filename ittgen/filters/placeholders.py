"""Words in brackets that only say what should stand there: "[Your poem here]", "(Gedicht hier einfügen)", "（内容略）".

Knows the words of some thirty languages for texts, for putting them somewhere and for leaving them out. A placeholder is
made of nothing else, or of words that the task has too. Knows nothing of what a task may want: see `emptiness`.
"""

import re

_LONGEST = 120
_MOST = 14
"""Characters and words; a longer text in brackets says something."""

_STEM = 5
"""Letters by which a word is known again in another case."""

_BRACKETS = re.compile(r"\s*(?:\[+([^\[\]]*)\]+|<+/?([^<>]*?)/?>+|\(([^()]*)\)|\{+([^{}]*)\}+|[（【〈《「＜［]([^）】〉》」＞］]*)[）】〉》」＞］])\s*[.。]?\s*")
_TOKEN = re.compile(r"[^\s\d_.,:;!?…*—–-]+")
_UNSET = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Letters of scripts that set no words apart, and of Korean, which joins particles to them."""

_TEXTS = frozenset(
    "answer answers output outputs response responses reply replies text texts content contents result results solution"
    " code poem story essay letter summary translation article paragraph sentence list email e-mail description title body"
    " explanation example examples details recipe song lyrics dialogue speech report review table antwort antworten ausgabe"
    " text inhalt inhalte gedicht geschichte aufsatz brief zusammenfassung übersetzung liste beschreibung erklärung lösung"
    " ergebnis beispiel réponse réponses sortie texte contenu poème histoire rédaction lettre résumé traduction description"
    " explication résultat exemple respuesta respuestas salida texto contenido poema cuento ensayo carta resumen traducción"
    " descripción explicación resultado ejemplo resposta respostas saída conteúdo conto redação resumo tradução descrição"
    " explicação resultado exemplo risposta risposte testo contenuto poesia racconto saggio lettera riassunto traduzione"
    " descrizione spiegazione risultato esempio antwoord antwoorden tekst inhoud gedicht verhaal brief samenvatting vertaling"
    " odpowiedź odpowiedzi tekst treść wiersz opowiadanie list streszczenie tłumaczenie opis ответ ответа ответы текст текста"
    " вывод содержание стихотворение рассказ письмо перевод описание резюме відповідь відповіді текст тексту вміст вірш"
    " оповідання лист переклад опис cevap cevabınız cevabınızı cevabı yanıt yanıtınız yanıtınızı yanıtı metin metni metniniz"
    " içerik şiir hikaye mektup özet jawaban jawabanmu teks isi konten puisi cerita surat ringkasan terjemahan svar svaret"
    " text texten innehåll dikt berättelse brev sammanfattning tekst indhold digt historie odpověď odpovědi text obsah báseň"
    " příběh dopis shrnutí překlad răspuns răspunsul textul conținut poezie poveste scrisoare rezumat válasz válasza szöveg"
    " tartalom vers történet levél απάντηση κείμενο περιεχόμενο ποίημα ιστορία γράμμα περίληψη מענה תשובה טקסט תוכן שיר סיפור"
    " جواب الجواب إجابة الإجابة إجابتك نص النص المحتوى قصيدة القصيدة قصة القصة رسالة ملخص پاسخ متن محتوا شعر داستان نامه"
    " उत्तर जवाब पाठ सामग्री कविता कहानी पत्र सारांश उत्तर jibu maandishi câu trả lời nội dung văn bản bài thơ truyện"
    " đáp án".split()
)
_MARKING = frozenset(
    "insert inserted enter add added paste pasted write type put fill filled place provide provided goes here placeholder"
    " omitted skipped left out blank blanks empty removed deleted redacted hidden truncated missing pending todo tbd none null"
    " intentionally unavailable forthcoming follows coming soon brevity cut unanswered hier einfügen eingeben eintragen"
    " einsetzen ergänzen schreiben füge fügen ausgelassen weggelassen entfernt gekürzt leer folgt fehlt ici insérer insérez"
    " saisir saisissez écrire écrivez ajouter ajoutez omis omise supprimé vide manquant compléter aquí aqui acá insertar"
    " inserte inserta escribir escriba escribe pegue añadir añada omitido eliminado vacío pendiente completar inserir insira"
    " escrever escreva digite adicionar adicione vazio branco blanco preencher qui inserire inserisci inserite scrivere scrivi"
    " aggiungere omesso vuoto mancante bianco invoegen invullen typen weggelaten leeg ontbreekt tutaj tu wstaw wstawić wpisz"
    " wpisać pominięto puste brak здесь сюда тут вставьте вставить введите ввести впишите напишите пропущен пропущено опущено"
    " удалено удалён пусто отсутствует вставте вставити введіть впишіть напишіть пропущено порожньо порожня відсутня buraya"
    " ekleyin ekle yazın yaz girin gelecek boş eksik sini isi isikan masukkan tulis tuliskan kosong đây nhập viết chèn điền"
    " trống här infoga skriv fyll tom utelämnad her indsæt skriv udfyld tom udeladt zde sem vložte vložit napište doplňte prázdné"
    " chybí aici introduceți inserați scrieți completați gol ide írja írd illessze hiányzik üres εδώ εισάγετε γράψτε προσθέστε"
    " κενό כאן הכנס כתוב ריק הזן هنا أدخل اكتب ضع أضف محذوف فارغ اینجا وارد بنویسید خالی حذف यहाँ यहां लिखें लिखिए डालें दर्ज"
    " भरें रिक्त खाली hapa andika ingiza".split()
)
_SMALL = frozenset(
    "the a an of to in for is was be this that your my our its with by from no not yet any own full rest remainder text was"
    " der die das den dem des ein eine einen ihr ihre ihren dein deine deinen mein im zum zur von kein keine keinen noch nicht"
    " bitte le la les l un une votre vos ton ta ton de du des à est aucun aucune pas sans et en el los las un una su tu mi al del"
    " sin ningún ninguna no por favor o os as um uma seu sua teu do da em sem não nenhuma nenhum il lo gli uno tuo tua di della del dello senza"
    " nessun nessuna non het een uw jouw je van geen zonder niet graag tą twoją twoja swoją bez nie ma proszę ваш ваша ваше ваши"
    " твой твоя свой свою без нет не будет для и ваша твоя немає не буде ще chưa có của bạn vào tại ở không anda kamu di ke"
    " belum ada tidak yang bu bir yok lütfen ditt din dit en ett ej inte ikke ingen intet inget váš vaši tvůj svůj žádná není"
    " dumneavoastră ta dvs fără niciun az a nincs η το την του σας δεν υπάρχει שלך את אין لا يوجد توجد لم لیست شما را نیست"
    " کنید अपना आपका को में नहीं कोई है करें का ina yako hakuna".split()
)
_PIECES = re.compile(
    r"(?:此处|此處|在此|在这里|這裡|这里|以下|正文|全文|余下|后文|中间|部分|请|請|您的|你的|的|处|填写|填入|填|输入|輸入|插入"
    r"|添加|写|寫|粘贴|待补充|待填写|待完善|待续|省略|从略|略|删除|已|无|無|没有|暂无|未|空白?|内容|內容|答案|回答|文本|文字"
    r"|文章|作文|诗歌?|詩|故事|信件?|邮件|摘要|总结|翻译|译文|描述|说明|结果|输出|代码|回复|补充|提供|有|字数|若干"
    r"|ここに?|ここへ|以下|本文|あなたの|を|が|に|は|の|入れ|入り|入力|記入|挿入|書いて|書く|入る|追加|してください|ください|て|ます|る"
    r"|中略|前略|後略|省略|未回答|未記入|未入力|なし|無し|空欄|内容|回答|答え|文章|テキスト|手紙|物語|要約|説明|結果|出力|コード"
    r"|여기에?|이곳에|이하|중간|당신의|답변?|응답|내용|텍스트|글|시|이야기|편지|요약|번역|설명|결과|출력|코드|을|를|이|가|은|는"
    r"|입력|작성|기입|삽입|추가|넣으|넣어|쓰|써|하세요|세요|주세요|해|하시오|생략|없음|빈칸|미작성|됨|예정|들어갈|자리"
    r"|ใส่|พิมพ์|เขียน|กรอก|คำตอบ|ข้อความ|เนื้อหา|ที่นี่|ตรงนี้|ของคุณ|ไม่มี|ว่าง|\s|[、，：:…·])+"
)
"""A placeholder of a script without blanks is made of these pieces alone."""


def inner(text: str) -> str:
    """What stands in brackets, where the whole text does; else nothing.

    >>> inner("[Your answer here]"), inner("Yes (really)")
    ('Your answer here', '')
    """
    found = _BRACKETS.fullmatch(text) if len(text) <= _LONGEST else None
    return next(filter(None, found.groups()), "").strip() if found else ""


def is_placeholder(text: str, task: str) -> bool:
    """Whether a text is one mark in brackets and says no more than that something should stand there.

    >>> is_placeholder("[Your limerick goes here]", "Write a limerick."), is_placeholder("[1, 2]", "List two numbers.")
    (True, False)
    """
    words = inner(text)
    if not words:
        return False
    if _UNSET.search(words):
        return bool(_PIECES.fullmatch(words))
    tokens = [token.lower() for token in _TOKEN.findall(words)]
    if not tokens or len(tokens) > _MOST or any(sign in words for sign in "=/\\\"@#$%&;,"):
        return False
    if _MARKING.isdisjoint(tokens) and _TEXTS.isdisjoint(tokens):
        return False
    known = _TEXTS | _MARKING | _SMALL
    rest = [token for token in tokens if token not in known and not _is_compound(token)]
    return not rest or (not _MARKING.isdisjoint(tokens) and all(token[:_STEM] in task.lower() for token in rest))


def _is_compound(token: str) -> bool:
    """A German or Dutch word that ends in one for a text: "Brieftext"."""
    return len(token) > _STEM and token.endswith(("text", "tekst", "inhalt", "antwort", "antwoord"))

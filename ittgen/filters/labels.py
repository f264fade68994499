"""The labels by which prompts and transcripts name tasks, replies and speakers, in many languages. Patterns only."""

PERSON = (
    "user|human|nutzer|benutzer|mensch|usuario|humano|utilisateur|humain|usuário|utente|umano|пользователь|человек"
    "|користувач|людина"
    "|gebruiker|mens|użytkownik|człowiek|uživatel|användare|människa|bruger|menneske|utilizator|felhasználó|χρήστης"
    "|kullanıcı"
    "|người dùng|pengguna"
    "|manusia|käyttäjä|ihminen|ember|người|orang|用户|用戶|使用者|人类|人類|ユーザー|人間|사용자|사람|المستخدم|کاربر|משתמש|उपयोगकर्ता|ผู้ใช้"
    "|mtumiaji"
)
MACHINE = (
    "assistant|ai|bot|chatbot|chatgpt|gpt|ai assistant|assistent|ki|asistente|ia|assistente|ассистент|помощник|ии|бот"
    "|помічник"
    "|asystent|asistent|asszisztens|βοηθός|asistan|trợ lý|asisten|助手|助理|机器人|機器人|アシスタント|ボット"
    "|어시스턴트|챗봇|المساعد|دستیار|עוזר"
    "|सहायक|ผู้ช่วย|msaidizi"
)
TASK = (
    "instruction|task|exercise|prompt|assignment|aufgabe|anweisung|übung|instrucción|tarea|ejercicio|consigne|tâche"
    "|exercice|instrução"
    "|tarefa|exercício|istruzione|compito|esercizio|задача|задание|инструкция|упражнение|завдання|інструкція|вправа"
    "|opdracht|taak|oefening"
    "|zadanie|polecenie|ćwiczenie|úkol|uppgift|instruktion|opgave|oppgave|sarcină|instrucțiune"
    "|exercițiu|feladat|utasítás|pokyn|tehtävä"
    "|άσκηση|οδηγία|εργασία|talimat|görev|alıştırma|nhiệm vụ"
    "|bài tập|tugas|latihan|instruksi|perintah|ohje"
    "|指令|任务|任務|题目|題目|练习|指示|課題|練習|지시문?|과제|작업|연습|تعليمات|المهمة|مهمة|تمرين|وظیفه|משימה|निर्देश"
    "|कार्य|अभ्यास|คำสั่ง|โจทย์|งาน"
)
QUESTION = (
    "question|query|q|frage|pregunta|pergunta|domanda|вопрос|питання|vraag|pytanie|otázka|fråga|spørgsmål|întrebare"
    "|kérdés|ερώτηση|soru"
    "|câu hỏi|pertanyaan|问题|問題|質問|질문|سؤال|السؤال|پرسش|שאלה|प्रश्न|सवाल|คำถาม|swali"
)
REPLY = (
    "response|answer|output|solution|reply|a|label|antwort|lösung|ausgabe|salida|sortie|saída|uscita|respuesta"
    "|réponse|resposta|risposta"
    "|ответ|решение|вывод|відповідь|antwoord|odpowiedź|odpověď|svar|răspuns|válasz|απάντηση|cevap|yanıt|trả lời"
    "|tuloste|vastaus|keluaran|çıktı|đầu ra|utdata|výstup|ieșire|kimenet|έξοδος"
    "|đáp án|jawaban|答案|回答"
    "|输出|答え|出力|解答|답변|답|응답|출력|جواب|إجابة|الإجابة|الجواب|پاسخ|תשובה|उत्तर|जवाब|คำตอบ|ผลลัพธ์"
)
GIVEN = (
    "input|syöte|uddata|masukan|girdi|đầu vào|indata|inndata|vstup|intrare|bemenet|είσοδος|eingabe|entrada|entrée"
    "|ingresso|ввод"
    "|входные данные|вхід|invoer|wejście|输入|輸入|入力|입력|المدخلات|इनपुट"
)

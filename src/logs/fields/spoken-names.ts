/** Names made of what was said and of who said it: `Réponse du bot`, `Frage des Kunden`, `customer_question`, `AIの回答`. */

interface Spoken {
  asked: string;
  askers: string;
  made: string;
  answerers: string;
  /** What stands between the two words. */
  joints: readonly string[];
  /** The speaker stands in front. */
  speakerFirst?: true;
}

const languages: readonly Spoken[] = [
  {
    asked: 'question query message msg input request prompt text',
    askers: 'user customer client visitor guest student member your',
    made: 'answer response reply message output text',
    answerers: 'bot ai assistant model llm chatbot agent',
    joints: ['_'],
    speakerFirst: true,
  },
  {
    asked: 'prompt input query question request',
    askers: 'model llm full final rendered raw original input request prompt query',
    made: 'response output answer completion reply',
    answerers: 'generated final full raw model llm',
    joints: ['_'],
    speakerFirst: true,
  },
  {
    asked: 'text content',
    askers: 'prompt request query question input',
    made: 'text content message',
    answerers: 'response completion answer output generation reply',
    joints: ['_'],
    speakerFirst: true,
  },
  {
    asked: 'question demande message',
    askers: "posée client du_client utilisateur de_l'utilisateur de_l’utilisateur du_visiteur",
    made: 'réponse reponse',
    answerers:
      "bot du_bot ia de_l'ia de_l’ia assistant de_l'assistant de_l’assistant chatbot du_chatbot générée donnée",
    joints: ['_'],
  },
  {
    asked: 'frage anfrage nachricht eingabe',
    askers: 'kunde des_kunden nutzer des_nutzers benutzer des_benutzers user des_users',
    made: 'antwort ausgabe',
    answerers: 'bot des_bots ki der_ki assistent des_assistenten chatbot des_chatbots modell',
    joints: ['_'],
  },
  {
    asked: 'frage anfrage nachricht eingabe',
    askers: 'kunden nutzer benutzer',
    made: 'antwort',
    answerers: 'bot ki chatbot assistenten modell',
    joints: ['', '_'],
    speakerFirst: true,
  },
  {
    asked: 'pregunta consulta mensaje',
    askers: 'usuario del_usuario de_usuario cliente del_cliente realizada',
    made: 'respuesta',
    answerers: 'bot del_bot ia de_la_ia asistente del_asistente chatbot del_chatbot generada',
    joints: ['_'],
  },
  {
    asked: 'domanda richiesta messaggio',
    askers: "utente dell'utente dell’utente cliente del_cliente",
    made: 'risposta',
    answerers: "bot del_bot ia dell'ia dell’ia assistente dell'assistente dell’assistente chatbot generata",
    joints: ['_'],
  },
  {
    asked: 'pergunta mensagem',
    askers: 'usuário do_usuário usuario do_usuario utilizador do_utilizador cliente do_cliente',
    made: 'resposta',
    answerers: 'bot do_bot ia da_ia assistente do_assistente chatbot do_chatbot gerada',
    joints: ['_'],
  },
  {
    asked: 'vraag bericht',
    askers: 'klant van_klant van_de_klant gebruiker van_gebruiker van_de_gebruiker',
    made: 'antwoord',
    answerers: 'bot van_bot van_de_bot ai van_ai assistent chatbot',
    joints: ['_'],
  },
  {
    asked: 'pytanie wiadomość zapytanie',
    askers: 'użytkownika od_użytkownika klienta od_klienta użytkownik klient',
    made: 'odpowiedź',
    answerers: 'bota od_bota modelu asystenta chatbota ai bot model',
    joints: ['_'],
  },
  {
    asked: 'вопрос сообщение запрос',
    askers: 'пользователя от_пользователя клиента от_клиента',
    made: 'ответ сообщение',
    answerers: 'бота от_бота ассистента ии модели нейросети чат_бота',
    joints: ['_'],
  },
  {
    asked: '質問 入力 メッセージ 発話 問い合わせ',
    askers: 'ユーザー ユーザ 顧客 お客様',
    made: '回答 応答 返信 出力',
    answerers: 'ai ボット bot チャットボット アシスタント',
    joints: ['', 'の'],
    speakerFirst: true,
  },
  {
    asked: '问题 提问 输入 消息 咨询',
    askers: '用户 客户 顾客',
    made: '回答 回复 答案 输出',
    answerers: 'ai 机器人 助手 模型',
    joints: ['', '的'],
    speakerFirst: true,
  },
  {
    asked: '질문 문의 메시지 입력',
    askers: '사용자 고객',
    made: '답변 응답',
    answerers: 'ai 봇 챗봇 모델',
    joints: ['', '_'],
    speakerFirst: true,
  },
];

/** One name of the table for each of them: English has its own two, those of other languages are named when they are read. */
const inEnglish = 3;
const english = { asked: 'customer_message', made: 'assistant_message' };
const elsewhere = { asked: 'pregunta', made: 'respuesta' };

function joined(
  heads: string,
  speakers: string,
  { joints, speakerFirst }: Pick<Spoken, 'joints' | 'speakerFirst'>,
): string[] {
  return heads
    .split(' ')
    .flatMap((head) =>
      speakers
        .split(' ')
        .flatMap((speaker) =>
          joints.map((joint) => (speakerFirst ? `${speaker}${joint}${head}` : `${head}${joint}${speaker}`)),
        ),
    );
}

/** What was sent to the model, with everything around what the user wrote. */
const sent = joined('prompt input request', 'full final rendered formatted complete model llm', {
  joints: ['_'],
  speakerFirst: true,
});

const spoken = new Map([
  ...languages.flatMap((each, at) => {
    const as = at < inEnglish ? english : elsewhere;
    return [
      ...joined(each.asked, each.askers, each).map((name) => [name, as.asked] as const),
      ...joined(each.made, each.answerers, each).map((name) => [name, as.made] as const),
    ];
  }),
  ...sent.map((name) => [name, 'full_prompt'] as const),
]);

/** The name of the table that a made one stands for. */
export const spokenName = (folded: string): string | undefined => spoken.get(folded);

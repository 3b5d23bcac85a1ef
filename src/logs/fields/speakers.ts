/** Who says a message: the words for each side, and the fields and marks that tell the sides apart. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Maybe, wordOf } from '../fields.ts';
import { fieldNames, foldedName } from './names.ts';
import { RecordFields } from './record-fields.ts';

export type Speaker = 'user' | 'assistant' | 'system' | 'tool';

const words: Record<Speaker, string> = {
  user: 'user usr user_message human_message human customer client visitor guest student patient caller prompter requester end_user enduser contact humanmessage kunde kundin nutzer benutzer anrufer cliente usuario usuário utilizador användare kund bruger bruker użytkownik klient utente utilisateur klant gebruiker клиент пользователь 用户 客户 客戶 顾客 ユーザー お客様 사용자 고객',
  assistant:
    'assistant api_message ai_message bot_message assistant_message ai bot model gpt chatbot agent llm chatgpt claude gemini copilot operator representative wizard support support_agent virtual_agent virtual_assistant aimessage assistent asistente assistente asystent atendente bot_ia agente berater mitarbeiter doctor nurse physician clinician therapist counselor counsellor psychologist teacher tutor advisor adviser conseiller operatore medewerker ассистент бот оператор 助手 客服 机器人 アシスタント 상담원',
  system: 'system developer systemmessage',
  tool: 'tool function toolmessage tool_response tool_result tool_output function_response function_result function_call_output',
};
const speakers = new Map(
  Object.entries(words).flatMap(([speaker, named]) => named.split(' ').map((word) => [word, speaker as Speaker])),
);

export const speakerNamed = (value: Maybe): Speaker | undefined =>
  typeof value === 'string' ? speakers.get(foldedName(value.trim())) : undefined;

/** A platform says which way a message went: as a word (`inbound`, `outbound-api`), or as a mark. */
const directions: Record<string, Speaker> = {
  incoming: 'user',
  inbound: 'user',
  outgoing: 'assistant',
  outbound: 'assistant',
};

/** Marks that are true for one side and false for the other. */
const sides: Record<string, Speaker> = {
  is_user: 'user',
  is_created_by_user: 'user',
  ...directions,
  is_bot: 'assistant',
  is_ai: 'assistant',
  is_agent: 'assistant',
  is_assistant: 'assistant',
};
const isTrue = (value: Json): boolean => /^(?:true|t|1|yes|y)$/i.test(wordOf(value));
const isFalse = (value: Json): boolean => /^(?:false|f|0|no|n)$/i.test(wordOf(value));

/** The speaker that a record names, by a word, an object about the author, a direction or a mark. */
export function speakerOf(record: JsonObject, fields = new RecordFields(record)): Speaker | undefined {
  const direction = fields.json('direction');
  const way =
    direction.is === 'value' ? directions[wordOf(direction.value).toLowerCase().split('-')[0] ?? ''] : undefined;
  if (way) return way;
  const inChannel = slackSpeaker(record);
  if (inChannel) return inChannel === 'service' ? undefined : inChannel;
  for (const name of fieldNames.role) {
    const field = fields.json(name);
    if (field.is !== 'value' || sides[name] !== undefined) continue;
    const speaker = speakerIn(name, field.value, record);
    if (speaker) return speaker;
  }
  return bySide(fields);
}

function speakerIn(name: string, value: Json, record: JsonObject): Speaker | undefined {
  if (isObject(value)) return speakerNamed(value.role) ?? bySide(new RecordFields(value));
  if (name !== 'type' || record.data !== undefined) return speakerNamed(value);
  // `type` is a speaker only as memories of chats write it, or the name of what a turn is.
  const word = wordOf(value).toLowerCase();
  return /^(?:human|ai|user|assistant|system|tool|(?:tool|function)_(?:response|result|output))$/.test(word)
    ? speakerNamed(value)
    : turns[word];
}

/** What is said, by who says it. */
const turns: Partial<Record<string, Speaker>> = {
  prompt: 'user',
  question: 'user',
  query: 'user',
  completion: 'assistant',
  answer: 'assistant',
  response: 'assistant',
  reply: 'assistant',
};

/** The speaker of a record that only its `type` names, by what it is. */
export function kindOfTurn(record: JsonObject): Speaker | undefined {
  const type = new RecordFields(record).json('type');
  const kind = type.is === 'value' ? turns[wordOf(type.value).toLowerCase()] : undefined;
  if (type.is !== 'value' || kind === undefined || record.data !== undefined) return undefined;
  const { [type.name]: _, ...others } = record;
  return speakerOf(others) ? undefined : kind;
}

/** A message as Slack exports it: who wrote it is an id, and a bot's has a second one (docs.slack.dev, "message event"). */
function slackSpeaker(record: JsonObject): Speaker | 'service' | undefined {
  if (record.type !== 'message' || typeof record.text !== 'string' || !/^\d{10}\.\d+$/.test(wordOf(record.ts ?? null)))
    return undefined;
  // Who joined, what the topic is: the service says it, under the name of the one whom it is about.
  if (/^(?:channel|group|mpim|im|pinned|reminder|huddle)_/.test(wordOf(record.subtype ?? null))) return 'service';
  return record.bot_id || record.subtype === 'bot_message' ? 'assistant' : 'user';
}

/** Only a mark tells who says it: such rows are as often letters of many people as one talk. */
export const isMarked = (record: JsonObject): boolean => {
  const fields = new RecordFields(record);
  return bySide(fields) !== undefined && !isNamed(fields);
};

const isNamed = (fields: RecordFields): boolean =>
  fieldNames.role.some((name) => {
    const field = sides[name] === undefined ? fields.json(name) : undefined;
    return field?.is === 'value' && (isObject(field.value) || speakerNamed(field.value) !== undefined);
  });

function bySide(fields: RecordFields): Speaker | undefined {
  for (const [name, speaker] of Object.entries(sides)) {
    const field = fields.json(name);
    if (field.is !== 'value') continue;
    if (isTrue(field.value)) return speaker;
    if (isFalse(field.value)) return speaker === 'user' ? 'assistant' : 'user';
  }
  return undefined;
}

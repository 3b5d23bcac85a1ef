/** Conversations that LM Studio stores: each message has versions, of which one is selected, and answers have steps. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { compact, filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const isMessage = (value: unknown): value is JsonObject =>
  isObject(value) && Array.isArray(value.versions) && value.currentlySelected !== undefined;

export const lmStudio: LogFormat = {
  name: 'lm-studio',
  title: 'a conversation of LM Studio',
  holds: 'conversations',
  sign: (record) =>
    listOf(record.messages)?.some(isMessage)
      ? { score: 0.98, why: 'messages have versions, of which one is selected' }
      : undefined,
  map: (record) => {
    const system = filled(record.systemPrompt) ?? ownSystem(record);
    const turns = (listOf(record.messages) ?? []).filter(isMessage).flatMap(turnOf);
    const whole: Turn[] = system ? [{ message: { role: 'system', content: system } }, ...turns] : turns;
    return turnPrompts(whole, compact({ session_id: filled(record.name) }));
  },
};

/** A chat may have a system prompt of its own among its settings. */
function ownSystem(record: JsonObject): string | undefined {
  const fields = (listOf(objectOf(record.perChatPredictionConfig)?.fields) ?? []).filter(isObject);
  return filled(fields.find(({ key }) => key === 'llm.prediction.systemPrompt')?.value);
}

function turnOf(message: JsonObject): Turn[] {
  const version = objectOf(listOf(message.versions)?.[numberOf(message.currentlySelected) ?? 0]);
  if (!version) return [];
  const steps = (listOf(version.steps) ?? []).filter(isObject).filter(isSaid);
  const parts = [version, ...steps].flatMap(({ content }) => (listOf(content) ?? []).filter(isObject)).map(partOf);
  if (parts.length === 0) return [];
  const plain = parts.every((part) => part.type === 'text');
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const role = version.role === 'user' || version.role === 'system' ? version.role : 'assistant';
  const model = filled(objectOf(version.senderInfo)?.senderName);
  return [{ message: { role, content: plain ? text : parts }, ...(role === 'assistant' && model && { model }) }];
}

/** Thoughts are blocks with a style of their own. */
const isSaid = (step: JsonObject): boolean => step.type === 'contentBlock' && objectOf(step.style)?.type !== 'thinking';

const partOf = (part: JsonObject): ContentPart => {
  const text = textOf(part.text);
  return part.type === 'text' && text !== undefined
    ? { type: 'text', text }
    : { type: 'media', media: filled(part.type) ?? 'file', value: part };
};

/** Chat histories of text-generation-webui: pairs of what was asked and said; `internal` is what the model saw. */
import type { JsonObject } from '../../records/plain-json.ts';
import { listOf, textOf } from '../fields.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

const pairsOf = (record: JsonObject): string[][] | undefined => {
  const pairs = listOf(record.internal)?.map((pair) => (listOf(pair) ?? []).map((text) => textOf(text) ?? ''));
  return pairs?.length && pairs.every((pair) => pair.length === 2) && Array.isArray(record.visible) ? pairs : undefined;
};

/** What the app writes as the person's turn where the model speaks first. */
const opening = '<|BEGIN-VISIBLE-CHAT|>';

export const textGenerationWebUi: LogFormat = {
  name: 'text-generation-webui',
  title: 'a chat of text-generation-webui',
  holds: 'conversations',
  sign: (record) => (pairsOf(record) ? { score: 0.97, why: 'chats have internal and visible pairs' } : undefined),
  map: (record) =>
    turnPrompts(
      (pairsOf(record) ?? []).flatMap(([asked = '', said = '']): Turn[] => [
        ...(asked === '' || asked === opening ? [] : [{ message: { role: 'user' as const, content: asked } }]),
        ...(said === '' ? [] : [{ message: { role: 'assistant' as const, content: said } }]),
      ]),
      {},
    ),
};

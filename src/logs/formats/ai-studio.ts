/** Prompts saved by Google AI Studio: chunks of one conversation, thoughts among them, and the settings of its run. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { ContentPart } from '../../records/prompt-record.ts';
import { compact, filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { systemText } from '../request.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const aiStudio: LogFormat = {
  name: 'ai-studio',
  title: 'a prompt saved by Google AI Studio',
  holds: 'conversations',
  sign: (record) =>
    listOf(objectOf(record.chunkedPrompt)?.chunks)
      ? { score: 0.98, why: 'prompts have chunkedPrompt.chunks' }
      : undefined,
  map: (record) => {
    const settings = objectOf(record.runSettings);
    const system = systemText(record.systemInstruction);
    const chunks = (listOf(objectOf(record.chunkedPrompt)?.chunks) ?? []).filter(isObject).flatMap(turnOf);
    const turns: Turn[] = system ? [{ message: { role: 'system', content: system } }, ...chunks] : chunks;
    return turnPrompts(
      turns,
      compact({
        source_id: filled(record.id),
        model: filled(settings?.model)?.replace(/^models\//, ''),
        params: compact({
          temperature: numberOf(settings?.temperature),
          top_p: numberOf(settings?.topP),
          max_tokens: numberOf(settings?.maxOutputTokens),
        }),
      }),
    );
  },
};

/** A chunk is text, or a file on the Drive of the person who asked. */
function turnOf(chunk: JsonObject): Turn[] {
  if (chunk.isThought === true) return [];
  const role = chunk.role === 'user' ? 'user' : 'assistant';
  const text = textOf(chunk.text) ?? '';
  const media = Object.keys(chunk)
    .filter((key) => /^(?:drive|inline|youtube)/.test(key))
    .map((key): ContentPart => ({ type: 'media', media: key, value: chunk[key] ?? null }));
  const ts = isoTime(chunk.createTime);
  const content = media.length ? [...(text ? [{ type: 'text' as const, text }] : []), ...media] : text;
  return [{ message: { role, content }, ...(ts && { ts }) }];
}

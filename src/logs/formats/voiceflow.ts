/** Transcripts of Voiceflow: what a person sent, and the texts that the assistant showed or spoke. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { filled, firstOf, listOf, objectOf, textOf } from '../fields.ts';
import { oneRowPerFile } from '../group/one-row-per-file.ts';
import { isoTime } from '../moments.ts';
import type { LogFormat } from './format.ts';
import { type Turn, turnPrompts } from './turn-prompts.ts';

export const voiceflow: LogFormat = {
  name: 'voiceflow',
  title: 'Voiceflow transcripts',
  holds: 'conversations',
  sign: (record) =>
    partOf(record) || isNoise(record)
      ? { score: 0.8, why: 'each entry is a request or a trace with a payload' }
      : listOf(record.voiceflow_transcript)
        ? { score: 1, why: 'entries of a transcript' }
        : undefined,
  arrange: (rows) => oneRowPerFile(rows, 'voiceflow_transcript'),
  map: (record) => {
    const entries = (listOf(record.voiceflow_transcript) ?? []).filter(isObject);
    const turns = entries.flatMap((entry): Turn[] => {
      const turn = partOf(entry);
      return turn ? [turn] : [];
    });
    return turns.length > 0 ? turnPrompts(turns, {}) : reject('a transcript without a text');
  },
};

/** `{type: request, payload: {type: text, payload: "…"}}` and `{type: text, payload: {payload: {message}}}`. */
function partOf({ type, payload, startTime, createdAt }: JsonObject): Turn | undefined {
  const outer = objectOf(payload);
  const inner = objectOf(outer?.payload);
  const ts = isoTime(startTime ?? createdAt ?? null);
  const at = ts === undefined ? {} : { ts };
  const asked = type === 'request' && outer?.type === 'text' ? textOf(outer.payload) : undefined;
  if (filled(asked) !== undefined) return { message: { role: 'user', content: asked as string }, ...at };
  const said = type === 'text' || type === 'speak' ? textOf(firstOf(inner ?? outer, 'message')) : undefined;
  return filled(said) === undefined ? undefined : { message: { role: 'assistant', content: said as string }, ...at };
}

/** What a transcript has beside texts. */
const isNoise = ({ type, payload }: JsonObject): boolean =>
  typeof type === 'string' &&
  /^(?:launch|block|debug|end|flow|path|choice)$/.test(type) &&
  objectOf(payload) !== undefined;

/** Test runs of DeepEval: test cases with an input and the actual output, and conversations with turns. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, filled, listOf, numberOf, textOf } from '../fields.ts';
import { tagsFrom } from '../labels.ts';
import { messagesFrom } from '../messages.ts';
import type { Draft, LogFormat } from './format.ts';
import { turnPrompts } from './turn-prompts.ts';

const isCase = (record: JsonObject): boolean =>
  record.metricsData !== undefined && (record.input !== undefined || Array.isArray(record.turns));

export const deepEvalRun: LogFormat = {
  name: 'deepeval-run',
  title: 'a test run of DeepEval',
  sign: (record) => (isCase(record) ? { score: 0.97, why: 'test cases have metricsData' } : undefined),
  unwrap: (value) =>
    Array.isArray(value.testCases) && (value.metricsScores !== undefined || value.testPassed !== undefined)
      ? [...value.testCases, ...(listOf(value.conversationalTestCases) ?? [])].filter(isObject)
      : undefined,
  map: (record): Mapped | Mapped[] => {
    const around = { source_id: filled(record.name), tags: tagsFrom(record.tags) };
    if (Array.isArray(record.turns)) {
      const messages = messagesFrom(
        record.turns.filter(isObject).map(({ role, content }) => ({ role: role ?? '', content: content ?? '' })),
      );
      return messages
        ? turnPrompts(
            messages.map((message) => ({ message })),
            compact(around),
          )
        : reject('turns that cannot be read');
    }
    const asked = textOf(record.input);
    if (asked === undefined) return reject('the field input is there and cannot be read as text');
    const said = textOf(record.actualOutput);
    const seconds = numberOf(record.completionTime);
    return settle(
      compact<Draft>({
        ...around,
        messages: [...contextOf(record), { role: 'user', content: asked }],
        ref: said === undefined ? undefined : { text: said },
        measured: compact({ latency_ms: seconds === undefined ? undefined : Math.round(seconds * 1000) }),
      }),
    );
  },
};

/** What was retrieved went into the prompt; `context` is only the ideal, for the scores. */
function contextOf(record: JsonObject): Draft['messages'] {
  const texts = (listOf(record.retrievalContext) ?? []).filter((text) => typeof text === 'string');
  return texts.length ? [{ role: 'system', content: texts.join('\n\n') }] : [];
}

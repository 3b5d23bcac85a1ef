/** LLM logs of Azure API Management: requests and responses in columns; long ones go on in further rows of the same call. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { type Row, reject, settle } from '../draft.ts';
import { compact, decoded, filled, firstOf, numberOf, wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import type { Draft, LogFormat } from './format.ts';

const columns = ['RequestMessages', 'ResponseMessages'] as const;

export const apim: LogFormat = {
  name: 'apim',
  title: 'LLM logs of Azure API Management',
  sign: (record) =>
    record.CorrelationId !== undefined && columns.some((name) => record[name] !== undefined)
      ? { score: 0.98, why: 'rows have a CorrelationId and RequestMessages' }
      : undefined,
  arrange: (rows) => {
    const calls = new Map<string, Row[]>();
    for (const row of rows) {
      const key = `${row.file} ${wordOf(row.value.CorrelationId)}`;
      calls.set(key, [...(calls.get(key) ?? []), row]);
    }
    return [...calls.values()].flatMap((group) => {
      const parts = [...group].sort((a, b) => sequence(a) - sequence(b));
      const [first] = parts;
      return first ? [{ ...first, value: whole(parts.map(({ value }) => value)) }] : [];
    });
  },
  map: (record) => {
    const messages = messagesFrom(record.RequestMessages);
    if (!messages?.length) return reject('a call whose RequestMessages are not there or cannot be read');
    return settle(
      compact<Draft>({
        messages,
        ref: answerFrom(record.ResponseMessages),
        model: filled(firstOf(record, 'ModelName', 'DeploymentName')),
        task: filled(record.ApiId),
        source_id: filled(record.CorrelationId),
        ts: isoTime(record.TimeGenerated),
        measured: compact({
          usage: compact({ in: numberOf(record.PromptTokens), out: numberOf(record.CompletionTokens) }),
        }),
      }),
    );
  },
};

const sequence = ({ value }: Row): number => numberOf(value.SequenceNumber) ?? 0;

/** Pieces of one text, or lists that go on. */
function whole(parts: JsonObject[]): JsonObject {
  const made: JsonObject = Object.assign({}, ...[...parts].reverse());
  for (const name of columns) {
    const pieces = parts
      .map((part) => part[name])
      .filter((piece) => piece !== undefined && piece !== null && piece !== '');
    const text = pieces.every((piece) => typeof piece === 'string') ? decoded(pieces.join('')) : undefined;
    const joined =
      text !== undefined && typeof text !== 'string' ? text : pieces.flatMap((piece) => decoded(piece) ?? []);
    const list = Array.isArray(joined) ? joined.filter(isObject) : joined;
    if (Array.isArray(list) && list.length === 0) delete made[name];
    else made[name] = list;
  }
  return made;
}

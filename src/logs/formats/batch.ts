/** OpenAI and Anthropic batch files: requests and results are two files, joined by custom_id in any order. */
import type { JsonObject } from '../../records/plain-json.ts';
import { shellWord } from '../../text/shell.ts';
import { answerFrom } from '../answer.ts';
import { type Mapped, type Row, reject, settle, skip } from '../draft.ts';
import { compact, filled, firstOf, objectOf, textOf } from '../fields.ts';
import { requestFrom } from '../request.ts';
import type { LogFormat } from './format.ts';

export const batch: LogFormat = {
  name: 'batch',
  title: 'batch files of OpenAI and Anthropic, requests and results',
  sign: (record) => {
    const part = ['body', 'params', 'response', 'result', 'error'].find((name) => record[name] !== undefined);
    return record.custom_id !== undefined && part
      ? { score: 0.98, why: `lines have custom_id and ${part}` }
      : undefined;
  },
  arrange: (rows) => {
    const results = new Map(rows.filter(isResult).map((row) => [row.value.custom_id, row]));
    const asked = new Set(rows.filter((row) => !isResult(row)).map((row) => row.value.custom_id));
    const joined = rows
      .filter((row) => !isResult(row))
      .map((row) => ({
        ...row,
        value: { ...row.value, joined: results.get(row.value.custom_id ?? null)?.value ?? null },
      }));
    return [...joined, ...rows.filter((row) => isResult(row) && !asked.has(row.value.custom_id))];
  },
  map: mapBatch,
  noPrompts: (file) =>
    `a batch output holds only answers: give the input file as well (gapcheck import input.jsonl ${shellWord(file)} -o prompts.jsonl)`,
};

const isResult = ({ value }: Row): boolean => value.body === undefined && value.params === undefined;

function mapBatch(record: JsonObject): Mapped {
  const body = firstOf(record, 'body', 'params');
  if (body === undefined) return reject('a batch result without its request');
  const url = textOf(record.url) ?? '';
  if (/embeddings|moderations|images|audio/.test(url)) return skip(`${url} requests`);
  const request = requestFrom(body);
  if (!request) return reject('no chat request in the body');
  const result = objectOf(record.joined);
  const response = objectOf(result?.response);
  const outcome = objectOf(result?.result);
  const answer =
    answerFrom(response?.body ?? outcome?.message ?? undefined) ??
    answerFrom({ error: firstOf(result, 'error') ?? outcome?.error ?? null });
  const metadata = objectOf(objectOf(body)?.metadata);
  return settle(
    compact({ ...request, ref: answer, source_id: filled(record.custom_id), task: filled(metadata?.task) }),
  );
}

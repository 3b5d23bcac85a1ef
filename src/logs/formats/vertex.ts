/** Google's logs: request-response logging of Vertex AI, and batches of the Gemini API, joined by key. */
import type { JsonObject } from '../../records/plain-json.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, type Row, reject, settle } from '../draft.ts';
import { compact, decoded, filled, firstOf, listOf, objectOf, wordOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

const requestOf = (record: JsonObject): JsonObject | undefined =>
  [record.full_request, record.fullRequest, record.request]
    .map((value) => objectOf(decoded(value)))
    .find((body) => listOf(body?.contents));

const isAnswer = (record: JsonObject): boolean =>
  record.key !== undefined &&
  record.request === undefined &&
  listOf(objectOf(decoded(record.response))?.candidates) !== undefined;

export const vertex: LogFormat = {
  name: 'vertex',
  title: 'request logs and batches of Vertex AI and the Gemini API',
  sign: (record) =>
    requestOf(record) || isAnswer(record)
      ? { score: 0.96, why: 'records have a request with contents, as the Gemini API takes it' }
      : undefined,
  arrange: joined,
  map: (record): Mapped => {
    const body = requestOf(record);
    if (!body) return reject('a batch result without its request');
    const request = requestFrom(withRoles(body));
    if (!request) return reject('no contents that can be read');
    const response = firstOf(record, 'full_response', 'fullResponse', 'response');
    const answer = streamed(decoded(response)) ?? answerFrom(response);
    return settle(
      compact<Draft>({
        ...request,
        ref: answer,
        model: modelName(
          filled(record.model) ?? filled(body.model) ?? filled(objectOf(decoded(response))?.modelVersion),
        ),
        source_id: filled(record.key) ?? (record.request_id === undefined ? undefined : wordOf(record.request_id)),
        ts: isoTime(firstOf(record, 'logging_time', 'loggingTime', 'timestamp', 'processed_time')),
      }),
    );
  },
  noPrompts:
    'batch results hold only answers: give the request file as well (gapcheck import requests.jsonl results.jsonl -o prompts.jsonl)',
};

const modelName = (name: string | undefined): string | undefined =>
  name?.replace(/^.*\/models\//, '').replace(/^models\//, '');

/** Contents without a role are the user's. */
function withRoles(body: JsonObject): JsonObject {
  const contents = (listOf(body.contents) ?? []).map((item) => {
    const content = objectOf(item);
    return content && content.role === undefined ? { ...content, role: 'user' } : item;
  });
  const config = objectOf(body.generationConfig) ?? objectOf(body.generation_config);
  return { ...body, contents, ...(config && { generationConfig: config }) };
}

function joined(rows: Row[]): Row[] {
  const answers = new Map(
    rows.filter(({ value }) => isAnswer(value)).map((row) => [row.value.key, row.value.response ?? null]),
  );
  const asked = new Set(rows.filter(({ value }) => requestOf(value)).map(({ value }) => value.key));
  return rows.flatMap((row) => {
    const { key } = row.value;
    if (isAnswer(row.value)) return key !== undefined && asked.has(key) ? [] : [row];
    const response = row.value.response ?? (key === undefined ? undefined : answers.get(key));
    return [response === undefined ? row : { ...row, value: { ...row.value, response } }];
  });
}

/** A list of response chunks is one answer. */
function streamed(response: ReturnType<typeof decoded>): Draft['ref'] {
  if (!Array.isArray(response)) return undefined;
  const answers = response.map((chunk) => answerFrom(chunk)).filter((answer) => answer !== undefined);
  const last = answers.at(-1);
  const usage = usageFrom(objectOf(response.at(-1))?.usageMetadata);
  return last && compact({ ...last, text: answers.map(({ text }) => text).join(''), ...(usage && { usage }) });
}

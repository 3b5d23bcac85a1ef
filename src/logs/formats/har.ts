/** Recordings of a browser's or a proxy's traffic (HAR): the entries whose request is a call of a model. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { answerFrom } from '../answer.ts';
import { settle, skip } from '../draft.ts';
import { compact, decoded, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';
import { requestFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';

const isEntry = (record: JsonObject): boolean =>
  record.startedDateTime !== undefined && isObject(record.request) && isObject(record.response);

export const har: LogFormat = {
  name: 'har',
  title: 'recorded traffic (HAR) with calls of a model',
  sign: (record) =>
    isEntry(record) ? { score: 0.97, why: 'entries have a startedDateTime, a request and a response' } : undefined,
  unwrap: (value) => {
    const entries = listOf(objectOf(value.log)?.entries)?.filter(isObject);
    return entries?.every(isEntry) ? entries : undefined;
  },
  map: (record) => {
    const body = decoded(textOf(objectOf(objectOf(record.request)?.postData)?.text));
    const request = isObject(body) && isCall(body) ? requestFrom(body) : undefined;
    if (!request) return skip('entries that are no call of a model');
    return settle(
      compact<Draft>({
        ...request,
        ref: answerFrom(said(objectOf(record.response) ?? {})),
        ts: isoTime(record.startedDateTime),
        measured: compact({ latency_ms: numberOf(record.time) }),
      }),
    );
  },
};

const isCall = (body: JsonObject): boolean =>
  Array.isArray(body.messages) ||
  Array.isArray(body.contents) ||
  (body.model !== undefined && body.input !== undefined);

/** Bytes that are no text stand in base64. */
function said(response: JsonObject): Json {
  const content = objectOf(response.content);
  const text = textOf(content?.text) ?? '';
  return content?.encoding === 'base64' ? decodeBase64(text) : text;
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  } catch {
    return '';
  }
}

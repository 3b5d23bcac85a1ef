/** Lists of calls that a gateway keeps without their bodies: known, and refused with the reason. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import { reject } from '../draft.ts';
import { listOf } from '../fields.ts';
import type { LogFormat } from './format.ts';

const has = (record: JsonObject, ...names: string[]): boolean => names.some((name) => record[name] !== undefined);
const isCallList = (record: JsonObject): boolean =>
  has(record, 'tokens_in', 'tokens_out', 'prompt_tokens', 'completion_tokens', 'input_tokens', 'usage') &&
  has(record, 'model', 'provider') &&
  has(record, 'status_code', 'success', 'duration', 'latency', 'cached', 'path', 'cost') &&
  !Object.keys(record).some((name) =>
    /^(?:messages|prompt|input|request|request_body|body|query|question|text|response|output|completion|content|request_head|choices)$/i.test(
      name,
    ),
  );

export const gatewayCalls: LogFormat = {
  name: 'gateway-calls',
  title: 'calls without their bodies',
  sign: (record) =>
    isCallList(record) ? { score: 0.4, why: 'records have models and token counts, and no bodies' } : undefined,
  unwrap: (value) => {
    const records = listOf(value.result)?.filter(isObject);
    return records?.some(isCallList) ? records : undefined;
  },
  map: () => reject('a call without its request body: models, tokens and times are no prompt'),
  noPrompts:
    'export the calls with the request and response bodies: turn on payload logging in the gateway, or fetch each log with its request and response',
};

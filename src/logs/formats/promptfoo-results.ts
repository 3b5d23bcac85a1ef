/** Results of promptfoo: its JSON and JSON lines, rows of its database, and its result table as CSV. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, Message } from '../../records/prompt-record.ts';
import { type Mapped, type Row, reject, settle, skip } from '../draft.ts';
import { compact, decoded, filled, listOf, numberOf, objectOf, textOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom } from '../request.ts';
import type { Draft, LogFormat } from './format.ts';
import { rendered } from './promptfoo.ts';

const isResult = (record: JsonObject): boolean =>
  isObject(record.prompt) &&
  record.prompt.raw !== undefined &&
  (isObject(record.provider) || typeof record.provider === 'string' || record.response !== undefined);
const outputColumn = /^\[([^\]]+)\] ([\s\S]+?)(?:_\d+)?$/;
const outputsOf = (record: JsonObject): string[] => Object.keys(record).filter((key) => outputColumn.test(key));

export const promptfooResults: LogFormat = {
  name: 'promptfoo-results',
  title: 'results of promptfoo',
  sign: (record) => {
    if (isResult(record)) return { score: 0.98, why: 'results have prompt.raw and a provider' };
    return outputsOf(record).length
      ? { score: 0.96, why: `it has the column ${(outputsOf(record)[0] ?? '').slice(0, 60)}` }
      : undefined;
  },
  unwrap: (value) => {
    const list = listOf(objectOf(value.results)?.results) ?? listOf(value.results);
    const results = list?.filter(isObject);
    return results?.some(isResult) ? results : undefined;
  },
  arrange: besideEachOther,
  map: (record) => (isResult(record) ? resultPrompt(record) : tablePrompts(record)),
};

/** Results of several providers on one prompt are one prompt with an answer of each; a repetition is a prompt again. */
function besideEachOther(rows: Row[]): Row[] {
  const groups = new Map<string, Row[][]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    const open = known.find((group) => !group.some((other) => providerOf(other.value) === providerOf(row.value)));
    if (open && isResult(row.value)) open.push(row);
    else known.push([row]);
  }
  return [...groups.values()].flat().flatMap(([first, ...others]) => {
    if (!first) return [];
    return [others.length ? { ...first, value: { ...first.value, others: others.map(({ value }) => value) } } : first];
  });
}
const keyOf = ({ file, value }: Row): string =>
  JSON.stringify([file, value.testIdx ?? null, objectOf(value.prompt)?.raw ?? null]);

const providerOf = (record: JsonObject): string =>
  filled(objectOf(record.provider)?.id) ?? filled(record.provider) ?? 'provider';
/** `openai:chat:gpt-4.1-mini` names the model last. */
const modelOf = (provider: string): string =>
  /^(?:openai|azure|azureopenai|anthropic|google|vertex|bedrock|mistral|ollama|groq|openrouter|cohere|deepseek|xai)\b/.test(
    provider,
  )
    ? provider.replace(/^[\w-]+:(?:(?:chat|completion|completions|responses|messages|assistant|realtime):)?/, '')
    : provider;

function resultPrompt(record: JsonObject): Mapped {
  const raw = objectOf(record.prompt)?.raw;
  const messages = promptMessages(raw);
  if (!messages) return reject('a result without its prompt');
  const others = (listOf(record.others) ?? []).filter(isObject);
  const provider = providerOf(record);
  const answer = answerOf(record);
  const test = objectOf(record.testCase);
  const answers = others.length ? Object.fromEntries([record, ...others].flatMap((each) => named(each))) : undefined;
  const metadata = objectOf(test?.metadata);
  return settle(
    compact<Draft>({
      messages,
      ref: answers ? undefined : answer,
      answers,
      model: answers ? undefined : modelOf(provider),
      params: paramsFrom(objectOf(record.provider)?.config),
      task: filled(metadata?.task) ?? filled(metadata?.category),
      source_id: filled(record.id),
      ts: isoTime(record.createdAt),
    }),
  );
}

const named = (record: JsonObject): [string, LoggedAnswer][] => {
  const answer = answerOf(record);
  return answer ? [[providerOf(record), answer]] : [];
};

/** A prompt is text, or a chat as JSON. */
function promptMessages(raw: Json | undefined): Message[] | undefined {
  const chat = messagesFrom(decoded(raw));
  if (chat?.length) return chat;
  const text = filled(raw);
  return text === undefined ? undefined : [{ role: 'user', content: text }];
}

function answerOf(record: JsonObject): LoggedAnswer | undefined {
  const response = objectOf(decoded(record.response));
  const output = response?.output ?? undefined;
  const usage = objectOf(response?.tokenUsage);
  if (output === undefined) {
    const error = filled(response?.error) ?? filled(record.error);
    return error ? { text: '', error, model: modelOf(providerOf(record)) } : undefined;
  }
  return compact<LoggedAnswer>({
    text: typeof output === 'string' ? output : JSON.stringify(output),
    model: modelOf(providerOf(record)),
    finish: filled(response?.finishReason),
    usage: compact({ in: numberOf(usage?.prompt), out: numberOf(usage?.completion) }),
    latency_ms: response?.cached === true ? undefined : numberOf(record.latencyMs),
    cost_usd: numberOf(record.cost),
  });
}

// ───────────────────────────── the table ─────────────────────────────

const notVariables = /^(?:Description|Status|Score|Named Scores|Grader Reason|Comment|__.*)(?:_\d+)?$/;

/** One prompt per template; columns of several providers with one template are its answers. */
function tablePrompts(record: JsonObject): Mapped[] {
  const columns = outputsOf(record);
  const variables = Object.fromEntries(
    Object.entries(record).filter(([key]) => !columns.includes(key) && !notVariables.test(key)),
  );
  const byTemplate = new Map<string, [string, LoggedAnswer][]>();
  for (const column of columns) {
    const [, provider = '', label = ''] = outputColumn.exec(column) ?? [];
    const answer = cellAnswer(textOf(record[column]) ?? '', provider);
    byTemplate.set(label, [
      ...(byTemplate.get(label) ?? []),
      ...(answer ? [[provider, answer] as [string, LoggedAnswer]] : []),
    ]);
  }
  return [...byTemplate].map(([label, answers]) => tablePrompt(label, variables, answers, record));
}

function tablePrompt(
  label: string,
  variables: JsonObject,
  answers: [string, LoggedAnswer][],
  record: JsonObject,
): Mapped {
  // A chat template is shown behind the name of its file.
  const chat = /^[^\n[{]*?: (\[[\s\S]*\])$/.exec(label)?.[1];
  const messages = rendered(chat && messagesFrom(decoded(chat)) ? chat : label, variables, record);
  if (typeof messages === 'string')
    return /\{\{|\{%/.test(label) ? reject(messages) : skip('results without their prompt');
  const [only] = answers;
  return settle(
    compact<Draft>({
      messages,
      ref: answers.length === 1 ? only?.[1] : undefined,
      answers: answers.length > 1 ? Object.fromEntries(answers) : undefined,
      model: only && answers.length === 1 ? only[1].model : undefined,
      source_id: filled(record.Description),
    }),
  );
}

/** `[PASS] (1.00)` and the like stand before the answer in older tables; a reason may stand between. */
function cellAnswer(cell: string, provider: string): LoggedAnswer | undefined {
  if (/^\[ERROR\]/.test(cell)) return undefined;
  const marked = /^\[(?:PASS|FAIL)\](?: \([\d.]+\))?\s*/.exec(cell);
  const rest = marked ? cell.slice(marked[0].length) : cell;
  const behind = marked && rest.includes('\n---\n') ? rest.slice(rest.indexOf('\n---\n') + 5) : rest;
  return behind.trim() === '' ? undefined : { text: behind, model: modelOf(provider) };
}

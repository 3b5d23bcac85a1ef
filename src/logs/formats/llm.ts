/** `llm logs --json -n 0` (simonw/llm), its text, and the rows of its database. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, Message, ToolCall } from '../../records/prompt-record.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Draft, type Mapped, type Row, reject, settle, withoutReference } from '../draft.ts';
import { compact, decoded, filled, listOf, numberOf, objectOf, textOf, wordOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import { isoTime } from '../moments.ts';
import { paramsFrom, requestFrom } from '../request.ts';
import { toolCallsFrom, toolsFrom } from '../tools.ts';
import type { LogFormat } from './format.ts';

export const llmLogs: LogFormat = {
  name: 'llm',
  title: 'what `llm logs --json` prints',
  sign: (record) =>
    record.conversation_id !== undefined && record.duration_ms !== undefined && record.datetime_utc !== undefined
      ? { score: 0.98, why: 'rows have conversation_id, duration_ms and datetime_utc' }
      : undefined,
  arrange: withHistory,
  map: mapRow,
  noPrompts: 'export with `llm logs --json -n 0 -e > logs.json`',
};

/** Rows of one conversation, oldest first: each is asked with all that was said before it. */
function withHistory(rows: Row[]): Row[] {
  const said = new Map<string, Message[]>();
  const order = (row: Row): string => `${textOf(row.value.datetime_utc) ?? ''} ${wordOf(row.value.id ?? '')}`;
  const before = new Map<Row, Message[]>();
  for (const row of rows.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
    const key = `${row.file} ${wordOf(row.value.conversation_id)}`;
    const history = said.get(key) ?? [];
    before.set(row, history);
    // A whole request, with the turns before this one, needs no history.
    if (isObject(decoded(row.value.prompt_json))) continue;
    const answer = answerMessage(row.value);
    const own = turnsOf(row.value, history);
    said.set(key, [...history, ...own, ...(answer ? [answer] : [])]);
  }
  return rows.map((row) => {
    const history = before.get(row);
    return history?.length ? { ...row, value: { ...row.value, history: history as unknown as Json } } : row;
  });
}

/** The turns that a row adds: its system text where nothing stands before, tool results, and the prompt with fragments. */
function turnsOf(record: JsonObject, history: readonly Message[]): Message[] {
  const system = text(record.system_fragments, record.system);
  const prompt = text(record.prompt_fragments, record.prompt);
  const results = (listOf(record.tool_results) ?? []).filter(isObject).map(resultOf);
  const same = history.some((message) => message.role === 'system' && message.content === system);
  return [
    ...(system && !same && history.length === 0 ? [{ role: 'system' as const, content: system }] : []),
    ...results,
    ...(prompt ? [{ role: 'user' as const, content: prompt }] : []),
  ];
}

/** Fragments stand in front of the text they were given with. */
function text(fragments: JsonObject[string] | undefined, own: JsonObject[string] | undefined): string {
  const contents = (listOf(fragments) ?? []).flatMap((item) => (isObject(item) ? (textOf(item.content) ?? []) : []));
  const after = textOf(own) ?? '';
  // Newer versions print the prompt with its fragments in it.
  const missing = contents.filter((content) => !after.includes(content.trim()));
  return [...missing, after].filter((each) => each.trim() !== '').join('\n');
}

const resultOf = (result: JsonObject): Message => ({
  role: 'tool',
  tool_call_id: filled(result.tool_call_id) ?? '',
  content: textOf(result.output) ?? JSON.stringify(result.output ?? ''),
});

/** The tool names a call's id `tool_call_id`. */
const callsOf = (record: JsonObject): ToolCall[] =>
  toolCallsFrom(
    (listOf(record.tool_calls) ?? []).map((call) =>
      isObject(call) ? { ...call, id: call.tool_call_id ?? call.id ?? null } : call,
    ),
  );

function answerMessage(record: JsonObject): Message | undefined {
  const calls = callsOf(record);
  const content = textOf(record.response) ?? '';
  return content || calls.length
    ? compact<Message>({ role: 'assistant', content, tool_calls: calls.length ? calls : undefined })
    : undefined;
}

function mapRow(record: JsonObject): Mapped {
  const history = (listOf(record.history) ?? []).filter(isObject) as unknown as Message[];
  // The whole request, with the turns before this one, is in prompt_json where the plug-in logs it.
  const request = requestFrom(record.prompt_json);
  const turns = request?.messages ?? [...history, ...turnsOf(record, history)];
  const added = turns.at(-1);
  if (!added || (!request && added.role !== 'user' && added.role !== 'tool')) return reject('the prompt is empty');
  const lost = (fragmentsLost(record) || isShort(record.prompt)) && !request;
  const mapped = settle(
    compact<Draft>({
      messages: turns,
      tools: request?.tools ?? toolsFrom(record.tools),
      params: request?.params ?? paramsFrom(record.options_json),
      response_format: schemaOf(record),
      model: filled(record.model),
      ref: answerOf(record),
      source_id: filled(record.id),
      ts: isoTime(record.datetime_utc),
      session_id: filled(record.conversation_id),
      flags: lost ? ['truncated'] : listOf(record.attachments)?.length ? ['media'] : undefined,
    }),
  );
  return isShort(record.response)
    ? withoutReference(mapped, '`llm logs -t` cut the answer after 100 characters: it is no logged answer')
    : mapped;
}

/** What `llm logs -t` makes of a longer text: 97 characters and three dots. */
const isShort = (value: JsonObject[string] | undefined): boolean =>
  typeof value === 'string' && value.endsWith('...') && [...value].length === 100;

/** Without -e fragments are hashes: the text that was sent is not in the log, unless the prompt repeats it. */
const fragmentsLost = (record: JsonObject): boolean =>
  [...(listOf(record.prompt_fragments) ?? []), ...(listOf(record.system_fragments) ?? [])].some(
    (item) => !isObject(item) || (textOf(item.content) === undefined && !wholeText(record)),
  );

/** What was sent cannot be shorter than the prompt that the tool counted. */
const wholeText = (record: JsonObject): boolean => {
  const tokens = numberOf(record.input_tokens);
  const length = `${textOf(record.prompt) ?? ''}${textOf(record.system) ?? ''}`.length;
  return tokens !== undefined && length >= tokens * 2;
};

function schemaOf(record: JsonObject): Draft['response_format'] {
  const schema = objectOf(decoded(record.schema_json));
  return schema && { type: 'json_schema', schema };
}

function answerOf(record: JsonObject): LoggedAnswer | undefined {
  const body = objectOf(decoded(record.response_json));
  const message = messagesFrom(record.answer_messages)?.at(-1);
  const calls = message?.tool_calls ?? callsOf(record);
  const said = textOf(message?.content ?? undefined) ?? textOf(record.response) ?? (calls.length ? '' : undefined);
  if (said === undefined) return undefined;
  const usage = compact({ in: numberOf(record.input_tokens), out: numberOf(record.output_tokens) });
  return compact<LoggedAnswer>({
    text: said,
    tool_calls: calls.length ? calls : undefined,
    finish: filled(body?.finish_reason) ?? answerFrom(body)?.finish,
    latency_ms: numberOf(record.duration_ms),
    usage: usage.in === undefined && usage.out === undefined ? usageFrom(body?.usage) : usage,
  });
}

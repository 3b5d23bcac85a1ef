/** Langfuse: single-trace downloads, observations or traces as JSON, JSON lines or CSV. Only GENERATIONs are calls. */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message, Tool } from '../../records/prompt-record.ts';
import { answerFrom, usageFrom } from '../answer.ts';
import { type Mapped, plainText, type Row, reject, settle, skip } from '../draft.ts';
import {
  compact,
  decoded,
  filled,
  firstOf,
  listOf,
  type Maybe,
  numberOf,
  objectOf,
  parseJson,
  textOf,
} from '../fields.ts';
import { tagsFrom } from '../labels.ts';
import { messageFrom, messagesFrom } from '../messages.ts';
import { elapsedMs, isoTime } from '../moments.ts';
import { paramsFrom, requestFrom, systemText } from '../request.ts';
import { toolCallsFrom, toolsFrom } from '../tools.ts';
import type { Draft, LogFormat } from './format.ts';

export const langfuse: LogFormat = {
  name: 'langfuse',
  title: 'a Langfuse export',
  sign: (record) => {
    if (
      filled(record.type) &&
      record.traceId !== undefined &&
      (record.usageDetails !== undefined || record.parentObservationId !== undefined)
    ) {
      return { score: 0.97, why: 'it has Langfuse observations' };
    }
    const trace = record.bookmarked !== undefined && 'input' in record && 'output' in record;
    return trace ? { score: 0.95, why: 'it has Langfuse traces' } : undefined;
  },
  unwrap: (value) => {
    const trace = objectOf(value.trace);
    const observations = listOf(value.observations) ?? listOf(trace?.observations);
    return observations && (trace || value.bookmarked !== undefined)
      ? observations.filter(isObject).map((each) => ({
          ...each,
          traceName: each.traceName ?? trace?.name ?? null,
          traceTags: each.traceTags ?? trace?.tags ?? null,
        }))
      : undefined;
  },
  arrange,
  taskFields: {
    names: ['traceName', 'name'],
    meant: 'promptName',
    of: ({ type }) => type === undefined || type === 'GENERATION',
  },
  map: (record, { taskName }) => mapObservation(record, taskName),
  noPrompts: 'export observations of type GENERATION with their input and output',
};

/** Of a GENERATION inside a GENERATION the one with messages stays, the inner one if both have; parents lend their system prompt. */
function arrange(rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [textOf(row.value.id) ?? '', row]));
  const readable = (row: Row): boolean => row.value.type === 'GENERATION' && 'draft' in mapObservation(row.value);
  const replaced = new Set<Row>();
  for (const row of rows) {
    const parent = byId.get(textOf(row.value.parentObservationId) ?? '\u0000');
    if (row.value.type !== 'GENERATION' || parent?.value.type !== 'GENERATION') continue;
    replaced.add(readable(row) || !readable(parent) ? parent : row);
  }
  return rows.filter((row) => !replaced.has(row)).map((row) => lendSystem(row, byId));
}

/** Frameworks log the system prompt on the agent span only: taken from the parent when the user's text is the same. */
function lendSystem(row: Row, byId: Map<string, Row>): Row {
  const parent = byId.get(textOf(row.value.parentObservationId) ?? '\u0000');
  if (row.value.type !== 'GENERATION' || !parent || parent.value.type === 'GENERATION') return row;
  const above = readInput(parent.value)?.messages;
  const own = readInput(row.value)?.messages;
  const system = above?.find((message) => message.role === 'system');
  if (!system || !own || own.some((message) => message.role === 'system' || message.role === 'developer')) return row;
  const asked = (messages: Message[]): string =>
    plainText(messages.find((message) => message.role === 'user')?.content ?? null);
  return asked(own) !== '' && asked(own) === asked(above ?? [])
    ? { ...row, value: { ...row.value, lentSystem: plainText(system.content) } }
    : row;
}

function mapObservation(record: JsonObject, taskName = 'promptName'): Mapped {
  const type = filled(record.type);
  if (type && type !== 'GENERATION') return skip(`${type} observations`);
  const output = decoded(record.output);
  const input = readInput(record);
  if (!input) return reject(reasonOf(decoded(record.input)));
  const attributes = objectOf(decoded(objectOf(decoded(record.metadata))?.attributes));
  const answer =
    isObject(output) || Array.isArray(output) || typeof output === 'string'
      ? answerFrom(repairAnswer(output))
      : undefined;
  const instructions = systemText(objectOf(output)?.instructions) ?? textOf(record.lentSystem);
  const hasSystem = input.messages.some((message) => message.role === 'system');
  return settle(
    compact<Draft>({
      ...input,
      messages:
        instructions && !hasSystem ? [{ role: 'system', content: instructions }, ...input.messages] : input.messages,
      tools:
        input.tools ??
        toolsFrom(record.toolDefinitions) ??
        toolsFrom(objectOf(output)?.tools) ??
        toolsFrom(attributes?.['ai.prompt.tools']) ??
        toolsFrom(attributes?.['gen_ai.tool.definitions']),
      params: paramsFrom(record.modelParameters) ?? input.params,
      ref: answer || record.level === 'ERROR' ? { text: '', ...answer, ...numbers(record) } : undefined,
      model: filled(firstOf(record, 'model', 'providedModelName')) ?? input.model,
      task: filled(firstOf(record, taskName, 'promptName', 'traceName')) ?? filled(record.name),
      source_id: filled(record.id),
      trace_id: filled(record.traceId) ?? (record.bookmarked === undefined ? undefined : filled(record.id)),
      ts: isoTime(firstOf(record, 'startTime', 'timestamp')),
      session_id: filled(firstOf(record, 'sessionId')),
      tags: tagsFrom(firstOf(record, 'tags', 'traceTags')),
    }),
  );
}

const pythonRepr = /^role='\w+' content=/;

function reasonOf(input: Maybe): string {
  if (input === null || input === undefined || input === '') return 'the input was not logged';
  const first = listOf(objectOf(input)?.messages ?? input)?.[0];
  if (typeof first === 'string' && pythonRepr.test(first)) return 'messages logged as Python text cannot be rebuilt';
  if (typeof input === 'string') return 'a conversation flattened into text cannot be taken apart';
  return 'the input is not a prompt';
}

function readInput(record: JsonObject): Draft | undefined {
  const input = decoded(record.input);
  if (typeof input === 'string')
    return flattened.test(input) || input.trim() === '' ? undefined : { messages: [{ role: 'user', content: input }] };
  if (Array.isArray(input)) return fromList(input);
  if (!isObject(input)) return undefined;
  const args = listOf(input.args);
  if (args?.length === 1 && typeof args[0] === 'string') return { messages: [{ role: 'user', content: args[0] }] };
  const request = requestFrom(
    input.messages === undefined ? input : { ...input, messages: decoded(input.messages) ?? null },
  );
  if (request) return request;
  const single = filled(input.role) ? messageFrom(input) : undefined;
  return single?.length ? { messages: single } : undefined;
}

/** `developer: …` newline `user: …`: a conversation flattened into text cannot be taken apart safely. */
const flattened = /^(?:system|developer|user): [\s\S]*\n(?:user|assistant): /;

function fromList(input: Json[]): Draft | undefined {
  const { messages, tools } = withoutDefinitions(input.map(repairCalls));
  const read = messagesFrom(messages);
  return read && compact<Draft>({ messages: read, tools: tools.length ? tools : undefined });
}

/** LangGraph logs tool definitions as messages of role `tool`. */
function withoutDefinitions(items: Json[]): { messages: Json[]; tools: Tool[] } {
  const definition = (item: Json): Tool[] | undefined =>
    isObject(item) && item.role === 'tool' && isObject(item.content) && !isCallObject(item.content)
      ? toolsFrom([item.content])
      : undefined;
  return {
    messages: items.filter((item) => !definition(item)),
    tools: items.flatMap((item) => definition(item) ?? []),
  };
}

/** Koog logs the assistant's calls as JSON text, under role `tool` in the input. */
function repairCalls(item: Json): Json {
  if (!isObject(item) || item.role !== 'tool' || filled(item.tool_call_id)) return item;
  const calls = callsIn(item.content) ?? (isCallObject(item.content) ? [item.content as Json] : undefined);
  return calls ? { role: 'assistant', content: null, tool_calls: calls } : item;
}

/** Exports whose inputs were parsed already hold the call itself; a definition has parameters instead of arguments. */
const isCallObject = (content: Maybe): boolean => objectOf(objectOf(content)?.function)?.arguments !== undefined;

function callsIn(content: Maybe): Json[] | undefined {
  const list = typeof content === 'string' && content.startsWith('[{') ? listOf(parseJson(content)) : listOf(content);
  return list?.length &&
    list.every((call) => isObject(call) && isObject(call.function)) &&
    toolCallsFrom(list).length === list.length
    ? list
    : undefined;
}

function repairAnswer(output: Json): Json {
  if (!Array.isArray(output)) return output;
  return output.map((item) => {
    const calls =
      isObject(item) && item.finish_reason === 'tool_calls'
        ? (callsIn(item.content) ?? (isCallObject(item.content) ? [item.content as Json] : undefined))
        : undefined;
    return calls && isObject(item) ? { ...item, content: null, tool_calls: calls } : item;
  });
}

function numbers(record: JsonObject): Partial<NonNullable<Draft['ref']>> {
  const seconds = numberOf(record.latency);
  const first = numberOf(record.timeToFirstToken);
  const flat = compact({ in: numberOf(record.inputUsage), out: numberOf(record.outputUsage) });
  return compact({
    usage: usageFrom(record.usageDetails) ?? (Object.keys(flat).length ? flat : undefined),
    latency_ms: elapsedMs(record.startTime, record.endTime) ?? (seconds === undefined ? undefined : seconds * 1000),
    ttft_ms:
      elapsedMs(record.startTime, record.completionStartTime) ?? (first === undefined ? undefined : first * 1000),
    cost_usd:
      numberOf(firstOf(record, 'totalCost', 'calculatedTotalCost')) ??
      numberOf(objectOf(decoded(record.costDetails))?.total),
    error: record.level === 'ERROR' ? (filled(record.statusMessage) ?? 'error') : undefined,
  });
}

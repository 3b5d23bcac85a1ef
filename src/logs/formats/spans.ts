/**
 * What the three span formats share: OTLP files, SDK dumps and bare attribute objects → one span shape; events joined to
 * their span; of a root and a leaf that log the same call, the leaf.
 */
import type { Json, JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Row } from '../draft.ts';
import { isMissing } from '../fields/record-fields.ts';
import { compact, decoded, filled, firstOf, listOf, type Maybe, numberOf, objectOf, textOf } from '../fields.ts';
import { isoTime } from '../moments.ts';

export interface Span {
  name: string;
  /** As a data frame of Phoenix names it, beside the attributes. */
  kind?: string;
  attributes: JsonObject;
  traceId: string;
  spanId: string;
  parentId: string;
  start?: string;
  end?: string;
  events: { name: string; attributes: JsonObject }[];
  error?: string;
}

/** `{resourceSpans}` or `{resourceLogs}` → one object per span or log record; undefined for anything else. */
export function unwrapSpans(value: JsonObject): JsonObject[] | undefined {
  const resources = listOf(firstOf(value, 'resourceSpans', 'resource_spans', 'resourceLogs', 'resource_logs'));
  if (!resources) return undefined;
  const scopes = resources.flatMap((resource) =>
    inside(resource, 'scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'scopeLogs', 'scope_logs'),
  );
  return scopes.flatMap((scope) => inside(scope, 'spans', 'logRecords', 'log_records')).filter(isObject);
}

const inside = (value: Json, ...names: string[]): Json[] =>
  isObject(value) ? (listOf(firstOf(value, ...names)) ?? []) : [];

/** Something that is a span or a span's attributes, whatever it holds. */
export function isSpan(record: JsonObject): boolean {
  const ids = record.spanContext ?? objectOf(record.context) ?? record.spanId ?? record.span_id;
  return (
    (ids !== undefined &&
      (record.attributes !== undefined || record.startTimeUnixNano !== undefined || record.name !== undefined)) ||
    record.observedTimeUnixNano !== undefined ||
    (record.timeUnixNano !== undefined && record.severityNumber !== undefined)
  );
}

/** Attributes as an object: OTLP key-value lists, SDK objects, nested ones (Phoenix), or the record itself. */
export function attributesOf(record: JsonObject): JsonObject {
  const attributes = decoded(record.attributes);
  if (Array.isArray(attributes)) return keyValues(attributes);
  if (isObject(attributes)) return attributes;
  const prefixed = Object.entries(record).filter(([key]) => key.startsWith('attributes.'));
  if (prefixed.length)
    return Object.fromEntries(
      // A data frame writes None where a span has no such attribute.
      prefixed.flatMap(([key, value]) => (isMissing(value) ? [] : [[key.slice('attributes.'.length), value]])),
    );
  return record;
}

const keyValues = (list: Json[]): JsonObject =>
  Object.fromEntries(
    list.flatMap((item) => (isObject(item) && typeof item.key === 'string' ? [[item.key, anyValue(item.value)]] : [])),
  );

/** OTLP AnyValue → JSON; int64 arrive as strings and stay exact. */
function anyValue(value: Maybe): Json {
  if (!isObject(value)) return value ?? null;
  const list = objectOf(value.arrayValue) ?? objectOf(value.array_value);
  if (list) return (listOf(list.values) ?? []).map(anyValue);
  const pairs = objectOf(value.kvlistValue) ?? objectOf(value.kvlist_value);
  if (pairs) return keyValues(listOf(pairs.values) ?? []);
  const whole = firstOf(value, 'intValue', 'int_value');
  if (whole !== undefined) return numberOf(whole) ?? null;
  const [camel, snake] = [
    firstOf(value, 'stringValue', 'doubleValue', 'boolValue', 'bytesValue'),
    firstOf(value, 'string_value', 'double_value', 'bool_value', 'bytes_value'),
  ];
  return camel ?? snake ?? null;
}

const otelKinds = /^(?:internal|client|server|producer|consumer|unspecified)$/i;

export function spanOf(record: JsonObject): Span {
  const context = objectOf(record.spanContext) ?? objectOf(record.context) ?? record;
  const parent = objectOf(record.parentSpanContext) ?? objectOf(record.parent);
  const status = objectOf(record.status);
  const attributes = attributesOf(record);
  const failed =
    status?.code === 2 ||
    status?.code === 'STATUS_CODE_ERROR' ||
    status?.status_code === 'ERROR' ||
    record.status_code === 'ERROR';
  const kind = filled(record.span_kind);
  return compact<Span>({
    kind: kind !== undefined && /^[a-z]+$/i.test(kind) && !otelKinds.test(kind) ? kind : undefined,
    name: textOf(record.name) ?? textOf(record.eventName) ?? '',
    attributes,
    traceId: textOf(firstOf(context, 'traceId', 'trace_id')) ?? textOf(record['context.trace_id']) ?? '',
    spanId: textOf(firstOf(context, 'spanId', 'span_id')) ?? textOf(record['context.span_id']) ?? '',
    parentId:
      textOf(firstOf(record, 'parentSpanId', 'parentId', 'parent_id', 'parent_span_id')) ??
      textOf(firstOf(parent, 'spanId', 'span_id')) ??
      '',
    start: isoTime(firstOf(record, 'startTimeUnixNano', 'startTime', 'start_time', 'timeUnixNano', 'timestamp')),
    end: isoTime(firstOf(record, 'endTimeUnixNano', 'endTime', 'end_time')),
    events: [...(listOf(record.events) ?? []).flatMap(eventOf), ...bodyEvent(record, attributes)],
    error: failed
      ? (filled(firstOf(status, 'message', 'description')) ??
        filled(record.status_message) ??
        textOf(attributes['error.type']) ??
        'error')
      : filled(attributes['error.type']),
  });
}

const eventOf = (event: Json): Span['events'] =>
  isObject(event)
    ? [{ name: textOf(event.name) ?? '', attributes: attributesOf({ attributes: event.attributes ?? {} }) }]
    : [];

/** A log record is an event of its span: its body holds the message. */
function bodyEvent(record: JsonObject, attributes: JsonObject): Span['events'] {
  const body = anyValue(record.body);
  const name = textOf(record.eventName) ?? textOf(attributes['event.name']) ?? textOf(record.event_name);
  if (!name?.startsWith('gen_ai.')) return [];
  return [{ name, attributes: { ...attributes, ...(isObject(body) ? body : {}) } }];
}

/** `a.0.b`, `a.10.c` → the list behind a prefix, sorted as numbers; holes close up. */
export function listBehind(attributes: JsonObject, prefix: string): JsonObject[] {
  const items = new Map<number, JsonObject>();
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const rest = key.slice(prefix.length + 1);
    const dot = rest.indexOf('.');
    const index = Number(dot < 0 ? rest : rest.slice(0, dot));
    if (!Number.isInteger(index)) continue;
    const item = items.get(index) ?? {};
    items.set(index, item);
    item[dot < 0 ? '' : rest.slice(dot + 1)] = value;
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** Log records join their span; then only leaves of calls that hold a prompt stay. `holds` says which spans do. */
export function arrangeSpans(rows: Row[], holds: (span: Span) => boolean): Row[] {
  const joined = joinEvents(rows);
  const spans = joined.map((row) => spanOf(row.value));
  const parents = new Set<string>();
  const answers = new Set<string>();
  spans.forEach((span) => {
    if (!holds(span) || isRoot(span)) return;
    if (span.parentId) parents.add(`${span.traceId} ${span.parentId}`);
    const answer = responseId(span);
    if (answer) answers.add(answer);
  });
  const traces = new Set(
    spans.filter((span) => holds(span) && !isRoot(span) && span.traceId).map((span) => span.traceId),
  );
  return joined.filter((_, index) => {
    const span = spans[index] as Span;
    if (!holds(span)) return true;
    if (parents.has(`${span.traceId} ${span.spanId}`)) return false;
    return !(isRoot(span) && (traces.has(span.traceId) || answers.has(responseId(span) ?? '')));
  });
}

/** AI SDK roots repeat their steps; `invoke_agent` repeats its chats. */
function isRoot({ attributes }: Span): boolean {
  const operation = textOf(attributes['ai.operationId']);
  if (operation !== undefined) return !/\.do[A-Z]/.test(operation);
  return attributes['gen_ai.operation.name'] === 'invoke_agent';
}

function responseId({ attributes }: Span): string | undefined {
  const id = textOf(attributes['ai.response.id']) ?? textOf(attributes['gen_ai.response.id']);
  if (id) return id;
  const metadata = objectOf(decoded(attributes['ai.response.providerMetadata']));
  return Object.values(metadata ?? {})
    .map((provider) => textOf(objectOf(provider)?.responseId))
    .find((found) => found !== undefined);
}

function joinEvents(rows: Row[]): Row[] {
  const isEvent = (row: Row): boolean =>
    row.value.spanContext === undefined &&
    (row.value.timeUnixNano !== undefined || row.value.observedTimeUnixNano !== undefined);
  const bySpan = new Map<string, Row[]>();
  for (const row of rows.filter(isEvent)) {
    const { traceId, spanId } = spanOf(row.value);
    if (spanId) bySpan.set(`${traceId} ${spanId}`, [...(bySpan.get(`${traceId} ${spanId}`) ?? []), row]);
  }
  if (!bySpan.size) return rows;
  const joined = rows.filter((row) => !isEvent(row) || !spanOf(row.value).spanId).map((row) => withEvents(row, bySpan));
  // Events whose span is in no file still make one call.
  for (const group of bySpan.values()) {
    const [first] = group;
    if (first)
      joined.push(
        withEvents(
          { ...first, value: { ...first.value, body: null, eventName: null, events: [] } },
          new Map([[keyOf(first), group]]),
        ),
      );
  }
  return joined;
}

const keyOf = (row: Row): string => {
  const { traceId, spanId } = spanOf(row.value);
  return `${traceId} ${spanId}`;
};

function withEvents(row: Row, bySpan: Map<string, Row[]>): Row {
  const key = keyOf(row);
  const group = bySpan.get(key);
  if (!group) return row;
  bySpan.delete(key);
  const spans = group.map((event) => spanOf(event.value));
  const attributes = Object.assign({}, attributesOf(row.value), ...spans.map((span) => span.attributes));
  const events = [...(listOf(row.value.events) ?? []), ...spans.flatMap((span) => span.events)] as Json[];
  return { ...row, value: { ...row.value, attributes, events } };
}

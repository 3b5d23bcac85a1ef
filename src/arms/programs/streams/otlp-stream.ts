/** Spans as OTLP writes them in JSON, one export a line, under OpenTelemetry's names for agents (still in development). */
import type { Json, JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  addUsage,
  amountAt,
  knownUsage,
  listAt,
  objectAt,
  type StreamEvent,
  textAt,
} from './agent-stream.ts';
import { kindOfTool, textOfCall } from './tool-steps.ts';

export const otlpStream: AgentStream = {
  name: 'otlp',
  tellsCost: false,
  knows: (line) => Array.isArray(line.resourceSpans),
  reader,
};

interface Span {
  at: Map<string, Json>;
  failed: boolean;
  parent: string;
}

function reader() {
  let called: Usage | undefined;
  /** Totals of whole agents: counted where no single call says its own. */
  let whole: Usage = {};

  function eventsOf({ at, failed, parent }: Span, ms: number): StreamEvent[] {
    const operation = textAt(at.get('gen_ai.operation.name'));
    if (operation === 'execute_tool') {
      const tool = textAt(at.get('gen_ai.tool.name')) ?? '';
      const text = textOfCall(tool, parsed(at.get('gen_ai.tool.call.arguments')));
      return [{ type: 'step', kind: kindOfTool(tool), text, ok: !failed, ms }];
    }
    const usage = usageOf(at);
    const isAgent = operation === 'invoke_agent';
    if (isAgent) whole = parent === '' ? usage : addUsage(whole, usage);
    else if (Object.keys(usage).length > 0) called = addUsage(called ?? {}, usage);
    const events: StreamEvent[] = Object.keys(usage).length > 0 ? [{ type: 'usage', usage: called ?? whole }] : [];
    if (!isAgent) return events;
    const text = lastText(parsed(at.get('gen_ai.output.messages')));
    const error = failed ? (textAt(at.get('error.type')) ?? 'error') : undefined;
    return [...events, { type: 'result', ...(text !== undefined && { text }), ...(error !== undefined && { error }) }];
  }

  return {
    read: (line: JsonObject, ms: number): StreamEvent[] => spansOf(line).flatMap((span) => eventsOf(span, ms)),
    rest: () => [],
  };
}

const spansOf = (line: JsonObject): Span[] =>
  listAt(line.resourceSpans)
    .flatMap(({ scopeSpans }) => listAt(scopeSpans))
    .flatMap(({ spans }) => listAt(spans))
    // In the order in which they ended: an export may hold a parent before its children.
    .sort((a, b) => endOf(a) - endOf(b))
    .map((span) => {
      const at = new Map(listAt(span.attributes).map(({ key, value }) => [String(key), plainValue(objectAt(value))]));
      const { code } = objectAt(span.status);
      const failed = at.has('error.type') || code === 2 || code === 'STATUS_CODE_ERROR';
      return { at, failed, parent: textAt(span.parentSpanId) ?? '' };
    });

const endOf = ({ endTimeUnixNano }: JsonObject): number => Number(endTimeUnixNano ?? 0) || 0;

/** 64-bit numbers are texts in this JSON. */
const plainValue = (value: JsonObject): Json =>
  value.stringValue ?? (value.intValue === undefined ? undefined : Number(value.intValue)) ?? value.doubleValue ?? null;

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function lastText(messages: Json | undefined): string | undefined {
  const parts = listAt(listAt(messages).at(-1)?.parts);
  return parts.findLast(({ type }) => type === 'text')?.content as string | undefined;
}

const usageOf = (at: Map<string, Json>): Usage =>
  knownUsage({
    in: amountAt(at.get('gen_ai.usage.input_tokens')),
    out: amountAt(at.get('gen_ai.usage.output_tokens')),
    cached: amountAt(at.get('gen_ai.usage.cache_read.input_tokens')),
  });

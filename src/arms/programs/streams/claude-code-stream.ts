/** `claude -p --verbose --output-format stream-json`. */
import type { JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  addUsage,
  amountAt,
  knownUsage,
  listAt,
  type Outcome,
  objectAt,
  openSteps,
  type StreamEvent,
  type StreamReader,
  textAt,
} from './agent-stream.ts';
import { kindOfTool, textOfCall } from './tool-steps.ts';

export const claudeCodeStream: AgentStream = {
  name: 'claude-code',
  command: /\bclaude\b[^\n]{0,300}(?:-p|--print|stream-json)/,
  tellsCost: true,
  knows: (line) =>
    (line.type === 'system' && typeof line.subtype === 'string') ||
    ((line.type === 'assistant' || line.type === 'user') && typeof line.message === 'object') ||
    (line.type === 'result' && typeof line.subtype === 'string') ||
    (line.type === 'stream_event' && typeof line.event === 'object'),
  reader: () => messagesReader({ outcomeOf: ({ is_error }) => is_error !== true, inputHoldsCache: false }),
};

/** What a refused call gets for its result; the list at the end misses some of these. */
const refusedCall =
  /requested permissions? to|haven't granted|requires approval|permission denied by|was (?:denied|rejected)/i;

export interface MessagesForm {
  /** Of a tool result. */
  outcomeOf(part: JsonObject): Outcome;
  /** What was read from the cache is part of the input tokens. */
  inputHoldsCache: boolean;
}

/** Messages as Anthropic's API has them, one a line. */
export function messagesReader({ outcomeOf, inputHoldsCache }: MessagesForm): StreamReader {
  const open = openSteps();
  /** A message comes in several lines, each with its usage so far. */
  const messages = new Map<string, Usage>();
  let text: string | undefined;

  function said(message: JsonObject, ms: number): StreamEvent[] {
    for (const part of listAt(message.content)) {
      if (part.type === 'text') text = textAt(part.text) ?? text;
      if (part.type !== 'tool_use') continue;
      const tool = textAt(part.name) ?? '';
      open.begin(textAt(part.id) ?? '', kindOfTool(tool), textOfCall(tool, part.input), ms);
    }
    const model = textAt(message.model);
    const named: StreamEvent[] = model === undefined ? [] : [{ type: 'model', model }];
    if (message.usage === undefined || message.usage === null) return named;
    messages.set(textAt(message.id) ?? String(messages.size), usageOf(objectAt(message.usage), inputHoldsCache));
    return [...named, { type: 'usage', usage: [...messages.values()].reduce(addUsage, {}) }];
  }

  function answered(message: JsonObject, ms: number): StreamEvent[] {
    return listAt(message.content).flatMap((part): StreamEvent[] => {
      if (part.type !== 'tool_result') return [];
      const ended = open.end(textAt(part.tool_use_id) ?? '', outcomeOf(part), ms);
      const refused = part.is_error === true && refusedCall.test(JSON.stringify(part.content ?? ''));
      return refused ? [...ended, { type: 'need-person', why: 'permission' }] : ended;
    });
  }

  function ended(line: JsonObject): StreamEvent[] {
    const costUsd = amountAt(line.total_cost_usd);
    const usage = totalOf(line, inputHoldsCache);
    const needs: StreamEvent[] =
      listAt(line.permission_denials).length > 0 ? [{ type: 'need-person', why: 'permission' }] : [];
    const result = textAt(line.result) ?? text;
    const error = line.subtype === 'success' && line.is_error !== true ? undefined : (textAt(line.subtype) ?? 'error');
    return [
      { type: 'usage', usage, ...(costUsd !== undefined && { costUsd }) },
      ...needs,
      { type: 'result', ...(result !== undefined && { text: result }), ...(error !== undefined && { error }) },
    ];
  }

  return {
    read(line: JsonObject, ms: number): StreamEvent[] {
      if (line.type === 'assistant') return said(objectAt(line.message), ms);
      if (line.type === 'user') return answered(objectAt(line.message), ms);
      if (line.type === 'result') return ended(line);
      return [];
    },
    rest: open.rest,
  };
}

/** The totals by model hold the calls of sub-agents too, which those of the main loop leave out. */
function totalOf(line: JsonObject, inputHoldsCache: boolean): Usage {
  const models = Object.values(objectAt(line.modelUsage)).map((model) => modelUsage(objectAt(model)));
  return models.length > 0 ? models.reduce(addUsage, {}) : usageOf(objectAt(line.usage), inputHoldsCache);
}

const modelUsage = (model: JsonObject): Usage =>
  usageOf(
    {
      input_tokens: model.inputTokens ?? null,
      output_tokens: model.outputTokens ?? null,
      cache_read_input_tokens: model.cacheReadInputTokens ?? null,
      cache_creation_input_tokens: model.cacheCreationInputTokens ?? null,
    },
    false,
  );

/** Our input holds what was read from the cache or written into it; theirs may leave it out. */
function usageOf(usage: JsonObject, inputHoldsCache: boolean): Usage {
  const [input, out] = [amountAt(usage.input_tokens), amountAt(usage.output_tokens)];
  const [read, written] = [amountAt(usage.cache_read_input_tokens), amountAt(usage.cache_creation_input_tokens)];
  const whole = input === undefined || inputHoldsCache ? input : input + (read ?? 0) + (written ?? 0);
  return knownUsage({ in: whole, out, cached: read });
}

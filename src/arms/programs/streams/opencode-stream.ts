/** `opencode run --format json`. */
import type { JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  addUsage,
  amountAt,
  knownUsage,
  objectAt,
  type StreamEvent,
  textAt,
} from './agent-stream.ts';
import { kindOfTool, shorten, textOfCall } from './tool-steps.ts';

export const opencodeStream: AgentStream = {
  name: 'opencode',
  command: /\bopencode\b[^\n]{0,300}\brun\b/,
  tellsCost: true,
  knows: (line) =>
    typeof line.sessionID === 'string' ||
    (['step_start', 'step_finish', 'tool_use', 'text'].includes(String(line.type)) && typeof line.part === 'object'),
  reader,
};

/** What a call gets for its result where nobody was there to allow it. */
const refusedCall = /reject(?:ed)? permission|permission (?:was )?(?:denied|rejected)|prevents you from using this/i;

function reader() {
  let usage: Usage = {};
  let costUsd: number | undefined;
  let text: string | undefined;

  function used(part: JsonObject, ms: number): StreamEvent {
    const tool = textAt(part.tool) ?? '';
    const state = objectAt(part.state);
    return {
      type: 'step',
      kind: kindOfTool(tool),
      text: textOfCall(tool, state.input),
      ...(state.status === 'completed' && { ok: isExitZero(objectAt(state.metadata)) }),
      ...(state.status === 'error' && { ok: false }),
      ms,
    };
  }

  function finished(part: JsonObject): StreamEvent[] {
    usage = addUsage(usage, usageOf(objectAt(part.tokens)));
    const cost = amountAt(part.cost);
    if (cost !== undefined) costUsd = (costUsd ?? 0) + cost;
    const spent: StreamEvent = { type: 'usage', usage, ...(costUsd !== undefined && { costUsd }) };
    if (part.reason === 'tool-calls') return [spent];
    return [spent, { type: 'result', ...(text !== undefined && { text }) }];
  }

  return {
    read(line: JsonObject, ms: number): StreamEvent[] {
      const part = objectAt(line.part);
      if (line.type === 'text') text = textAt(part.text) ?? text;
      if (line.type === 'step_start') text = undefined;
      if (line.type === 'step_finish') return finished(part);
      if (line.type === 'error') return [{ type: 'result', error: errorOf(objectAt(line.error)) }];
      if (line.type === 'done' && Array.isArray(line.rejected) && line.rejected.length > 0)
        return [{ type: 'need-person', why: 'permission' }];
      if (line.type !== 'tool_use') return [];
      const refused = refusedCall.test(textAt(objectAt(part.state).error) ?? '');
      return refused ? [used(part, ms), { type: 'need-person', why: 'permission' }] : [used(part, ms)];
    },
    rest: () => [],
  };
}

/** A command that failed is a call that was completed. */
const isExitZero = ({ exit }: JsonObject): boolean => typeof exit !== 'number' || exit === 0;

const errorOf = (error: JsonObject): string =>
  shorten(textAt(objectAt(error.data).message) ?? textAt(error.name) ?? textAt(error.message) ?? 'error');

/** Its input leaves out what the cache served or took, and its output the thought. */
function usageOf(tokens: JsonObject): Usage {
  const cache = objectAt(tokens.cache);
  const [input, output, reasoning] = [amountAt(tokens.input), amountAt(tokens.output), amountAt(tokens.reasoning)];
  const [read, written] = [amountAt(cache.read), amountAt(cache.write)];
  return knownUsage({
    in: input === undefined ? input : input + (read ?? 0) + (written ?? 0),
    out: output === undefined ? output : output + (reasoning ?? 0),
    cached: read,
    reasoning,
  });
}

/** The smallest form, for agents of one's own: four kinds of lines. */
import { isStepKind } from '../../../records/agent-record.ts';
import type { JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  addUsage,
  amountAt,
  knownUsage,
  openSteps,
  type StreamEvent,
  textAt,
} from './agent-stream.ts';
import { shorten } from './tool-steps.ts';

export const ownStream: AgentStream = {
  name: 'gapcheck',
  command: /cost_usd/,
  tellsCost: true,
  knows: (line) =>
    (line.type === 'step' && (typeof line.kind === 'string' || typeof line.text === 'string')) ||
    (line.type === 'usage' && ['in', 'out', 'cost_usd'].some((name) => name in line)) ||
    line.type === 'need-person' ||
    (line.type === 'result' && !('subtype' in line) && !('status' in line) && !('stats' in line)),
  reader,
};

function reader() {
  const open = openSteps();
  let usage: Usage = {};
  let costUsd: number | undefined;
  function used(line: JsonObject): StreamEvent[] {
    usage = addUsage(usage, usageOf(line));
    const cost = amountAt(line.cost_usd);
    if (cost !== undefined) costUsd = (costUsd ?? 0) + cost;
    return [{ type: 'usage', usage, ...(costUsd !== undefined && { costUsd }) }];
  }
  function stepped(line: JsonObject, ms: number): StreamEvent[] {
    const kind = isStepKind(line.kind) ? line.kind : 'other';
    const text = shorten(textAt(line.text) ?? '');
    const id = typeof line.id === 'number' ? String(line.id) : textAt(line.id);
    if (typeof line.ok === 'boolean') {
      // Begun in an earlier line: that one says what it is where this one does not.
      const ended = id === undefined ? [] : open.end(id, line.ok, ms);
      if (ended.length > 0 && text === '') return ended;
      return [{ type: 'step', kind, text, ok: line.ok, ms }];
    }
    if (id === undefined) return [{ type: 'step', kind, text, ms }];
    open.begin(id, kind, text, ms);
    return [];
  }
  return {
    read(line: JsonObject, ms: number): StreamEvent[] {
      if (line.type === 'step') return stepped(line, ms);
      if (line.type === 'usage') return used(line);
      if (line.type === 'need-person') return [{ type: 'need-person', why: textAt(line.why) ?? 'unknown' }];
      if (line.type !== 'result') return [];
      const [text, error] = [textAt(line.text), textAt(line.error)];
      return [{ type: 'result', ...(text !== undefined && { text }), ...(error !== undefined && { error }) }];
    },
    rest: open.rest,
  };
}

const usageOf = (line: JsonObject): Usage =>
  knownUsage({ in: amountAt(line.in), out: amountAt(line.out), cached: amountAt(line.cached) });

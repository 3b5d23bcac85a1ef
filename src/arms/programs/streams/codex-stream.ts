/** `codex exec --json`. */
import type { AgentStepKind } from '../../../records/agent-record.ts';
import type { Json, JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  addUsage,
  amountAt,
  knownUsage,
  listAt,
  objectAt,
  openSteps,
  type StreamEvent,
  textAt,
} from './agent-stream.ts';
import { shorten, textOfCall } from './tool-steps.ts';

export const codexStream: AgentStream = {
  name: 'codex',
  command: /\bcodex\b[^\n]{0,300}\bexec\b/,
  tellsCost: false,
  knows: ({ type }) => typeof type === 'string' && /^(?:thread|turn|item)\.[a-z_.]+$/.test(type),
  reader,
};

const kinds: ReadonlyMap<unknown, AgentStepKind> = new Map([
  ['command_execution', 'run'],
  ['file_change', 'edit'],
  ['mcp_tool_call', 'other'],
  ['web_search', 'web'],
]);

function reader() {
  const open = openSteps();
  /** A turn counts from the beginning of its thread; a script may start several threads. */
  const threads = new Map<string, Usage>();
  let thread = '';
  let text: string | undefined;

  function completed(item: JsonObject, ms: number): StreamEvent[] {
    if (item.type === 'agent_message') text = textAt(item.text) ?? text;
    const kind = kindOf(item);
    if (kind === undefined) return [];
    const id = textAt(item.id) ?? '';
    open.begin(id, kind, textOf(item), ms);
    const steps = open.end(id, isOk(item), ms);
    return item.status === 'declined' ? [...steps, { type: 'need-person', why: 'permission' }] : steps;
  }

  return {
    read(line: JsonObject, ms: number): StreamEvent[] {
      if (line.type === 'thread.started') thread = textAt(line.thread_id) ?? '';
      const item = objectAt(line.item);
      const kind = kindOf(item);
      if (line.type === 'item.started' && kind !== undefined) open.begin(textAt(item.id) ?? '', kind, textOf(item), ms);
      if (line.type === 'item.completed') return completed(item, ms);
      if (line.type === 'request_user_input') return [{ type: 'need-person', why: 'question' }];
      if (line.type === 'turn.completed') {
        threads.set(thread, usageOf(objectAt(line.usage)));
        const usage = [...threads.values()].reduce(addUsage, {});
        return [
          { type: 'usage', usage },
          { type: 'result', ...(text !== undefined && { text }) },
        ];
      }
      // An error may also announce another try: a turn that completes after it takes it back.
      if (line.type === 'turn.failed') return [failed(objectAt(line.error).message)];
      return line.type === 'error' ? [failed(line.message)] : [];
    },
    rest: open.rest,
  };
}

const kindOf = ({ type }: JsonObject): AgentStepKind | undefined => kinds.get(type);

const failed = (message: Json | undefined): StreamEvent => ({
  type: 'result',
  error: shorten(textAt(message) ?? 'error'),
});

function isOk({ status, exit_code: exit }: JsonObject): boolean {
  if (status === 'failed' || status === 'declined') return false;
  return typeof exit !== 'number' || exit === 0;
}

function textOf(item: JsonObject): string {
  if (item.type === 'file_change')
    return shorten(
      listAt(item.changes)
        .flatMap(({ path }) => textAt(path) ?? [])
        .join(' '),
    );
  if (item.type === 'mcp_tool_call') return textOfCall(textAt(item.tool) ?? '', item.arguments ?? undefined);
  return shorten(withoutShell(textAt(item.command) ?? textAt(item.query) ?? ''));
}

/** `/bin/bash -lc 'npm test'`: the shell around each command is the harness's own. */
function withoutShell(command: string): string {
  const [, quote, inner] = /^(?:\/\S*\/)?(?:ba|z|da)?sh -l?c (["'])([\s\S]*)\1$/.exec(command) ?? [];
  if (inner === undefined) return command;
  return quote === "'" ? inner.replaceAll(`'\\''`, "'") : inner.replaceAll(/\\(["\\$`])/g, '$1');
}

const usageOf = (usage: JsonObject): Usage =>
  knownUsage({
    in: amountAt(usage.input_tokens),
    out: amountAt(usage.output_tokens),
    cached: amountAt(usage.cached_input_tokens),
    reasoning: amountAt(usage.reasoning_output_tokens),
  });

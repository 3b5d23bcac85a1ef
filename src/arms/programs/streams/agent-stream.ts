/** What a stream of JSON lines says of an agent at work, whichever agent wrote it. */
import type { AgentStepKind } from '../../../records/agent-record.ts';
import { isObject, type Json, type JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';

export type StreamEvent =
  /** A step that has ended, or that nobody will hear of again (`ok` is absent then). */
  | { type: 'step'; kind: AgentStepKind; text: string; ok?: boolean; ms: number }
  /** All that was used so far, not what was added. */
  | { type: 'usage'; usage: Usage; costUsd?: number }
  | { type: 'need-person'; why: string }
  /** It has come to its own end. `error`: an end that it calls a failure itself. */
  | { type: 'result'; text?: string; error?: string }
  | { type: 'model'; model: string };

export interface StreamReader {
  /** `ms`: when the line came, since the start. */
  read(line: JsonObject, ms: number): StreamEvent[];
  /** What was begun and never ended, once there are no more lines. */
  rest(): StreamEvent[];
}

export interface AgentStream {
  /** As the config names it. */
  name: string;
  /** What a script that starts it is known by. */
  command?: RegExp;
  /** Its lines say what the work costs, in dollars. */
  tellsCost: boolean;
  knows(line: JsonObject): boolean;
  reader(): StreamReader;
  /** What an exit code of its own means. */
  exits?: Readonly<Record<number, { end: 'wrong-end' | 'crash'; why: string }>>;
}

export const objectAt = (value: Json | undefined): JsonObject => (isObject(value) ? (value as JsonObject) : {});
export const listAt = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject).map((item) => item as JsonObject) : [];
export const textAt = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
/** Counts of a stranger may be anything: what is no amount is unknown. */
export const amountAt = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const sumOf = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : a + (b ?? 0);

/** Without the fields that nothing tells. */
export const knownUsage = (counts: { [name in keyof Usage]: number | undefined }): Usage =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined));

/** A field is known where one side knows it. */
export const addUsage = (a: Usage, b: Usage): Usage =>
  knownUsage({
    in: sumOf(a.in, b.in),
    out: sumOf(a.out, b.out),
    cached: sumOf(a.cached, b.cached),
    reasoning: sumOf(a.reasoning, b.reasoning),
  });

/** `through`: the call went through, whatever the command in it did. */
export type Outcome = boolean | 'through';

/** The exit code of a command, where its result says it in words. */
export function exitTold(output: string): Outcome {
  const [, code] = /^(?:Exit Code|exit code|Exited with code):? *(\d+)/m.exec(output) ?? [];
  return code === undefined ? 'through' : code === '0';
}

/** Steps that have begun and wait for their result, by id. */
export function openSteps() {
  const open = new Map<string, { kind: AgentStepKind; text: string; ms: number }>();
  return {
    begin(id: string, kind: AgentStepKind, text: string, ms: number): void {
      open.set(id, { kind, text, ms });
    },
    end(id: string, outcome: Outcome, ms: number): StreamEvent[] {
      const step = open.get(id);
      open.delete(id);
      if (!step) return [];
      const { kind, text } = step;
      // A tool that is no command has worked when its call went through.
      const ok = outcome === 'through' ? (kind === 'run' ? undefined : true) : outcome;
      return [{ type: 'step', kind, text, ...(ok !== undefined && { ok }), ms }];
    },
    rest(): StreamEvent[] {
      const left = [...open.values()].map((step): StreamEvent => ({ type: 'step', ...step }));
      open.clear();
      return left;
    },
  };
}

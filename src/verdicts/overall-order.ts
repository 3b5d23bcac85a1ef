/**
 * The run's own sequence of evidence, all tasks together. A prompt that was dealt in the frozen order enters as the
 * ledger has it. One dealt ahead of others (the adaptive order, `more --task`) waits until every earlier prompt was
 * voted or skipped, and then enters in global order: otherwise the tasks that were asked about more would weigh more.
 */
import type { PromptId } from '../records/ids.ts';
import type { PlacedUnit } from './evidence.ts';
import type { EvidenceUnit } from './verdict.ts';

export interface OverallOrderInput {
  /** Position of each prompt in the frozen order. */
  rank: ReadonlyMap<PromptId, number>;
  /** Units in ledger order. */
  placed: readonly PlacedUnit[];
  /** Ledger position at which each prompt was first dealt. */
  claims: ReadonlyMap<PromptId, number>;
  /** Ledger positions at which prompts were voted or skipped. */
  resolved: readonly { at: number; prompt: PromptId }[];
  /** Prompts that are never dealt, and overlap prompts, which enter last. */
  nobodyWaitsFor: ReadonlySet<PromptId>;
  /** Skips without a line in the ledger: settled once all of the ledger is read. */
  skippedAtLast: ReadonlySet<PromptId>;
}

export function orderOverall(input: OverallOrderInput): EvidenceUnit[] {
  const order = [...input.rank].sort((x, y) => x[1] - y[1]).map(([prompt]) => prompt);
  const ahead = dealtAhead(order, input);
  const settled = new Set(input.nobodyWaitsFor);
  const waiting = new Map<PromptId, EvidenceUnit>();
  const sequence: EvidenceUnit[] = [];
  let next = 0;
  const drain = (): void => {
    for (let prompt = order[next]; prompt !== undefined && settled.has(prompt); prompt = order[next]) {
      const unit = waiting.get(prompt);
      if (unit) sequence.push(unit);
      waiting.delete(prompt);
      next += 1;
    }
  };
  for (const step of stepsOf(input)) {
    // What everything has moved past already (skipped before, or an overlap prompt's mean) enters as it comes.
    const early = ahead.has(step.prompt) && (input.rank.get(step.prompt) ?? 0) >= next;
    if (step.unit && early) waiting.set(step.prompt, step.unit);
    else if (step.unit) sequence.push(step.unit);
    settled.add(step.prompt);
    drain();
  }
  for (const prompt of input.skippedAtLast) settled.add(prompt);
  drain();
  return sequence;
}

/** Entries and skips by ledger position; a unit comes with its own entry. */
function stepsOf({ placed, resolved }: OverallOrderInput): { at: number; prompt: PromptId; unit?: EvidenceUnit }[] {
  const entries = placed.map(({ at, unit }) => ({ at, prompt: unit.prompt, unit }));
  const own = new Set(placed.map(({ at, unit }) => `${at} ${unit.prompt}`));
  const others = resolved.filter(({ at, prompt }) => !own.has(`${at} ${prompt}`));
  // Stable sort: several overlap prompts enter at one position, in frozen order.
  return [...entries, ...others].sort((x, y) => x.at - y.at);
}

/** Prompts dealt while an earlier one had not been dealt to anybody. */
function dealtAhead(order: readonly PromptId[], { claims, nobodyWaitsFor, placed }: OverallOrderInput): Set<PromptId> {
  const identical = new Set(placed.filter(({ unit }) => unit.identical).map(({ unit }) => unit.prompt));
  const ahead = new Set<PromptId>();
  let latest = -1;
  for (const prompt of order) {
    if (nobodyWaitsFor.has(prompt) || identical.has(prompt)) continue;
    const at = claims.get(prompt) ?? Number.POSITIVE_INFINITY;
    if (at < latest) ahead.add(prompt);
    latest = Math.max(latest, at);
  }
  return ahead;
}

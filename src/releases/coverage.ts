/** Prompts that a release could not be asked, against what the locked run could be asked. */

import type { PromptId } from '../records/ids.ts';
import { type Fault, faultOf, ruleOf } from '../records/outcomes.ts';
import { addReason, type MissingReason, sortedReasons } from '../runs/missing.ts';
import { type Trial, trialKey } from '../runs/trial.ts';
import type { GateResult } from './gate-input.ts';

type TrialsOf = Readonly<Record<string, ReadonlyMap<string, Trial>>>;

export interface ArmMissing {
  arm: string;
  prompts: number;
  reasons: MissingReason[];
}

export interface Coverage {
  /** Every prompt without an answer, by arm. */
  missing: ArmMissing[];
  /** Limits of the release that the locked run did not have: gate `coverage`. */
  gates: GateResult[];
  /** Something is missing that is no limit of the model: no gate can be judged. */
  blocked: boolean;
}

interface Lost {
  cause: string;
  fault?: Fault;
  forGood: boolean;
}

function lostOf(trial: Trial | undefined): Lost | undefined {
  if (trial === undefined || trial.state !== 'missing') return undefined;
  const last = trial.attempts.at(-1)?.steps.at(-1);
  if (!last) return { cause: 'not-asked', forGood: false };
  const fault = faultOf(last);
  return { cause: ruleOf(last).cause, ...(fault && { fault }), forGood: trial.forGood === true };
}

/** `now` and `locked` hold the trials of each arm; a prompt counts by its first trial. */
export function coverageOf(
  prompts: readonly PromptId[],
  arms: readonly string[],
  now: TrialsOf,
  locked: TrialsOf,
): Coverage {
  const coverage: Coverage = { missing: [], gates: [], blocked: false };
  for (const arm of arms) {
    const reasons = new Map<string, MissingReason>();
    let lost = 0;
    let limits = 0;
    for (const prompt of prompts) {
      const key = trialKey(prompt, 1);
      const trial = now[arm]?.get(key);
      const found = trial === undefined ? { cause: 'not-asked', forGood: false } : lostOf(trial);
      if (!found) continue;
      lost += 1;
      const last = trial?.attempts.at(-1)?.steps.at(-1);
      if (last) addReason(reasons, last);
      // The same limit as when it was locked says nothing new.
      if (found.forGood && lostOf(locked[arm]?.get(key))?.cause === found.cause) continue;
      if (found.forGood && 'fault' in found && found.fault === 'model') limits += 1;
      else coverage.blocked = true;
    }
    if (lost > 0) coverage.missing.push({ arm, prompts: prompts.length, reasons: sortedReasons(reasons) });
    if (limits > 0) coverage.gates.push(coverageGate(arm, limits, prompts.length, reasons));
  }
  return coverage;
}

function coverageGate(
  arm: string,
  limits: number,
  of: number,
  reasons: ReadonlyMap<string, MissingReason>,
): GateResult {
  const [first] = sortedReasons(reasons);
  const why = first === undefined ? '' : `: ${first.message}`;
  const message = `${arm} could not be asked ${limits} of ${of} prompts that the locked run could be asked${why}`;
  return { gate: 'coverage', scope: arm, state: 'failed', message };
}

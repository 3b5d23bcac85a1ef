/** What the gates read, and what each of them says. */
import type { ArmFigures } from '../report/arm-figures.ts';
import type { FreshVotes } from '../verdicts/fresh-votes.ts';
import type { IdentifiedLicence } from '../verdicts/licence.ts';
import type { MayRest } from '../verdicts/may-rest-on.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { ArmComparison } from './compare.ts';
import type { LockedVerdict } from './lock-file.ts';

export interface GateSettings {
  /** `strict`: votes that were not blind decide nothing. */
  blinding?: 'strict';
  /** Worst rise in the share of first answers that fail a check, 0..1; false switches the gate off. */
  retryMargin?: number | false;
  /** No decided verdict may fall. */
  verdicts?: boolean;
  /** New votes alone must speak for "within your margin" as well, where votes are re-used. */
  fresh?: boolean;
  /** Tasks that must be "good enough", whatever was locked. */
  nonInferior?: string[];
  /** Of open arms: 95 % of answers within so many seconds. */
  p95Seconds?: number;
  /** Of open arms: US dollars per 1,000 prompts, retries included. */
  costPer1000?: number;
  /** Licences that open arms may have. */
  licence?: 'permissive' | 'identified';
}

export type GateState = 'passed' | 'failed' | 'undecided' | 'inactive' | 'broken';

export interface GateResult {
  gate:
    | 'blinding'
    | 'coverage'
    | 'retries'
    | 'verdict'
    | 'non-inferiority'
    | 'latency'
    | 'cost'
    | 'licence'
    | 'retirement';
  /** An arm, a task or `all prompts`. */
  scope: string;
  /** Only verdict gates: `open:closed` and the task, null for all prompts. */
  pair?: string;
  task?: string | null;
  state: GateState;
  message: string;
}

export interface GateInput {
  settings: GateSettings;
  /** Open arms now: figures, licence, comparison with the lock. */
  open: { arm: string; figures: ArmFigures; licence: IdentifiedLicence | null; comparison: ArmComparison | null }[];
  pairs: readonly PairVerdicts[];
  locked: readonly LockedVerdict[];
  /** Ballots still to be voted on, by pair. */
  waiting: Readonly<Record<string, number>>;
  /** By pair: how many votes are re-used, and what the new ones say alone. */
  fresh?: Readonly<Record<string, readonly FreshVotes[]>>;
  /** While raters vote, nothing that counts votes is said. */
  sealed: boolean;
  /** Votes that were not blind, of all votes. */
  notBlind: { votes: number; of: number };
  /** Votes that were voided after the result could be seen. */
  voidedLate?: number;
  /** Whether anything may act on the votes. */
  rest: MayRest;
  /** Raters whose votes came from elsewhere, perhaps from a machine. */
  imported: readonly string[];
}

/**
 * The shapes of a verdict: what `report/` lays out. Made by evidence.ts and tally.ts from votes + key;
 * formulas are in stats/, by statistics.md's names.
 */

import type { PromptId } from '../records/ids.ts';
import type { Difficulty } from '../records/prompt-record.ts';
import type { CarriedVote } from '../records/run-events.ts';
import type { PairRecord } from '../records/run-record.ts';
import type { Interval } from '../stats/interval.ts';
import type { Leaning, Verdict } from '../stats/verdict.ts';

export type { Interval, Leaning, Verdict };

/** One unit of evidence: one prompt and pair, in the order in which it entered. */
export interface EvidenceUnit {
  prompt: PromptId;
  task: string;
  difficulty: Difficulty;
  weight: number;
  /** +1 a better, 0 tie, -1 b better; a mean where several raters voted on an overlap prompt. */
  score: number;
  /** +1 only b would have to be redone, -1 only a, 0 both or neither. */
  retryScore: number;
  /** Share of votes on this unit: a wins, both fine, both bad, b wins. Sums to 1, or to 0 where nobody was asked. */
  shares: { a: number; bothFine: number; bothBad: number; b: number };
  redo: { a: number; b: number };
  /** Equal records: nobody was asked. */
  identical: boolean;
  /** Nothing to read on either side: nobody was asked. */
  noAnswer: boolean;
  /** The votes behind it, unblinded. */
  votes: UnblindedVote[];
}

export type UnblindedVote = CarriedVote;

/** Verdict over one scope: the whole run (`task` null), one task, or one row of a task. */
export interface ScopeVerdict {
  task: string | null;
  difficulty?: Difficulty;
  /** Prompts planned for voting in this scope, votes in, skipped. */
  planned: number;
  units: number;
  /** Units that the rule of the verdict has read: fewer than `units` where an earlier one is still to come. */
  read: number;
  skipped: number;
  /** Units by outcome; halves where raters of an overlap prompt differ. */
  counts: { a: number; bothFine: number; bothBad: number; b: number; identical: number; noAnswer: number };
  /**
   * (wins - losses) / units, -1..1; null without units. Overall, and in a task with `--hard`: weighted by traffic,
   * so that what was voted on more often (hard prompts, tasks near a verdict) does not count for more.
   */
  net: number | null;
  interval: Interval | null;
  /** Valid however often anyone looked; 95 % each side. Of the sequence of evidence, which overall may be shorter. */
  anytime: Interval | null;
  /** Would have to be redone, of the `asked` units: nobody read the others. Difference is a minus b. */
  redo: { a: number; b: number; asked: number; difference: number | null; interval: Interval | null };
  verdict: Verdict;
  leaning: Leaning;
  /** Natural logs of the two e-values at the last unit. */
  logEGood: number;
  logEKeep: number;
  /** Units at which each verdict was first reached. */
  goodAt: number | null;
  keepAt: number | null;
  /** keep-closed reached, but open is within the margin as well. */
  withinMargin: boolean;
  /** Both bad in a third or more: neither model does this task. */
  neither: boolean;
  /** Votes still needed, about; null when decided or not worth more votes (above 60). */
  remaining: number | null;
}

export interface PairVerdicts {
  pair: PairRecord;
  overall: ScopeVerdict;
  tasks: ScopeVerdict[];
  /** Easy and hard rows of each task that has both. */
  rows: ScopeVerdict[];
  evidence: EvidenceUnit[];
}

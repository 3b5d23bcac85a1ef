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
import type { Scope } from './rule.ts';

export type { Interval, Leaning, Verdict };

/** One unit of evidence: one prompt and pair, in the order in which it entered. */
export interface EvidenceUnit {
  prompt: PromptId;
  task: string;
  difficulty: Difficulty;
  weight: number;
  /** +1 a better, 0 tie, -1 b better. */
  score: number;
  /** +1 only b would have to be redone, -1 only a, 0 both or neither. */
  retryScore: number;
  /** 1 for what the score rests on: a wins, both fine, both bad or b wins; all 0 where no rater was asked. */
  shares: { a: number; bothFine: number; bothBad: number; b: number };
  redo: { a: number; b: number };
  /** Equal records: no rater was asked. */
  identical: boolean;
  /** Nothing to read on either side: no rater was asked. */
  noAnswer: boolean;
  /** All votes on the prompt of the batch in which it entered, unblinded. */
  votes: UnblindedVote[];
  /** Those that make the score: one of several raters, or every judge of imported votes. */
  deciding: UnblindedVote[];
}

export type UnblindedVote = CarriedVote;

/** Verdict over one scope: the whole run (`task` null), one task, or one row of a task. */
export interface ScopeVerdict {
  /** What the sentences call arm `a`: `open`, `the successor`, `variant terse`. */
  challenger: string;
  task: string | null;
  difficulty?: Difficulty;
  /** Prompts planned for voting in this scope, votes in, skipped. */
  planned: number;
  units: number;
  /** Units that the rule of the verdict has read: fewer than `units` where an earlier one is still to come. */
  read: number;
  /** Those of them that entered before a result could first be seen: read once, by their counts. */
  plannedRead: number;
  /** Prompts that somebody skipped and nobody voted on. */
  skipped: number;
  /** Prompts on which one arm alone could not be asked, by its own limits. */
  unasked: { a: number; b: number };
  /** Of a run that answers an earlier one's prompts again: planned prompts without a vote that holds. */
  toGo: number;
  /** Units by outcome; halves where raters of an overlap prompt differ. */
  counts: { a: number; bothFine: number; bothBad: number; b: number; identical: number; noAnswer: number };
  /**
   * (wins - losses) / units, -1..1; null without units. Overall, and in a task with `--hard`: weighted by traffic,
   * so that what was voted on more often (hard prompts, tasks near a verdict) does not count for more.
   */
  net: number | null;
  /** Agrees with the verdict: of the planned look, or after later votes what holds after looking. Null where none holds. */
  interval: Interval | null;
  /** Would have to be redone, of the `asked` units: nobody read the others. Difference is a minus b. */
  redo: { a: number; b: number; asked: number; difference: number | null; interval: Interval | null };
  verdict: Verdict;
  leaning: Leaning;
  /** Natural logs of the e-values at the last unit. */
  logEGood: number;
  logEKeep: number;
  logEBetter: number;
  /** Units at which each verdict was first reached. */
  goodAt: number | null;
  keepAt: number | null;
  betterAt: number | null;
  /** Reached, and not standing because of prompts that were skipped or could not be asked. */
  withdrawn: Verdict | null;
  /** The verdict holds with every skip counted against it; null without one. */
  firm: boolean | null;
  /** keep-closed reached, but open is within the margin as well. */
  withinMargin: boolean;
  /** Both bad more often than one in five explains: neither model does this task. */
  neither: boolean;
  /** Votes still needed, about; null when decided or not worth more votes (above 60). */
  remaining: number | null;
  /** The verdict that so many votes bring if they go on as they are; null with `remaining`. */
  settlesAs: 'open-good-enough' | 'keep-closed' | null;
}

export interface PairVerdicts {
  pair: PairRecord;
  overall: ScopeVerdict;
  tasks: ScopeVerdict[];
  /** Easy and hard rows of each task that has both. */
  rows: ScopeVerdict[];
  evidence: EvidenceUnit[];
  /** Units by batch. */
  batchSizes: number[];
  /** What the rule read of all prompts (`task` null) and of each task: routes ask it again at margins of their own. */
  scopes: { task: string | null; scope: Scope }[];
}

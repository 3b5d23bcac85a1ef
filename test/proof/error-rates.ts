/**
 * How often a rule is wrong, and how often it decides: exact, every path of wins, ties and losses. The rule looks once at
 * the planned votes and then after every later one. The naive rule runs in the same harness and breaks its promise there:
 * the harness can fail.
 */
import { binomialHalf } from '../../src/stats/binomial-half.ts';
import type { Counts } from '../../src/stats/e-process.ts';
import { plannedLook, type Sides } from '../../src/stats/planned-look.ts';
import { tango } from '../../src/stats/tango.ts';
import { evidenceOf, sidesAt, votesRead } from '../../src/stats/task-verdict.ts';
import { defaultRule, leaning, verdict, verdictEvidence } from '../../src/stats/verdict.ts';
import { type Outcome, outcomeTable, truthOf, walkPaths } from '../helpers/vote-paths.ts';

type Table = Outcome[][][];

const { margin } = defaultRule;
const tieRates = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
/** Where each wrong verdict is nearest to being right: even for "keep", the margin for "good enough". */
export const borders = { keep: 0, good: -margin };

const evidence = new Map<string, { good: boolean; keep: boolean }>();
/** Which thresholds counts reach, each side by itself; `verdict` names one of two. */
function reachedAt(counts: Counts, n: number): { good: boolean; keep: boolean } {
  const key = `${counts.wins} ${counts.losses} ${n}`;
  const known = evidence.get(key);
  if (known) return known;
  const { logEGood, logEKeep } = verdictEvidence(counts, margin);
  const level = Math.log(1 / defaultRule.alpha) - 1e-12;
  const enough = n >= defaultRule.minVotes;
  const found = { good: enough && logEGood >= level, keep: enough && logEKeep >= level };
  evidence.set(key, found);
  return found;
}

const wrongWhere = (cap: number, isWrong: (counts: Counts, n: number) => boolean): Table =>
  outcomeTable(cap, (counts, n) => (isWrong(counts, n) ? 'wrong' : null));

export const wrongKeep = (cap: number): Table => wrongWhere(cap, (counts, n) => reachedAt(counts, n).keep);
export const wrongGood = (cap: number): Table => wrongWhere(cap, (counts, n) => reachedAt(counts, n).good);

/** Worst over the tie rates that a theta allows, at the latest after `until` votes. */
export function worst(table: readonly Outcome[][][], theta: number, until: number, outcome = 'wrong'): number {
  const rates = tieRates.filter((ties) => Math.abs(theta) <= 1 - ties + 1e-12);
  return Math.max(
    ...rates.map((ties) => walkPaths(table.slice(0, until + 1), truthOf(theta, ties)).reached[outcome]?.[until] ?? 0),
  );
}

/** Ordinary 5 % tests, looked at from vote 5 on; whichever speaks first ends the run, as people do it. */
export function naiveTable(cap: number): Table {
  return outcomeTable(cap, (counts, n) => {
    if (n < 5) return null;
    if (binomialHalf(counts.losses, counts.wins + counts.losses).greater <= 0.05) return 'keep';
    return tango(counts.wins, counts.losses, n, 0.9).lower > -margin ? 'good' : null;
  });
}

/** The statements of the rule at these counts: null while nothing is looked at. */
function sidesOf(counts: Counts, n: number, planned: number): Sides | null {
  if (n < Math.max(planned, defaultRule.minVotes)) return null;
  if (n === planned) return plannedLook(counts, margin);
  const sides = sidesAt(evidenceOf(counts, margin));
  return { ...sides, good: sides.good || sides.better };
}

/** One statement, at the planned look and after every later vote up to 60. */
export const statement = (planned: number, side: keyof Sides, cap = votesRead): Table =>
  wrongWhere(cap, (counts, n) => sidesOf(counts, n, planned)?.[side] === true);

/** The borders at which each statement is wrong most often. */
export const borderOf = { good: -margin, keep: 0, better: 0 } as const satisfies Record<keyof Sides, number>;

/** The worst of the three errors, over every truth at the border, with `planned` votes and later ones to 60. */
export function worstOfRule(planned: number): Record<keyof Sides, number> {
  const of = (side: keyof Sides): number => worst(statement(planned, side), borderOf[side], votesRead);
  return { good: of('good'), keep: of('keep'), better: of('better') };
}

/** Hints that point the wrong way at the planned look and after every later vote; shown only where nothing is decided. */
export function wrongHint(planned: number, which: 'leans-open' | 'leans-closed'): Table {
  return wrongWhere(votesRead, (counts, n) => {
    if (n < planned) return false;
    const sides = sidesOf(counts, n, planned) ?? { good: false, keep: false, better: false };
    const isOpen = sides.good || sides.keep || sides.better;
    return !isOpen && leaning(verdictEvidence(counts, margin), n) === which;
  });
}

/** Hints that point the wrong way; shown only where the verdict is undecided. */
export function wrongLeaning(cap: number, which: 'leans-open' | 'leans-closed'): Table {
  return wrongWhere(cap, (counts, n) => {
    const { good, keep } = reachedAt(counts, n);
    return !good && !keep && leaning(verdictEvidence(counts, margin), n) === which;
  });
}

/** What the e-process alone says when it is read after every vote, with the name of the verdict as the outcome. */
export function verdictTable(cap: number): Table {
  return outcomeTable(cap, (counts) => {
    const found = verdict(counts, defaultRule).verdict;
    return found === 'undecided' ? null : found;
  });
}

import { startEProcess } from './e-process.ts';
import { type LogEvidence, reaches, type Verdict, type VerdictRule } from './verdict.ts';

/** What a sequence of scores came to, looked at after every unit. */
export interface Crossings extends LogEvidence {
  n: number;
  /** Units at which "open is good enough" was first reached; null: never. Later evidence does not take it back. */
  goodAt: number | null;
  keepAt: number | null;
  verdict: Verdict;
  /** Both reached: closed is better, but within the margin. */
  withinMargin: boolean;
}

/**
 * Follows scores in [-1, 1] in their order of evidence. Each side is kept apart; both reached reads keep-closed.
 * `margin` is on the scale of the scores (divided by the largest weight where they are weighted).
 */
export function overallVerdict(scores: Iterable<number>, rule: VerdictRule): Crossings {
  const good = startEProcess(-rule.margin, 'gt');
  const keep = startEProcess(0, 'lt');
  let n = 0;
  let goodAt: number | null = null;
  let keepAt: number | null = null;
  for (const score of scores) {
    n += 1;
    const [logGood, logKeep] = [good.add(score), keep.add(score)];
    if (n < rule.minVotes) continue;
    if (reaches(logGood, 1 / rule.alpha)) goodAt ??= n;
    if (reaches(logKeep, 1 / rule.alpha)) keepAt ??= n;
  }
  return {
    n,
    logEGood: good.logE(),
    logEKeep: keep.logE(),
    goodAt,
    keepAt,
    verdict: verdictReached(goodAt, keepAt),
    withinMargin: goodAt !== null && keepAt !== null,
  };
}

export function verdictReached(goodAt: number | null, keepAt: number | null): Verdict {
  if (keepAt !== null) return 'keep-closed';
  return goodAt === null ? 'undecided' : 'open-good-enough';
}

/** The first unit at which either verdict is reached, and which; both at once reads keep-closed. */
export function firstCrossing({ goodAt, keepAt }: Pick<Crossings, 'goodAt' | 'keepAt'>): {
  stopAt: number | null;
  verdict: Verdict;
} {
  if (goodAt === null && keepAt === null) return { stopAt: null, verdict: 'undecided' };
  const keepFirst = keepAt !== null && (goodAt === null || keepAt <= goodAt);
  return keepFirst ? { stopAt: keepAt, verdict: 'keep-closed' } : { stopAt: goodAt, verdict: 'open-good-enough' };
}

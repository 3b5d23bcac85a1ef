/**
 * Evidence → verdicts: overall first, then per task, then easy and hard as two rows. Pure: the same votes, ledger and
 * key give the same verdicts, and a verdict once reached stays, because evidence is only ever appended.
 */
import { exitCodes, GapcheckError } from '../errors.ts';
import type { Difficulty, PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { PairRecord, RunRecord } from '../records/run-record.ts';
import { pairName } from '../records/run-record.ts';
import { anytimeInterval } from '../stats/anytime-interval.ts';
import { overallVerdict, verdictReached } from '../stats/crossing.ts';
import { fromScores } from '../stats/e-process.ts';
import { clamp, type EstimateInterval, type Interval } from '../stats/interval.ts';
import { capVotes } from '../stats/next-task.ts';
import { remainingVotes } from '../stats/remaining-votes.ts';
import { defaultRule, leaning } from '../stats/verdict.ts';
import { weightedEvidence } from '../stats/weighted-evidence.ts';
import { estimateByPrompt, estimateByTraffic, preference, redoDifference, type VoteValue } from './estimate.ts';
import { collectEvidence, type EvidenceInput, type PairEvidence } from './evidence.ts';
import type { EvidenceUnit, PairVerdicts, ScopeVerdict } from './verdict.ts';

/** Verdicts of every pair of the run, those that decide and those that explain. */
export const decideRun = (input: EvidenceInput): PairVerdicts[] =>
  input.run.pairs.map((pair) => decidePair(input, pair));

/** All verdicts of one pair. Pairs that do not decide get estimates; their verdicts stay `undecided`. */
export const decidePair = (input: EvidenceInput, pair: PairRecord): PairVerdicts =>
  decideEvidence(input, collectEvidence(input, pair));

/** The same from evidence that is at hand. */
export function decideEvidence(input: EvidenceInput, evidence: Omit<PairEvidence, 'valid'>): PairVerdicts {
  const planned = plannedPrompts(input);
  const tasks = taskNames(input.run, planned, evidence.units);
  const scope = (where: Where): ScopeVerdict => scopeVerdict(input, evidence, planned, where);
  const rows = tasks.flatMap((task) => {
    const ofTask = planned.filter((prompt) => prompt.task === task);
    if (new Set(ofTask.map(({ difficulty }) => difficulty)).size < 2) return [];
    return (['easy', 'hard'] as const).map((difficulty) => scope({ task, difficulty }));
  });
  return {
    pair: evidence.pair,
    overall: scope({ task: null }),
    tasks: tasks.map((task) => scope({ task })),
    rows,
    evidence: evidence.units,
  };
}

interface Where {
  task: string | null;
  difficulty?: Difficulty;
}

/** Prompts to vote on: the first block of the frozen order, and what `more` has added since. */
export function plannedPrompts({ run, prompts, events }: Pick<EvidenceInput, 'run' | 'prompts' | 'events'>) {
  const first = run.tasks.reduce((sum, { planned }) => sum + planned, 0);
  const added = new Set(events.flatMap((event) => (event.event === 'more' ? event.prompts : [])));
  return prompts.filter((prompt, at) => (at < first || added.has(prompt.id)) && !prompt.flags?.includes('identity'));
}

function taskNames(run: RunRecord, planned: readonly PromptRecord[], units: readonly EvidenceUnit[]): string[] {
  const named = run.tasks.filter((plan) => plan.planned > 0).map(({ task }) => task);
  return [...new Set([...named, ...planned.map(({ task }) => task), ...units.map(({ task }) => task)])];
}

function scopeVerdict(
  input: EvidenceInput,
  evidence: Omit<PairEvidence, 'valid'>,
  planned: readonly PromptRecord[],
  where: Where,
): ScopeVerdict {
  const inside = (at: { task: string; difficulty: Difficulty }): boolean =>
    (where.task === null || at.task === where.task) && (where.difficulty ?? at.difficulty) === at.difficulty;
  const units = evidence.units.filter(inside);
  const sequence = where.task === null ? evidence.overall : units;
  const asked = units.filter(({ votes }) => votes.length > 0);
  const estimate = (value: VoteValue, of = units): EstimateInterval | null => {
    const byTraffic = where.task === null || (where.difficulty === undefined && input.run.settings.hard !== null);
    return byTraffic ? estimateByTraffic(input.run, of, value) : estimateByPrompt(of, value);
  };
  const net = estimate(preference);
  const redo = estimate(redoDifference, asked);
  const counts = countUnits(units);
  const skipped = input.prompts.filter((prompt) => evidence.skipped.has(prompt.id) && inside(prompt)).length;
  return {
    ...where,
    planned: planned.filter(inside).length,
    units: units.length,
    skipped,
    counts,
    net: net?.estimate ?? null,
    interval: net && limitsOf(net),
    redo: {
      a: sum(units, (unit) => unit.redo.a),
      b: sum(units, (unit) => unit.redo.b),
      asked: asked.length,
      difference: redo?.estimate ?? null,
      interval: redo && limitsOf(redo),
    },
    ...decision(input, evidence.pair, sequence, where, inside),
    neither: isNeither(counts.bothBad, asked.length),
  };
}

const limitsOf = ({ lower, upper }: Interval): Interval => ({ lower, upper });

const sum = (units: readonly EvidenceUnit[], value: (unit: EvidenceUnit) => number): number =>
  units.reduce((total, unit) => total + value(unit), 0);

const countUnits = (units: readonly EvidenceUnit[]): ScopeVerdict['counts'] => ({
  a: sum(units, ({ shares }) => shares.a),
  bothFine: sum(units, ({ shares }) => shares.bothFine),
  bothBad: sum(units, ({ shares }) => shares.bothBad),
  b: sum(units, ({ shares }) => shares.b),
  identical: sum(units, ({ identical }) => Number(identical)),
  noAnswer: sum(units, ({ noAnswer }) => Number(noAnswer)),
});

/** Both bad in a third or more of 5 units or more: no recommendation to move, whatever the evidence says. */
const isNeither = (bothBad: number, units: number): boolean => units >= 5 && bothBad >= units / 3 - 1e-9;

type Decision = Pick<
  ScopeVerdict,
  | 'read'
  | 'anytime'
  | 'verdict'
  | 'leaning'
  | 'logEGood'
  | 'logEKeep'
  | 'goodAt'
  | 'keepAt'
  | 'withinMargin'
  | 'remaining'
>;

function decision(
  input: EvidenceInput,
  pair: PairRecord,
  sequence: readonly EvidenceUnit[],
  where: Where,
  inside: (prompt: PromptRecord) => boolean,
): Decision {
  const { run, prompts } = input;
  // Rows read scores as they are: within a row nothing is over-sampled.
  const maxWeight = where.difficulty ? 1 : largestWeight(prompts.filter(inside));
  const byRedo = run.settings.endpoint === 'retry';
  // Nobody read equal answers: they say nothing on what must be redone.
  const read = byRedo ? sequence.filter(({ votes }) => votes.length > 0) : sequence;
  const scores = read.map((unit) => (byRedo ? unit.retryScore : unit.score));
  const weights = read.map((unit) => (where.difficulty ? 1 : unit.weight));
  const scaled = weightedEvidence(scores, weights, maxWeight, run.margin);
  const rule = { ...defaultRule, alpha: run.alpha, margin: scaled.margin };
  const reached = overallVerdict(scaled.scores, rule);
  const units = fromScores(scaled.scores);
  if (pair.decides) refuseForged(input, pairName(pair), where, reached);
  const goodAt = pair.decides ? reached.goodAt : null;
  const keepAt = pair.decides ? reached.keepAt : null;
  const verdict = verdictReached(goodAt, keepAt);
  const open = pair.decides && verdict === 'undecided' && read.length > 0;
  const needed = open ? remainingVotes(units, rule.margin, rule.alpha) : null;
  return {
    read: read.length,
    anytime: read.length === 0 ? null : scaledBack(anytimeInterval(units, run.alpha), maxWeight),
    verdict,
    leaning: open ? leaning(reached, read.length) : 'none',
    logEGood: reached.logEGood,
    logEKeep: reached.logEKeep,
    goodAt,
    keepAt,
    withinMargin: goodAt !== null && keepAt !== null,
    remaining: needed !== null && needed <= capVotes ? Math.ceil(Math.max(1, needed)) : null,
  };
}

/** Fixed by the frozen prompts, before the first vote; 1 unless hard prompts were over-sampled. */
const largestWeight = (prompts: readonly PromptRecord[]): number =>
  prompts.reduce((largest, { weight }) => Math.max(largest, weight), 1);

const scaledBack = ({ lower, upper }: Interval, by: number): Interval => ({
  lower: clamp(lower * by, -1, 1),
  upper: clamp(upper * by, -1, 1),
});

const earliest = (x: number | null, y: number | null): number | null =>
  x === null || y === null ? (x ?? y) : Math.min(x, y);

/** Verdicts that the ledger already holds. Rows of a task are never written: they explain, they do not decide. */
function writtenVerdicts(events: readonly RunEvent[], pair: string, where: Where) {
  const written: { goodAt: number | null; keepAt: number | null } = { goodAt: null, keepAt: null };
  if (where.difficulty) return written;
  for (const event of events) {
    if (event.event !== 'verdict' || event.pair !== pair || event.task !== where.task) continue;
    const side = event.verdict === 'keep-closed' ? 'keepAt' : 'goodAt';
    written[side] = earliest(written[side], event.units);
  }
  return written;
}

/**
 * A written verdict is a record of what the votes said, never a source of it: each must be reached again at or before
 * its units. Carried evidence, overlap means and answers that were missing may move since, and overall a skipped prompt
 * that another rater votes on later; then it is passed over.
 */
function refuseForged(
  { run, events, votes, overlap, missing }: EvidenceInput,
  pair: string,
  where: Where,
  reached: { goodAt: number | null; keepAt: number | null },
): void {
  if (run.baseline !== undefined || (overlap?.size ?? 0) > 0 || (missing?.size ?? 0) > 0) return;
  const hasSkips = [...votes.values()].flat().some((line) => 'choice' in line && line.choice === 'skip');
  if (where.task === null && hasSkips) return;
  const written = writtenVerdicts(events, pair, where);
  const isBacked = (at: number | null, units: number | null): boolean => units === null || (at !== null && at <= units);
  if (isBacked(reached.goodAt, written.goodAt) && isBacked(reached.keepAt, written.keepAt)) return;
  const scope = where.task === null ? pair : `${pair}, ${where.task},`;
  throw new GapcheckError('ledger-broken', `events.jsonl: the verdict on ${scope} is not what the votes say.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put back events.jsonl as the sessions left it; nothing here can repair it',
  });
}

export type VerdictEvent = Omit<Extract<RunEvent, { event: 'verdict' }>, 'at'>;

/** Verdicts that were reached and are not in the ledger yet: append them, each once. */
export function newVerdictEvents(verdicts: readonly PairVerdicts[], events: readonly RunEvent[]): VerdictEvent[] {
  const found: VerdictEvent[] = [];
  for (const { pair, overall, tasks } of verdicts) {
    for (const scope of [overall, ...tasks]) {
      const written = writtenVerdicts(events, pairName(pair), { task: scope.task });
      const base = { event: 'verdict' as const, pair: pairName(pair), task: scope.task };
      if (scope.goodAt !== null && written.goodAt === null) {
        found.push({ ...base, verdict: 'open-good-enough', units: scope.goodAt });
      }
      if (scope.keepAt !== null && written.keepAt === null) {
        found.push({ ...base, verdict: 'keep-closed', units: scope.keepAt });
      }
    }
  }
  return found;
}

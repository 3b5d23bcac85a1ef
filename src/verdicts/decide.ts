/**
 * Evidence → verdicts: overall first, then per task, then easy and hard as two rows. Pure: the same votes, ledger and
 * key give the same verdicts, and a verdict once reached stays, because evidence is only ever appended.
 */
import { exitCodes, GapcheckError } from '../errors.ts';
import { challengerWord } from '../records/challenger.ts';
import type { Difficulty, PromptRecord } from '../records/prompt-record.ts';
import type { RunEvent } from '../records/run-events.ts';
import type { PairRecord, RunRecord } from '../records/run-record.ts';
import { pairName } from '../records/run-record.ts';
import { fromScores } from '../stats/e-process.ts';
import type { EstimateInterval, Interval } from '../stats/interval.ts';
import { neither } from '../stats/neither.ts';
import { nearestVerdict } from '../stats/remaining-votes.ts';
import { votesRead } from '../stats/task-verdict.ts';
import { leaning } from '../stats/verdict.ts';
import { returnedPrompts } from '../voting/left-out.ts';
import { isOutside, questionsOf } from '../voting/questions.ts';
import { estimateByPrompt, estimateByTraffic, preference, redoDifference, type UnitValue } from './estimate.ts';
import { collectEvidence, type EvidenceInput, type PairEvidence } from './evidence.ts';
import { decide, type Scope } from './rule.ts';
import { isInside, strataOf, type Where } from './run-strata.ts';
import type { EvidenceUnit, PairVerdicts, ScopeVerdict } from './verdict-shapes.ts';

/** Verdicts of every pair of the run, those that decide and those that explain. */
export const decideRun = (input: EvidenceInput): PairVerdicts[] =>
  input.run.pairs.map((pair) => decidePair(input, pair));

/** All verdicts of one pair. Pairs that do not decide get estimates; their verdicts stay `undecided`. */
export const decidePair = (input: EvidenceInput, pair: PairRecord): PairVerdicts =>
  decideEvidence(input, collectEvidence(input, pair));

/** The same from evidence that was collected. */
export function decideEvidence(input: EvidenceInput, evidence: PairEvidence): PairVerdicts {
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
    batchSizes: evidence.batches.map((batch) => batch.length),
    scopes: [null, ...tasks].map((task) => ({ task, scope: scopeOf(input, evidence, { task }) })),
  };
}

/** Prompts to vote on that count: the plan, and what `more` has added since, but for what nobody here could read. */
export function plannedPrompts({ run, prompts, events }: Pick<EvidenceInput, 'run' | 'prompts' | 'events'>) {
  const returned = returnedPrompts(run, events);
  return questionsOf(run, prompts, events).all.filter((prompt) => !isOutside(prompt) && !returned.has(prompt.id));
}

function taskNames(run: RunRecord, planned: readonly PromptRecord[], units: readonly EvidenceUnit[]): string[] {
  const named = run.tasks.filter((plan) => plan.planned > 0).map(({ task }) => task);
  return [...new Set([...named, ...planned.map(({ task }) => task), ...units.map(({ task }) => task)])];
}

function scopeVerdict(
  input: EvidenceInput,
  evidence: PairEvidence,
  planned: readonly PromptRecord[],
  where: Where,
): ScopeVerdict {
  const inside = (at: { task: string; difficulty: Difficulty }): boolean => isInside(where, at);
  const units = evidence.units.filter(inside);
  const asked = units.filter(({ votes }) => votes.length > 0);
  const estimate = (value: UnitValue, of = units): EstimateInterval | null => {
    const byTraffic =
      input.run.settings.watch === undefined &&
      (where.task === null || (where.difficulty === undefined && input.run.settings.hard !== null));
    return byTraffic ? estimateByTraffic(input.run, of, value) : estimateByPrompt(of, value);
  };
  const byRedo = input.run.settings.endpoint === 'retry';
  const net = estimate(preference);
  const redo = estimate(redoDifference, asked);
  const counts = countUnits(units);
  const ofVerdict = decision(input, evidence, where, asked.length);
  return {
    challenger: challengerWord(input.run.arms.find(({ name }) => name === evidence.pair.a) ?? {}),
    ...where,
    planned: planned.filter(inside).length,
    units: units.length,
    counts,
    net: net?.estimate ?? null,
    redo: {
      a: sum(units, (unit) => unit.redo.a),
      b: sum(units, (unit) => unit.redo.b),
      asked: asked.length,
      difference: redo?.estimate ?? null,
      interval: byRedo ? ofVerdict.interval && mirrored(ofVerdict.interval) : redo && limitsOf(redo),
    },
    ...ofVerdict,
    interval: byRedo ? net && limitsOf(net) : ofVerdict.interval,
    neither: neither(counts.bothBad, asked.length).neither,
  };
}

/** Closed minus open reads open minus closed. */
const mirrored = ({ lower, upper }: Interval): Interval => ({ lower: -upper, upper: -lower });

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

type Decision = Pick<
  ScopeVerdict,
  | 'read'
  | 'plannedRead'
  | 'interval'
  | 'verdict'
  | 'leaning'
  | 'logEGood'
  | 'logEKeep'
  | 'logEBetter'
  | 'goodAt'
  | 'keepAt'
  | 'betterAt'
  | 'withinMargin'
  | 'withdrawn'
  | 'firm'
  | 'skipped'
  | 'unasked'
  | 'toGo'
  | 'remaining'
  | 'settlesAs'
>;

/** Fewer prompts than this that somebody was asked about: no verdict, however many answers were the same. */
export const fewestAsked = 3;

function decision(input: EvidenceInput, evidence: PairEvidence, where: Where, asked: number): Decision {
  const { run } = input;
  const scope = scopeOf(input, evidence, where);
  const found = decide(scope, run.margin);
  const isRow = where.difficulty !== undefined;
  if (evidence.pair.decides && !isRow) refuseForged(input, pairName(evidence.pair), where, found);
  const toGo = input.prompts.filter((prompt) => evidence.toGo.has(prompt.id) && isInside(where, prompt)).length;
  const decides = evidence.pair.decides && asked >= fewestAsked && toGo === 0;
  const verdict = decides ? found.verdict : 'undecided';
  const read = scope.batches.flat().length;
  const open = decides && verdict === 'undecided';
  const canGoOn = evidence.pair.decides && verdict === 'undecided' && toGo === 0 && read > 0;
  return {
    read,
    plannedRead: found.plannedRead,
    interval: read === 0 || asked < fewestAsked || toGo > 0 ? null : found.interval,
    verdict,
    leaning: open ? leaning(found, read) : 'none',
    logEGood: found.logEGood,
    logEKeep: found.logEKeep,
    logEBetter: found.logEBetter,
    goodAt: decides ? found.goodAt : null,
    keepAt: decides ? found.keepAt : null,
    betterAt: decides ? found.betterAt : null,
    withinMargin: decides && found.withinMargin,
    withdrawn: decides ? found.withdrawn : null,
    firm: decides ? found.firm : null,
    ...lostIn(input, evidence, where),
    toGo,
    ...(canGoOn ? votesToGo(scope, run.margin) : unknownToGo),
  };
}

const unknownToGo = { remaining: null, settlesAs: null };

/** About how many; null where more than 60 would be needed. */
function votesToGo(scope: Scope, margin: number): Pick<ScopeVerdict, 'remaining' | 'settlesAs'> {
  const nearest = nearestVerdict(fromScores(scope.batches.flat().map(({ score }) => score)), margin);
  if (nearest === null || nearest.votes > votesRead) return unknownToGo;
  return { remaining: Math.ceil(Math.max(1, nearest.votes)), settlesAs: nearest.verdict };
}

function lostIn({ prompts, unasked }: EvidenceInput, { skipped }: PairEvidence, where: Where) {
  const inside = prompts.filter((prompt) => isInside(where, prompt) && !isOutside(prompt));
  const missing = (side: 'a' | 'b'): number => inside.filter(({ id }) => unasked?.get(id) === side).length;
  return {
    skipped: inside.filter(({ id }) => skipped.has(id)).length,
    unasked: { a: missing('a'), b: missing('b') },
  };
}

/** What the rule reads of a scope: its strata as the plan has them, its units by batch. */
export function scopeOf(input: EvidenceInput, evidence: PairEvidence, where: Where): Scope {
  const { run } = input;
  const strata = strataOf(run, where);
  const byRedo = run.settings.endpoint === 'retry';
  const batches = evidence.batches.map((batch) =>
    batch.flatMap((unit) => {
      const stratum = isInside(where, unit) ? strata.findIndex((each) => isInside(each, unit)) : -1;
      // Nobody read equal answers: they say nothing on what must be redone.
      if (stratum === -1 || (byRedo && unit.votes.length === 0)) return [];
      return [{ stratum, score: byRedo ? unit.retryScore : unit.score }];
    }),
  );
  return {
    strata: strata.map((stratum) => {
      const { skipped, unasked } = lostIn(input, evidence, stratum);
      const lost = { skipped, openUnasked: unasked.a, closedUnasked: unasked.b };
      return { share: stratum.share, planned: stratum.planned, lost };
    }),
    batches,
  };
}

type Reached = Pick<ScopeVerdict, 'goodAt' | 'keepAt' | 'betterAt'>;
type VerdictName = Extract<RunEvent, { event: 'verdict' }>['verdict'];

const sides = [
  ['open-better', 'betterAt'],
  ['open-good-enough', 'goodAt'],
  ['keep-closed', 'keepAt'],
] as const satisfies readonly (readonly [VerdictName, keyof Reached])[];

/** Units at which the ledger has each verdict; lines without a batch are of the first edition, which read otherwise. */
function writtenVerdicts(events: readonly RunEvent[], pair: string, task: string | null): Map<VerdictName, number> {
  const written = new Map<VerdictName, number>();
  for (const event of events) {
    if (event.event !== 'verdict' || event.pair !== pair || event.task !== task || event.batch === undefined) continue;
    written.set(event.verdict, Math.min(event.units, written.get(event.verdict) ?? event.units));
  }
  return written;
}

/**
 * A written verdict is a record of what the votes said, never a source of it: each must be reached again at or before
 * its units. What was skipped, missing, taken back or carried over may move evidence since; then it is passed over.
 */
function refuseForged(
  { run, events, votes, missing, unasked }: EvidenceInput,
  pair: string,
  where: Where,
  reached: Reached & Pick<ScopeVerdict, 'withdrawn'>,
): void {
  if (run.baseline !== undefined || (missing?.size ?? 0) > 0 || (unasked?.size ?? 0) > 0) return;
  const mayMove = [...votes.values()]
    .flat()
    .some((line) => 'undo' in line || ('choice' in line && line.choice === 'skip'));
  if (mayMove || reached.withdrawn !== null) return;
  const written = writtenVerdicts(events, pair, where.task);
  const isBacked = sides.every(([name, side]) => {
    const [at, units] = [reached[side], written.get(name)];
    return units === undefined || (at !== null && at <= units);
  });
  if (isBacked) return;
  const scope = where.task === null ? pair : `${pair}, ${where.task},`;
  throw new GapcheckError('ledger-broken', `events.jsonl: the verdict on ${scope} is not what the votes say.`, {
    exitCode: exitCodes.sealBroken,
    hint: 'put back events.jsonl as the sessions left it; nothing here can repair it',
  });
}

export type VerdictEvent = Omit<Extract<RunEvent, { event: 'verdict' }>, 'at'>;

/** Verdicts that were reached and are not in the ledger yet: append them, each once, with the batch that reached them. */
export function newVerdictEvents(verdicts: readonly PairVerdicts[], events: readonly RunEvent[]): VerdictEvent[] {
  return verdicts.flatMap(({ pair, overall, tasks, batchSizes }) =>
    [overall, ...tasks].flatMap((scope) => {
      const written = writtenVerdicts(events, pairName(pair), scope.task);
      return sides.flatMap(([verdict, side]): VerdictEvent[] => {
        const units = scope[side];
        if (units === null || written.has(verdict)) return [];
        const batch = units <= scope.plannedRead ? 0 : batchSizes.length - 1;
        return [{ event: 'verdict', pair: pairName(pair), task: scope.task, verdict, units, batch }];
      });
    }),
  );
}

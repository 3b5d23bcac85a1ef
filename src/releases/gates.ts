/**
 * What a CI job may fail on, each with a sentence. Machine measures gate on their own names; verdicts gate on people's
 * votes alone, and where no vote ever decided anything the gate says so instead of passing.
 */
import { type ExitCode, exitCodes } from '../errors.ts';
import { pairName } from '../records/run-record.ts';
import { dollars, duration, per100, per100Interval, plural } from '../text/numbers.ts';
import type { FreshVotes } from '../verdicts/fresh-votes.ts';
import type { IdentifiedLicence } from '../verdicts/licence.ts';
import type { PairVerdicts, ScopeVerdict, Verdict } from '../verdicts/verdict-shapes.ts';
import { blindingGate } from './blinding-gate.ts';
import type { GateInput, GateResult, GateSettings, GateState } from './gate-input.ts';
import type { LockedVerdict } from './lock-file.ts';
import { isDue, retirementOf, retirementWords } from './retirement.ts';

/** 10 per 100: a rise that 24 prompts can show when it is real and large, and 200 when it is small. */
const defaultRetryMargin = 0.1;

export function judge(input: GateInput): GateResult[] {
  const { settings } = input;
  return [
    blindingGate(input),
    ...(settings.retryMargin === false ? [] : input.open.map((arm) => retryGate(arm, input))),
    ...(settings.verdicts === false ? [] : verdictGates(input)),
    ...(settings.nonInferior ?? []).flatMap((task) => nonInferiorityGates(task, input)),
    ...input.open.flatMap((arm) => limitGates(arm, settings)),
  ];
}

/** The worst word wins: broken 5, failed 1, undecided or inactive 4, else 0. */
export function exitCodeOfGates(results: readonly GateResult[]): ExitCode {
  const has = (...states: GateState[]): boolean => results.some(({ state }) => states.includes(state));
  if (has('broken')) return exitCodes.sealBroken;
  if (has('failed')) return exitCodes.gateFailed;
  return has('undecided', 'inactive') ? exitCodes.cannotDecide : exitCodes.done;
}

function retryGate({ arm, comparison }: GateInput['open'][number], { settings, sealed }: GateInput): GateResult {
  const margin = settings.retryMargin || defaultRetryMargin;
  const base = { gate: 'retries', scope: arm } as const;
  if (!comparison)
    return { ...base, state: 'passed', message: `${arm}: not in the lock, so there is nothing to compare.` };
  const found = comparison.scopes.find(({ task }) => task === null)?.firstFailed;
  if (found && sealed)
    return {
      ...base,
      state: 'undecided',
      message: `${arm}: judged when the votes are in. Raters must not know before whose answers failed a check.`,
    };
  if (!found)
    return {
      ...base,
      state: 'passed',
      message: `${arm}: its answers were there before the run, so nothing is retried.`,
    };
  const { difference, interval, pairs } = found;
  const figures = `${per100(difference)} per 100 against the lock (95 % interval ${per100Interval(interval)}, ${pairs} prompts); the margin is ${per100(margin)}`;
  if (interval.lower > margin)
    return { ...base, state: 'failed', message: `${arm}: more first answers fail a check, ${figures}.` };
  if (difference > margin)
    return {
      ...base,
      state: 'undecided',
      message: `${arm}: more first answers fail a check, ${figures}, but so few prompts can show that by chance. --check-n with more of the reserve decides it.`,
    };
  return {
    ...base,
    state: 'passed',
    message: `${arm}: failed first answers ${figures}. This gate fails when a rise of more than ${per100(margin).replace('+', '')} per 100 is shown (97.5 %).`,
  };
}

/** Better implies good enough. */
export const isGoodEnough = (verdict: Verdict): boolean => verdict === 'open-better' || verdict === 'open-good-enough';

const decided = ({ verdict }: LockedVerdict): boolean => verdict !== 'undecided';

/** No decided verdict is locked and no task is asked for: no vote on the new run could change what the gates say. */
export const watchesNothing = (
  locked: readonly LockedVerdict[],
  { verdicts, nonInferior = [] }: GateSettings,
): boolean => verdicts !== false && nonInferior.length === 0 && !locked.some(decided);

function verdictGates({ pairs, locked, waiting, sealed, fresh, settings }: GateInput): GateResult[] {
  const accepted = locked.filter(decided);
  if (accepted.length === 0)
    return [
      {
        gate: 'verdict',
        scope: 'all prompts',
        state: 'inactive',
        message:
          'INACTIVE: no decided task. The lock holds no verdict that could fall, so this gate watches nothing until votes on the locked run decide one.',
      },
    ];
  return accepted.map((one) => {
    const pair = pairs.find((candidate) => pairName(candidate.pair) === one.pair);
    const scope = pair && scopeOf(pair, one.task);
    const votes = freshOf(fresh, one.pair, one.task);
    return verdictGate(one, scope, {
      waiting: waiting[one.pair] ?? 0,
      sealed,
      votes,
      isFresh: settings.fresh === true,
    });
  });
}

interface VoteFacts {
  /** Ballots still to be voted on. */
  waiting: number;
  sealed: boolean;
  votes: FreshVotes | undefined;
  /** New votes have to hold alone. */
  isFresh: boolean;
}

const freshOf = (fresh: GateInput['fresh'], pair: string, task: string | null): FreshVotes | undefined =>
  fresh?.[pair]?.find((one) => one.task === task);

/** " (36 votes hold; 20 of 36 votes are re-used)": nothing while raters vote. */
function holdWords(scope: ScopeVerdict | undefined, { sealed, votes }: VoteFacts): string {
  if (!scope || sealed) return '';
  const reused = votes && votes.reused > 0 ? `; ${votes.reused} of ${plural(votes.votes, 'vote')} are re-used` : '';
  return ` (${scope.units} votes hold${reused})`;
}

/** Only what would pass is asked once more; where nothing is new there is nothing to ask. */
const isStale = (state: 'passed' | 'failed' | 'undecided', { isFresh, votes }: VoteFacts): boolean =>
  state === 'passed' && isFresh && votes !== undefined && votes.reused > 0 && votes.within === false;

const staleWords = ({ votes, sealed }: VoteFacts): string =>
  sealed || !votes
    ? 'The new votes alone do not show it (gates.fresh).'
    : `The ${plural(votes.votes - votes.reused, 'new vote')} alone ${votes.votes - votes.reused === 1 ? 'does' : 'do'} not show it (gates.fresh). gapcheck more adds prompts of the reserve.`;

const scopeOf = ({ overall, tasks }: PairVerdicts, task: string | null): ScopeVerdict | undefined =>
  [overall, ...tasks].find((scope) => scope.task === task);

const nameOf = (task: string | null): string => task ?? 'all prompts';

function verdictGate(
  { pair, task, verdict }: LockedVerdict,
  scope: ScopeVerdict | undefined,
  facts: VoteFacts,
): GateResult {
  const base = { gate: 'verdict', scope: nameOf(task), pair, task } as const;
  const name = nameOf(task);
  if (verdict === 'keep-closed')
    return { ...base, state: 'passed', message: `${name}: "keep closed" is locked, so no verdict can fall here.` };
  const state = scope ? standing(scope) : 'undecided';
  const votes = holdWords(scope, facts);
  if (isStale(state, facts))
    return {
      ...base,
      state: 'undecided',
      message: `${name}: good enough with the votes that are re-used${votes}. ${staleWords(facts)}`,
    };
  const messages = {
    passed: `${name}: still good enough${votes}.`,
    failed: `${name}: was good enough and is not any more${votes}. ${whyFailed(scope)}`,
    undecided: `${name}: was good enough; the votes that hold do not decide it yet${votes}. ${waitingWords(facts.waiting)}`,
  };
  return { ...base, state, message: messages[state] };
}

/** Good enough, not good enough, or not known yet. Both models bad is no recommendation to move. */
function standing({ verdict, withinMargin, neither }: ScopeVerdict): 'passed' | 'failed' | 'undecided' {
  if (neither) return 'failed';
  if (verdict === 'undecided') return 'undecided';
  return isGoodEnough(verdict) || withinMargin ? 'passed' : 'failed';
}

const whyFailed = (scope: ScopeVerdict | undefined): string =>
  scope?.neither
    ? 'Both answers are unusable more often than one prompt in five explains.'
    : 'Raters prefer the closed model now.';

const waitingWords = (waiting: number): string =>
  waiting === 0 ? 'gapcheck more adds prompts of the reserve.' : `${waiting} ballots wait for votes.`;

function nonInferiorityGates(task: string, { pairs, waiting, sealed, fresh, settings }: GateInput): GateResult[] {
  return pairs
    .filter(({ pair }) => pair.decides)
    .map((pair) => {
      const name = pairName(pair.pair);
      const scope = scopeOf(pair, task);
      const base = { gate: 'non-inferiority', scope: task, pair: name, task } as const;
      if (!scope)
        return { ...base, state: 'undecided', message: `${task}: there is no such task in the locked prompts.` };
      const state = standing(scope);
      const facts: VoteFacts = {
        waiting: waiting[name] ?? 0,
        sealed,
        votes: freshOf(fresh, name, task),
        isFresh: settings.fresh === true,
      };
      const votes = holdWords(scope, facts);
      if (isStale(state, facts))
        return {
          ...base,
          state: 'undecided',
          message: `${task}: open is within the margin with the votes that are re-used${votes}. ${staleWords(facts)}`,
        };
      const messages = {
        passed: `${task}: open is within the margin${votes}.`,
        failed: `${task}: open is not within the margin${votes}. ${whyFailed(scope)}`,
        undecided: `${task}: not decided yet${votes}. ${waitingWords(facts.waiting)}`,
      };
      return { ...base, state, message: messages[state] };
    });
}

function limitGates({ arm, figures, licence }: GateInput['open'][number], settings: GateSettings): GateResult[] {
  const results: GateResult[] = [];
  const add = (gate: GateResult['gate'], state: GateState, message: string): void =>
    void results.push({ gate, scope: arm, state, message: `${arm}: ${message}` });
  const { p95Seconds, costPer1000 } = settings;
  if (p95Seconds !== undefined) {
    const p95 = figures.totalMs?.p95;
    const words = `95 % of answers within ${duration(p95 ?? null)}; the limit is ${duration(p95Seconds * 1000)}.`;
    if (p95 === undefined) add('latency', 'undecided', 'no answer was timed.');
    else add('latency', p95 > p95Seconds * 1000 ? 'failed' : 'passed', words);
  }
  if (costPer1000 !== undefined) {
    const cost = figures.costPer1000;
    if (cost === null) add('cost', 'undecided', 'its price is unknown: set `price` in the config.');
    else
      add(
        'cost',
        cost > costPer1000 ? 'failed' : 'passed',
        `${dollars(cost)} per 1,000 prompts; the limit is ${dollars(costPer1000)}.`,
      );
  }
  if (settings.licence !== undefined) add('licence', ...licenceGate(licence, settings.licence));
  return results;
}

function licenceGate(found: IdentifiedLicence | null, wanted: 'permissive' | 'identified'): [GateState, string] {
  const licence = found?.licence;
  if (!licence) return ['undecided', 'its licence could not be identified; read it at the provider.'];
  const good = wanted === 'identified' || licence.permissive;
  return [good ? 'passed' : 'failed', `${licence.name}${licence.catch === null ? '' : `: ${licence.catch}`}`];
}

/** One gate for each arm whose provider ends it soon. */
export const retirementGates = (
  arms: readonly { name: string; model: string; ends?: { on: string; replacement?: string | undefined } | undefined }[],
  today: string,
  within: number,
): GateResult[] =>
  arms.flatMap(({ name, model, ends }) => {
    const retirement = retirementOf(ends, today, within);
    if (retirement === undefined || !isDue(retirement)) return [];
    const message = `${name}: ${retirementWords(model, retirement)}.`;
    return [{ gate: 'retirement' as const, scope: name, state: 'failed' as const, message }];
  });

/** Scopes of a pair that need people: what a gate watches, or, where none does, what could be decided at all. */
export function watchedScopes(
  pair: string,
  locked: readonly LockedVerdict[],
  settings: GateSettings,
  plannedIn: (task: string | null) => number,
): Pick<LockedVerdict, 'task' | 'units'>[] {
  const mine = locked.filter((one) => one.pair === pair);
  const good = settings.verdicts === false ? [] : mine.filter(({ verdict }) => isGoodEnough(verdict));
  const wanted = (settings.nonInferior ?? []).map((task) => ({ task, units: plannedIn(task) }));
  if (good.length + wanted.length > 0) return [...good, ...wanted];
  const other = mine.filter(decided);
  return other.length > 0 ? other : [{ task: null, units: plannedIn(null) }];
}

/**
 * Does a whole agent hold up unsupervised? How its trials ended, how long it worked without a person, and what a
 * finished job cost. Pure. Trials of one job are alike: limits count jobs.
 */
import { type AgentEnd, agentEnds } from '../records/agent-record.ts';
import { type CurvePoint, type Lifetime, survivalAt, survivalCurve } from '../stats/kaplan-meier.ts';
import { type PassHat, passHatOf } from './pass-hat.ts';

/** One trial of an agent, or one try at it that was interrupted and made again. */
export interface AgentTry {
  /** The job. */
  prompt: string;
  trial: number;
  end: AgentEnd | 'interrupted';
  /** Why a person was needed: `permission`, `question`; one that is done may have asked too. */
  why?: string | undefined;
  /** Null where nobody knows how long an interrupted try went on. */
  seconds: number | null;
  steps: number | null;
  failedSteps: number;
  /** US dollars; null where nothing told them. */
  costUsd: number | null;
}

/** Counts of trials at one moment; together they are all trials. */
export interface Standing {
  /** Minutes or steps. */
  at: number;
  done: number;
  lost: number;
  working: number;
  /** Ended by the limit of time or cost before that. */
  stopped: number;
}

export interface AgentFigures {
  /** Trials that ended, and the jobs behind them. */
  trials: number;
  jobs: number;
  /** A command looked at the folder after each trial: without one, nobody knows which ends are right. */
  checked: boolean;
  ends: Record<AgentEnd, number>;
  /** End state reached; null without an end check. */
  done: number | null;
  lost: number;
  /** Trials in which a person would have been needed: asked for one, done or not, or stood still. */
  person: { trials: number; causes: { cause: string; count: number }[] };
  /** Of the trials with a failed step, those that ended done; null without an end check. */
  recovered: { done: number; of: number } | null;
  /** By end state; empty below two trials a job, and without an end check. */
  passHat: PassHat[];
  interrupted: number;
  /** US dollars of the tries that tell their cost, interrupted ones included; null where none does. */
  spend: number | null;
  /** Ended and interrupted tries that do not tell their cost. */
  costUnknown: number;
  /** `spend` by trials that are done; at least this much where a cost is unknown. Null where one of those is. */
  costPerDone: number | null;
  minutes: Standing[];
  steps: Standing[];
  /**
   * Chance to go on without a person, by minutes and by steps; null where nothing was watched so long.
   * `until`: the longest that any trial was watched; `few`: from then on fewer than 5, or than a quarter, are at work.
   */
  alone: Record<
    'minutes' | 'steps',
    { marks: { at: number; point: CurvePoint | null }[]; curve: CurvePoint[]; few: number; until: number }
  >;
}

/** Moments at which counts are given. */
export const marks = { minutes: [15, 30, 60, 120], steps: [5, 10, 20, 50] } as const;

const lostEnds: readonly string[] = ['wrong-end', 'crash', 'hang', 'person'] satisfies AgentEnd[];

const isLost = ({ end }: AgentTry): boolean => lostEnds.includes(end);

/** Null where no try of an agent is there. `trials`: planned trials of each job. */
export function agentFigures(
  tries: readonly AgentTry[],
  { checked, trials }: { checked: boolean; trials: number },
): AgentFigures | null {
  if (tries.length === 0) return null;
  const ended = tries.filter(({ end }) => end !== 'interrupted');
  const done = ended.filter(({ end }) => end === 'done');
  const spend = spendOf(tries);
  const slipped = ended.filter(({ failedSteps }) => failedSteps > 0);
  return {
    trials: ended.length,
    jobs: new Set(ended.map(({ prompt }) => prompt)).size,
    checked,
    ends: endCounts(ended),
    done: checked ? done.length : null,
    lost: ended.filter(isLost).length,
    person: personCounts(ended),
    recovered: checked ? { done: slipped.filter(({ end }) => end === 'done').length, of: slipped.length } : null,
    passHat:
      checked && trials > 1
        ? passHatOf(
            ended.map(({ prompt, end }) => ({ prompt, passed: end === 'done' })),
            trials,
          )
        : [],
    interrupted: tries.length - ended.length,
    ...spend,
    costPerDone: checked ? perDone(spend.spend, done) : null,
    minutes: marks.minutes.map((at) => standing(ended, at, minutesOf)),
    steps: marks.steps.map((at) => standing(ended, at, ({ steps }) => steps)),
    alone: {
      minutes: aloneOf(tries, marks.minutes, minutesOf),
      steps: aloneOf(tries, marks.steps, ({ steps }) => steps),
    },
  };
}

const minutesOf = ({ seconds }: AgentTry): number | null => (seconds === null ? null : seconds / 60);

const endCounts = (ended: readonly AgentTry[]): AgentFigures['ends'] =>
  Object.fromEntries(agentEnds.map((end) => [end, ended.filter((one) => one.end === end).length])) as Record<
    AgentEnd,
    number
  >;

/** Most frequent cause first. */
function personCounts(ended: readonly AgentTry[]): AgentFigures['person'] {
  const needed = ended.filter(
    ({ end, why }) => end === 'person' || end === 'hang' || (end === 'done' && why !== undefined),
  );
  const causes = new Map<string, number>();
  for (const { end, why } of needed) {
    const cause = end === 'hang' ? 'hang' : (why ?? 'unknown');
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  return {
    trials: needed.length,
    causes: [...causes]
      .map(([cause, count]) => ({ cause, count }))
      .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1)),
  };
}

function spendOf(tries: readonly AgentTry[]): Pick<AgentFigures, 'spend' | 'costUnknown'> {
  const known = tries.flatMap(({ costUsd }) => costUsd ?? []);
  const spend = known.length === 0 ? null : known.reduce((sum, usd) => sum + usd, 0);
  return { spend, costUnknown: tries.length - known.length };
}

function perDone(spend: number | null, done: readonly AgentTry[]): number | null {
  const isKnown = done.length > 0 && done.every(({ costUsd }) => costUsd !== null);
  return spend !== null && isKnown ? spend / done.length : null;
}

type Measure = (one: AgentTry) => number | null;

/** An end counts from its own moment on. */
function standing(ended: readonly AgentTry[], at: number, measure: Measure): Standing {
  const there = ended.filter((one) => (measure(one) ?? 0) <= at);
  const count = (is: (one: AgentTry) => boolean): number => there.filter(is).length;
  return {
    at,
    done: count(({ end }) => end === 'done'),
    lost: count(isLost),
    working: ended.length - there.length,
    stopped: count(({ end }) => end === 'time' || end === 'cost'),
  };
}

/** Done ends the exposure: whoever is done, stopped by a limit or interrupted was only watched until then. */
function aloneOf(tries: readonly AgentTry[], at: readonly number[], measure: Measure) {
  const lifetimes = tries.flatMap((one): Lifetime[] => {
    const time = measure(one);
    return time === null ? [] : [{ cluster: one.prompt, time, event: isLost(one) }];
  });
  const points = survivalAt(lifetimes, at);
  return {
    marks: at.map((mark, index) => ({ at: mark, point: points[index] ?? null })),
    curve: survivalCurve(lifetimes),
    few: fewFrom(lifetimes.map(({ time }) => time)),
    until: lifetimes.reduce((most, { time }) => Math.max(most, time), 0),
  };
}

/** The last time at which at least 5 and a quarter of all were watched; 0 where there never were so many. */
function fewFrom(times: readonly number[]): number {
  const enough = Math.max(fewestAtWork, Math.ceil(times.length / 4));
  return [...times].sort((a, b) => b - a)[enough - 1] ?? 0;
}

const fewestAtWork = 5;

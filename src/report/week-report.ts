/** The week that a run watched: its days, what was voted on each, and whether the votes moved over them. */
import { pairName } from '../records/run-record.ts';
import { dayTrend, isDrift } from '../stats/drift.ts';
import type { Counts } from '../stats/e-process.ts';
import { heterogeneity } from '../stats/heterogeneity.ts';
import { withScore } from '../stats/task-verdict.ts';
import { count, listed, per100, plural } from '../text/numbers.ts';
import type { EvidenceUnit, PairVerdicts } from '../verdicts/verdict-shapes.ts';
import type { ReportInput, WatchedDay } from './report-input.ts';

export interface DayReport {
  day: string;
  records: number;
  /** Records of earlier days that came when those had closed. */
  late: number;
  /** Different prompts of the day, and those of them that are read. */
  different: number;
  toRead: number;
  /** No record came. */
  silent: boolean;
}

export interface PairDays {
  pair: string;
  /** For each day of the week that has closed: counted prompts and net preference, -1..1; null without votes. */
  days: { day: string; votes: number; net: number | null }[];
  /** `drift`: the votes moved one way over the days. `uneven`: they differ from day to day without a direction. */
  drift: 'drift' | 'uneven' | 'none' | 'too-few';
  /** Of the trend over all days. */
  p: number;
  words: string;
}

export interface WeekReport {
  from: string;
  to: string;
  tz: string;
  /** Days of the whole week. */
  planned: number;
  perDay: number;
  /** Those that have closed. */
  days: DayReport[];
  /** One per deciding pair; empty while sealed. */
  pairs: PairDays[];
  /** What the votes are an average of, and what they do not say. */
  words: string[];
}

/** Null in runs that watched nothing. */
export function weekReport(input: ReportInput, pairs: readonly PairVerdicts[]): WeekReport | null {
  const { watch } = input.run.settings;
  const { days = [] } = input;
  if (!watch) return null;
  const closed = days.map(dayReport);
  return {
    from: watch.from,
    to: closed.at(-1)?.day ?? watch.from,
    tz: watch.tz,
    planned: watch.days,
    perDay: watch.perDay,
    days: closed,
    pairs: pairs.filter(({ pair }) => pair.decides).map((pair) => pairDays(pair, days)),
    words: [...averageWords(pairs, closed), ...silentWords(closed), ...lateWords(closed)],
  };
}

const dayReport = ({ day, records, late, different, prompts }: WatchedDay): DayReport => ({
  day,
  records,
  late,
  different,
  toRead: prompts.length,
  silent: records === 0,
});

/** By its name; undefined in a run that watched nothing, and while the report is sealed. */
export const daysOfPair = (week: WeekReport | null, name: string | undefined): PairDays | undefined =>
  week?.pairs.find(({ pair }) => pair === name);

/** Follows the answer of a pair whose days differ: their mean is no forecast. Empty where they do not differ. */
export function movedWords(week: WeekReport | null, { pair }: Pick<PairVerdicts, 'pair'>): string {
  const found = daysOfPair(week, pairName(pair));
  return found && (found.drift === 'drift' || found.drift === 'uneven') ? ` ${found.words}` : '';
}

function averageWords(pairs: readonly PairVerdicts[], days: readonly DayReport[]): string[] {
  const votes = pairs.find(({ pair }) => pair.decides)?.overall.units ?? 0;
  if (votes === 0) return [];
  const voted = days.filter(({ toRead }) => toRead > 0).length;
  return [
    `The answer is an average over ${plural(votes, 'voted prompt')} of ${plural(voted, 'day')}. Each prompt counts alike, on a busy day and on a quiet one.`,
    'It is about these days. It does not say that the models will compare like this from now on.',
  ];
}

function silentWords(days: readonly DayReport[]): string[] {
  const silent = days.filter((day) => day.silent).map(({ day }) => day);
  if (silent.length === 0) return [];
  return [
    `The logs have no record of ${listed(silent)}. ${silent.length === 1 ? 'That day counts' : 'Those days count'} for nothing in the average.`,
  ];
}

function lateWords(days: readonly DayReport[]): string[] {
  const late = days.reduce((sum, day) => sum + day.late, 0);
  if (late === 0) return [];
  return [
    `${plural(late, 'record')} reached the logs after ${late === 1 ? 'its' : 'their'} day had closed, so ${late === 1 ? 'it was' : 'they were'} not drawn.`,
  ];
}

function pairDays({ pair, evidence }: PairVerdicts, days: readonly WatchedDay[]): PairDays {
  const byDay = days.map(({ day, prompts }) => {
    const ids = new Set(prompts);
    const units = evidence.filter(({ prompt }) => ids.has(prompt));
    return { day, counts: countsOf(units), votes: units.length };
  });
  const voted = byDay.filter(({ votes }) => votes > 0);
  const counts = byDay.map((day) => day.counts);
  // The seal opens once, after the last day, and prompts that `more` adds belong to no day: so this is the only look.
  const moved = isDrift(counts);
  const uneven = !moved && heterogeneity(voted.map((day) => day.counts)).differ;
  const drift = voted.length < 3 ? 'too-few' : moved ? 'drift' : uneven ? 'uneven' : 'none';
  return {
    pair: pairName(pair),
    days: byDay.map(({ day, counts: { wins, losses }, votes }) => ({
      day,
      votes,
      net: votes === 0 ? null : (wins - losses) / votes,
    })),
    drift,
    p: dayTrend(counts).p,
    words: driftWords[drift](voted.map((day) => day.counts)),
  };
}

const countsOf = (units: readonly EvidenceUnit[]): Counts =>
  units.reduce((counts, { score }) => withScore(counts, score), { wins: 0, ties: 0, losses: 0 });

const driftWords: Record<PairDays['drift'], (days: readonly Counts[]) => string> = {
  drift: (days) => {
    const [before, after] = halves(days);
    return `The later days differ: before ${before} per 100, after ${after} per 100. The votes changed over these days, and the answer is about their mean.`;
  },
  uneven: (days) =>
    `The days differ more than chance explains, without a direction over time (${count(days.length)} days with votes). The answer is about their mean.`,
  none: () => `No drift was seen over these days. ${small}`,
  'too-few': () => 'Whether the votes drift over the days is not looked at below three days with votes.',
};

const small =
  'A small drift goes unseen: of a lead that moves by 10 per 100 a day, a week of 5 votes a day shows 1 in 4.';

/** Net per 100 of the first and of the second half of the days; the middle one of an odd number is in the first. */
function halves(days: readonly Counts[]): [string, string] {
  const middle = Math.ceil(days.length / 2);
  const net = (some: readonly Counts[]): string => {
    const votes = some.reduce((sum, { wins, ties, losses }) => sum + wins + ties + losses, 0);
    return per100(votes === 0 ? null : some.reduce((sum, { wins, losses }) => sum + wins - losses, 0) / votes);
  };
  return [net(days.slice(0, middle)), net(days.slice(middle))];
}

/** What each start says: how far the week is, what is to read and what was spent. Names no model and tells no side. */

import { isFinished } from '../../blind/packet-port.ts';
import { votingMinutes } from '../../blind/session/pace.ts';
import { calendar } from '../../logs/days.ts';
import type { RunEvent } from '../../records/run-events.ts';
import type { ArmRecord, RunRecord, WatchSettings } from '../../records/run-record.ts';
import { isReplay } from '../../runs/trial.ts';
import { readEvents } from '../../store/events-file.ts';
import type { StoredRun } from '../../store/run-folder.ts';
import { readAllVotes } from '../../store/votes-file.ts';
import { count, dollars, plural } from '../../text/numbers.ts';
import { castVotes } from '../../voting/ballot-plan.ts';
import { costLimit } from '../../voting/further-starts.ts';
import { questionsOf } from '../../voting/questions.ts';
import { closedDays } from '../../voting/watched-days.ts';
import { type ArmTrials, readTrials } from '../run-trials.ts';
import { ballotsToShow } from '../score/still-out.ts';
import { owedAnswers } from '../score/week-owes.ts';
import { type ClosedNow, closesAt } from './close-days.ts';

export interface WeekFigures {
  /** Days that have closed, and all. */
  closed: number;
  days: number;
  /** The last closed day; null before the first. */
  last: { day: string; records: number; toRead: number; late: number } | null;
  /** When the next day closes, ISO 8601; null after the last. */
  nextCloses: string | null;
  tz: string;
  toRead: number;
  voted: number;
  /** Both arms together: answers that came, failed a check, or are missing. */
  answers: { there: number; failed: number; missing: number };
  costUsd: number;
  maxCostUsd: number | null;
  /** Prompts that can be shown to somebody now, and the time to vote on them. */
  toShow: number;
  minutesLeft: number;
  /** Answers that the next start asks for again. */
  owed: number;
  /** Somebody has votes that are not final. */
  unfinished: boolean;
}

export function weekFigures(stored: StoredRun): WeekFigures {
  const { run, paths, prompts } = stored;
  const watch = run.settings.watch as WatchSettings;
  const events = readEvents(paths);
  const closed = closedDays(events);
  const { all } = questionsOf(run, prompts, events);
  const voted = new Set(
    events.flatMap((event) => (event.event === 'entered' || event.event === 'entered-identical' ? [event.prompt] : [])),
  );
  const read = all.filter(({ id }) => voted.has(id)).length;
  const last = closed.at(-1);
  const days = calendar(watch.tz);
  const recorded = run.arms.map((arm) => ({ arm, ...readTrials(stored, arm, events) }));
  const next = closed.length < watch.days ? days.plus(watch.from, closed.length) : undefined;
  return {
    closed: closed.length,
    days: watch.days,
    last: last ? { day: last.day, records: last.records, toRead: last.toRead, late: last.late } : null,
    nextCloses: next === undefined ? null : new Date(closesAt(next, watch, days)).toISOString(),
    tz: watch.tz,
    toRead: all.length,
    voted: read,
    ...spending(run, recorded, new Set(all.map(({ id }) => id))),
    maxCostUsd: costLimit(run, events) ?? null,
    ...votingLeft(stored, recorded, events),
  };
}

type Recorded = readonly (ArmTrials & { arm: ArmRecord })[];

function votingLeft(stored: StoredRun, recorded: Recorded, events: RunEvent[]) {
  const { run, paths } = stored;
  const files = readAllVotes(paths, run);
  const trials = Object.fromEntries(recorded.map(({ arm, trials: own }) => [arm.name, own]));
  const ballots = ballotsToShow({ stored, events, files, trials });
  return {
    toShow: Math.ceil(ballots / run.pairs.length),
    minutesLeft: votingMinutes(ballots),
    owed: owedAnswers({ stored, trials }, events),
    unfinished: files.some(({ lines }) => castVotes(lines).length > 0 && !isFinished({ lines })),
  };
}

function spending({ settings }: RunRecord, recorded: Recorded, asked: ReadonlySet<string>) {
  const answers = { there: 0, failed: 0, missing: 0 };
  let costUsd = 0;
  for (const { arm, steps, trials } of recorded) {
    const own = [...trials.values()].filter(({ prompt }) => asked.has(prompt));
    const there = own.filter(({ state }) => state !== 'missing').length;
    answers.there += there;
    answers.failed += own.filter(({ state }) => state === 'unusable').length;
    answers.missing += asked.size * settings.trials - there;
    if (isReplay(arm)) continue;
    costUsd += steps.reduce((sum, step) => sum + (step.reused === undefined ? (step.costUsd ?? 0) : 0), 0);
  }
  return { answers, costUsd };
}

/** The daily line, and the next command. */
export function weekText(figures: WeekFigures, run: string): string {
  const { closed, days, last, toRead, voted, answers } = figures;
  if (last === null)
    return `Day 1 of ${days} is running. It closes at ${minute(figures)}; start the same command again after that.`;
  const spent = spentWords(figures);
  const line = [
    `day ${closed} of ${days}   ${plural(last.records, 'new record')}, ${last.toRead} to read (${toRead} so far, ${voted} voted)${spent}`,
    ...(last.records === 0 ? [`${last.day} was silent: the logs have no record of it.`] : []),
    ...(last.late > 0
      ? [
          `${plural(last.late, 'record')} came too late for ${last.late === 1 ? 'its' : 'their'} day and ${last.late === 1 ? 'was' : 'were'} not drawn.`,
        ]
      : []),
    ...(answers.failed > 0
      ? [`${count(answers.failed)} of ${plural(answers.there, 'answer')} of both models together failed a check.`]
      : []),
    ...(answers.missing > 0 ? [`${plural(answers.missing, 'answer is', 'answers are')} missing.`] : []),
  ];
  return [...line, nextWords(figures, run)].join('\n');
}

function nextWords(figures: WeekFigures, run: string): string {
  const { closed, days, voted, toShow, minutesLeft, owed, unfinished } = figures;
  if (toShow > 0) return `Next: gapcheck score ${run}   (${plural(toShow, 'prompt')}, about ${minutesLeft} min)`;
  const soFar = voted === 0 ? 'There is nothing to vote on yet.' : 'Everything that has answers is voted on.';
  if (closed < days) return `${soFar} The next day closes at ${minute(figures)}.`;
  if (owed > 0) return `${soFar} The next start asks for the missing answers again.`;
  if (unfinished) return `Next: gapcheck score ${run}   (makes the votes final)`;
  return `Next: gapcheck report ${run}`;
}

/** In the time zone of the week: `2026-11-03 01:00 (Europe/Berlin)`. */
function minute({ nextCloses, tz }: Pick<WeekFigures, 'nextCloses' | 'tz'>): string {
  if (nextCloses === null) return '–';
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: tz, dateStyle: 'short', timeStyle: 'short' });
  return `${text.format(new Date(nextCloses))} (${tz})`;
}

function spentWords({ costUsd, maxCostUsd }: WeekFigures): string {
  if (maxCostUsd !== null) return `, ${dollars(costUsd)} of ${dollars(maxCostUsd)}`;
  return costUsd > 0 ? `, ${dollars(costUsd)}` : '';
}

/** What was met on the way: files that are not there, records that cannot be drawn. */
export function closedNotes({ notes, rejected }: ClosedNow): string[] {
  return [
    ...notes.map((note) => `Note: ${note}`),
    ...rejected.map(({ reason, count: times, firstLines }) => {
      const where = firstLines.map(({ file, line }) => `${file}:${line}`).join(', ');
      return `Left out, ${plural(times, 'record')}: ${reason}${where === '' ? '' : ` (${where})`}.`;
    }),
  ];
}

/** The days that are over → their prompts, frozen in the run folder, and one line of the ledger for each. */
import { readPromptChecks } from '../../checks/validate.ts';
import type { Rejected } from '../../logs/collect.ts';
import { type Calendar, calendar } from '../../logs/days.ts';
import { type ReadDay, readDays } from '../../logs/watch/read-days.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { WatchSettings } from '../../records/run-record.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { addEvents, readEvents } from '../../store/events-file.ts';
import { hashing } from '../../store/hashing.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { promptsText } from '../../store/prompts-file.ts';
import { openSealedRun, readKey, type StoredRun } from '../../store/run-folder.ts';
import { closedDays, type DayEvent } from '../../voting/watched-days.ts';
import type { Config } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { isAnsweredBy } from '../plan/runnable-prompts.ts';
import { readingOptions } from '../reading-options.ts';
import type { WatchOptions } from '../verb-options.ts';

/** For each prompt to read, so many more are drawn and stay unread. */
const reserveTimes = 3;

export interface ClosedNow {
  stored: StoredRun;
  days: DayEvent[];
  rejected: Rejected[];
  notes: string[];
}

/** The days of the week that are over by now, late records included, and have not closed. */
export function dueDays(watch: WatchSettings, closed: number, now: Date): string[] {
  const days = calendar(watch.tz);
  const all = Array.from({ length: watch.days }, (_, at) => days.plus(watch.from, at));
  return all.slice(closed).filter((day) => now.getTime() >= closesAt(day, watch, days));
}

/** When a day closes, ms since the epoch. */
export const closesAt = (day: string, { tz, lateMs }: WatchSettings, days: Calendar = calendar(tz)): number =>
  days.startOf(days.plus(day, 1)) + lateMs;

/** Reads what is new in the logs where a day is due. Throws (exit 2) where a log cannot be read: then no day closes. */
export async function closeDays(
  stored: StoredRun,
  options: WatchOptions,
  config: Config,
  context: Context,
): Promise<ClosedNow> {
  const { run, paths } = stored;
  const watch = run.settings.watch as WatchSettings;
  const before = closedDays(readEvents(paths));
  const closing = dueDays(watch, before.length, context.now());
  if (closing.length === 0) return { stored, days: [], rejected: [], notes: [] };
  const reading = { ...(await readingOptions(options, config, context)), redact: run.settings.redact, hashing };
  const { days, rejected, notes } = await readDays({
    logs: watch.logs,
    options: { ...reading, now: context.now(), seed: run.settings.seed, cwd: context.cwd },
    draw: { ...reading, ...drawOf(stored, watch), closing },
    states: before.at(-1)?.files ?? [],
    firstDay: watch.from,
    mirror: watch.mirror === true,
    withoutGone: options.withoutGone === true,
  });
  const added = await freeze(stored, days, watch, context);
  return { stored: openSealedRun(paths.folder), days: added, rejected, notes };
}

/** How each day of this run is drawn. */
const drawOf = (stored: StoredRun, { tz, perDay }: WatchSettings) => ({
  calendar: calendar(tz),
  perDay: perDay * (1 + reserveTimes),
  key: readKey(stored),
  tasks: new Set(stored.prompts.map(({ task }) => task)),
  drawn: drawnBefore(stored),
  isReady: (prompt: Pick<PromptRecord, 'ref' | 'answers'>) => isAnsweredBy(prompt, stored.run.arms),
});

const drawnBefore = ({ prompts }: StoredRun) => ({
  ids: new Set(prompts.map(({ id }) => id)),
  sources: new Set(prompts.flatMap(({ source_id }) => source_id ?? [])),
});

/** Files first, the ledger last: after a crash between the two, the next start writes the same files again. */
async function freeze(
  { paths }: StoredRun,
  days: readonly ReadDay[],
  { perDay }: WatchSettings,
  { now }: Context,
): Promise<DayEvent[]> {
  const texts = days.map(({ prompts }) => promptsText(readPromptChecks(prompts)));
  try {
    makeFolder(paths.dayFolder);
    for (const [at, { day }] of days.entries()) writeWhole(paths.day(day), texts[at] ?? '');
  } catch (error) {
    throw cannotWrite(paths.dayFolder, error);
  }
  const added = await addEvents(paths, now, (sofar) => {
    const known = new Set(closedDays(sofar).map(({ day }) => day));
    return days.map((day, at) => dayEvent(day, texts[at] ?? '', perDay)).filter(({ day }) => !known.has(day));
  });
  return added.map((event) => ({ at: now().toISOString(), ...event }));
}

const dayEvent = ({ prompts, ...about }: ReadDay, text: string, perDay: number) => ({
  event: 'day' as const,
  day: about.day,
  prompts: prompts.map(({ id }) => id),
  toRead: Math.min(perDay, prompts.length),
  sha256: hashing.sha256(text),
  records: about.records,
  different: about.different,
  late: about.late,
  files: about.files,
});

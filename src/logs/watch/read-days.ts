/**
 * Logs → the days that close. What is new in each file is read once, every record finds its day, and each day comes with
 * the places from which the next one goes on.
 */
import { userError } from '../../errors.ts';
import type { ReadFileState } from '../../records/run-events.ts';
import { plural } from '../../text/numbers.ts';
import type { Gatherer, Rejected } from '../collect.ts';
import { surveyEncoding } from '../encoding.ts';
import type { LogFormat } from '../formats/format.ts';
import { expandFiles } from '../globs.ts';
import { readJsonFile } from '../json-file.ts';
import type { Arranged, LoadOptions } from '../load-options.ts';
import { mapArranged } from '../map-arranged.ts';
import { MirrorPairs } from '../mirror-pairs.ts';
import { openLogs } from '../open-logs.ts';
import { readFile } from '../read-log.ts';
import { UnreadLog } from '../unread-log.ts';
import { DayDraw, type DrawnDay, type DrawOptions } from './day-draw.ts';
import { type FileReading, newReading, stateAfter } from './file-reading.ts';
import { LinePieces } from './line-pieces.ts';
import { lostError, lostLogs } from './lost-logs.ts';
import { lookAt } from './positions.ts';

export interface ReadDaysInput {
  /** Files and patterns. */
  logs: string[];
  options: LoadOptions;
  draw: DrawOptions;
  /** As the last day left them. */
  states: readonly ReadFileState[];
  /** The first day of all. */
  firstDay: string;
  /** The log holds both answers of its calls. */
  mirror: boolean;
  /** Go on without logs that were read before and are gone. */
  withoutGone?: boolean;
}

export interface ReadDay extends DrawnDay {
  /** Records of days that had closed when they came. */
  late: number;
  files: ReadFileState[];
}

export interface ReadDays {
  days: ReadDay[];
  redacted: Record<string, number>;
  rejected: Rejected[];
  notes: string[];
}

/** Throws (exit 2) where a log cannot be read: then no day closes, and a later start reads it. */
export async function readDays(input: ReadDaysInput): Promise<ReadDays> {
  const { logs, options, states, mirror } = input;
  const draw = new DayDraw(input.draw);
  const arranged = new Map<LogFormat, Arranged>();
  const readings = new Map<string, FileReading>();
  const pairs = mirror ? new MirrorPairs(draw) : undefined;
  const outside = { before: 0, ahead: 0 };
  const gatherer = notingGatherer(draw, pairs ?? draw, readings, input, outside);
  const { names, notes } = await namesOf(logs, options.cwd);
  if (names.length === 0) throw nothingThere(logs);
  for (const name of names) {
    const file = await lookAt(name, options.cwd, states, options);
    if (!file || isOld(file, input)) continue;
    const reading = newReading(file);
    readings.set(file.file, reading);
    await readOne(reading, input, gatherer, arranged);
  }
  const lost = lostLogs(goneStates([...readings.values()], states), states, options.cwd);
  if (lost.length > 0 && !input.withoutGone) throw lostError(lost, options.cwd);
  for (const [format, rows] of arranged) mapArranged(format, rows, options, gatherer);
  pairs?.finish();
  const { days, redacted } = draw.finish();
  const files = await filesAfter([...readings.values()], {
    ...input,
    states: states.filter((one) => !lost.includes(one)),
  });
  const late = lateOf([...readings.values()], input);
  return {
    days: days.map((day, at) => ({ ...day, late: at === 0 ? late : 0, files: files(day.day) })),
    redacted,
    rejected: draw.rejected(),
    notes: [...notes, ...outsideNotes(outside, input.firstDay)],
  };
}

/** A folder that is not mounted must not look like silent days. */
const nothingThere = (logs: readonly string[]): Error =>
  userError(
    'watch.no-files',
    `No file matches ${logs.join(' ')}, so no day was closed.`,
    'put the logs back; the next start closes the days that are due',
  );

/** A pattern that nothing fits is no error once the week runs: the log may be between two names. */
async function namesOf(logs: string[], cwd: string): Promise<{ names: string[]; notes: string[] }> {
  const names: string[] = [];
  const notes: string[] = [];
  for (const log of logs) {
    try {
      names.push(...(await expandFiles([log], cwd)));
    } catch {
      notes.push(`No file matches ${log} now.`);
    }
  }
  return { names: [...new Set(names)], notes };
}

/** Last written before the days that close began, and never read: all of it is older. */
function isOld({ known, modifiedMs }: FileReading['file'], { draw: { calendar }, firstDay }: ReadDaysInput): boolean {
  return known === undefined && modifiedMs < calendar.startOf(calendar.plus(firstDay, -1));
}

/** New records that are of no day of the week: older than its first one, or of a time that is still to come. */
interface Outside {
  before: number;
  ahead: number;
}

const outsideNotes = ({ before, ahead }: Outside, firstDay: string): string[] => [
  ...(before > 0
    ? [`${plural(before, 'record is', 'records are')} older than day 1 (${firstDay}) and will not be drawn.`]
    : []),
  ...(ahead > 0
    ? [`${plural(ahead, 'record says', 'records say')} a time that is still to come: check the clock that wrote it.`]
    : []),
];

type Placed = NonNullable<ReturnType<DayDraw['placeOf']>>;

/** Notes where the records of each day begin in their file, and hands them on. */
function notingGatherer(
  draw: DayDraw,
  next: Gatherer,
  readings: ReadonlyMap<string, FileReading>,
  { firstDay, options: { now }, draw: { calendar } }: ReadDaysInput,
  outside: Outside,
): Gatherer {
  const tomorrow = calendar.plus(calendar.dayOf(now.getTime()), 1);
  const readingOf = (file: string): FileReading | undefined =>
    readings.get(file) ?? [...readings.values()].find((reading) => file.startsWith(`${reading.file.file}/`));
  const note = (reading: FileReading, { day, isClosed, isCopy }: Placed, line: number): void => {
    reading.firstLine.set(day, Math.min(line, reading.firstLine.get(day) ?? line));
    if (isCopy) return;
    reading.records.set(day, (reading.records.get(day) ?? 0) + 1);
    const isFresh = line >= (reading.pieces?.freshLine ?? Number.POSITIVE_INFINITY);
    const isNew = isFresh || (reading.whole && !reading.file.known);
    if (isNew && day < firstDay) outside.before += 1;
    if (isNew && day > tomorrow) outside.ahead += 1;
    if (isClosed && isFresh && day >= firstDay) reading.late += 1;
  };
  return {
    add(mapped, source) {
      const reading = readingOf(source.file);
      const placed = draw.placeOf(mapped);
      if (reading && placed) note(reading, placed, source.line);
      const line = source.line + (reading?.linesBefore ?? 0);
      next.add(mapped, { ...source, line });
    },
    reject: (reason, at) => next.reject(reason, { ...at, line: at.line + (readingOf(at.file)?.linesBefore ?? 0) }),
  };
}

/** Of a file that is read whole again, what it has of closed days beyond what it had then. */
function lateOf(readings: readonly FileReading[], { firstDay, draw: { closing } }: ReadDaysInput): number {
  return readings.reduce((sum, { late, whole, wasRead, file, records }) => {
    if (!whole || !wasRead) return sum + late;
    const closed = [...records].filter(([day]) => day >= firstDay && day < (closing[0] ?? ''));
    const now = closed.reduce((all, [, count]) => all + count, 0);
    return sum + Math.max(0, now - (file.known?.records ?? 0));
  }, 0);
}

async function readOne(
  reading: FileReading,
  input: ReadDaysInput,
  gatherer: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<void> {
  const { file } = reading;
  const { known } = file;
  const isUnchanged =
    known?.whole === true &&
    known.from === undefined &&
    known.size === file.size &&
    known.modifiedMs === file.modifiedMs &&
    known.inode === file.inode;
  if (isUnchanged) return;
  reading.wasRead = true;
  if (reading.whole) return readWhole(reading, input, gatherer, arranged);
  await readLines(reading, input, gatherer, arranged);
  // Rows that only together make a prompt: the next day needs these again.
  if ([...arranged.keys()].some(({ name }) => name === reading.format)) reading.whole = true;
}

async function readLines(
  reading: FileReading,
  { options, states }: ReadDaysInput,
  gatherer: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<void> {
  const { file } = reading;
  const { known } = file;
  const read = async (named: string | undefined): Promise<void> => {
    const pieces = new LinePieces(file, known?.from ?? known?.bytes ?? 0, known?.bytes ?? 0);
    Object.assign(reading, { pieces, format: known?.format });
    const chunks = pieces.chunks();
    const first = await chunks.next();
    if (first.done) return;
    const head = first.value.subarray(0, 1 << 16).toString('utf8');
    if (head.trim() === '') return;
    const reads = { ...options, ...(named !== undefined && { format: named }) };
    const all = again(first.value, chunks);
    reading.format = (await readJsonFile(file.file, all, head, false, reads, gatherer, arranged)).format;
  };
  const named = options.format ?? (known?.format === 'fields' ? undefined : known?.format);
  // Few records can look like nothing: then they are what the other files are.
  const usual = named === undefined ? usualFormat(states) : undefined;
  await read(named).catch((error: unknown) => {
    if (error instanceof UnreadLog && usual !== undefined) return read(usual);
    throw error;
  });
}

async function* again(first: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* chunks;
}

function usualFormat(states: readonly ReadFileState[]): string | undefined {
  const known = states.flatMap(({ format, whole }) =>
    format === undefined || format === 'fields' || whole ? [] : format,
  );
  return known.sort((a, b) => known.filter((one) => one === b).length - known.filter((one) => one === a).length)[0];
}

/** Tables, arrays, archives and databases. */
async function readWhole(
  { file }: FileReading,
  { options }: ReadDaysInput,
  gatherer: Gatherer,
  arranged: Map<LogFormat, Arranged>,
): Promise<void> {
  const opened = await openLogs(file.path, options.cwd, options);
  try {
    for (const source of opened.sources) {
      const { encoding } = await surveyEncoding(source, options.encoding);
      await readFile(source, encoding, options, gatherer, arranged);
    }
  } finally {
    opened.close();
  }
}

/** What no file goes on from. */
function goneStates(readings: readonly FileReading[], states: readonly ReadFileState[]): ReadFileState[] {
  const used = new Set(readings.flatMap(({ file }) => file.known ?? []));
  return states.filter((state) => !used.has(state));
}

/** What each day leaves: the files as they are now, and those that are not there at the moment. */
async function filesAfter(
  readings: readonly FileReading[],
  { states }: ReadDaysInput,
): Promise<(day: string) => ReadFileState[]> {
  const gone = goneStates(readings, states);
  const after = await Promise.all(readings.map(stateAfter));
  return (day) => [...after.map((of) => of(day)), ...gone];
}

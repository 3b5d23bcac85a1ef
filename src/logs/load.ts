/** Log files → prompts. One entry for `import` and `run`: detect, read, map, filter, fold, redact, label, audit. */
import { exitCodes, GapcheckError, userError } from '../errors.ts';
import type { JsonObject } from '../records/plain-json.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import type { SourceRecord } from '../records/run-record.ts';
import type { Audit } from './audit.ts';
import { Collector, type Gatherer, type LoggedCounts, type Rejected } from './collect.ts';
import { surveyEncoding } from './encoding.ts';
import type { Unused } from './fields/unused.ts';
import { type FileTally, unusedOfFiles } from './fields/unused-of-files.ts';
import type { LogFormat } from './formats/format.ts';
import { formatNamed } from './formats/registry.ts';
import { expandFiles } from './globs.ts';
import type { Stratum } from './keep.ts';
import { LastTime } from './last-time.ts';
import type { Arranged, LoadOptions } from './load-options.ts';
import { choiceOf, mapArranged } from './map-arranged.ts';
import { MirrorPairs } from './mirror-pairs.ts';
import type { LogSource } from './open-logs.ts';
import { Opening } from './opening.ts';
import { readFile } from './read-log.ts';
import { createRedactor, exampleWords } from './redact/redact.ts';
import { isAge, timeLimits } from './since.ts';
import type { TaskChoice } from './task-choice.ts';
import { outsideTasks, refuseUnknownTasks } from './unknown-tasks.ts';
import { nothingIsPrompt, onDisk, UnreadLog } from './unread-log.ts';
import { sameReading, withWayOut } from './way-out.ts';

export type { LoadOptions };

interface Understood {
  file: string;
  format: string;
  why: string;
  encoding: string;
  records: number;
  columns?: string[];
}

export interface LoadedPrompts {
  /** Usable prompts in source order: all of them, or with `n` the lowest keyed hashes of each task and band. */
  prompts: PromptRecord[];
  understood: Understood[];
  rejected: Rejected[];
  /** Records that never were prompts (tool spans, other call types), by reason. */
  skipped: { reason: string; count: number }[];
  warnings: string[];
  /** How tasks were guessed; absent where the log names them. */
  guessed?: NonNullable<Collector['guessed']>;
  /** Where several fields could name the task: the one that was taken, and the others. */
  taskChoice?: TaskChoice;
  /** Fields that no mapper read, of all files. */
  unused: Unused[];
  /** Counts by kind of what redaction replaced, in the prompts that were kept. */
  redacted: Record<string, number>;
  duplicates: number;
  sources: SourceRecord[];
  /** Usable records, and the different prompts among them. */
  logged: LoggedCounts;
  audit: Audit;
  /** Names of `answer:NAME` columns. */
  answerColumns: string[];
  /** Traffic by task and band of the whole log: give it to `samplePlan`. */
  strata: Stratum[];
}

/** Throws exit 2, with file, line and the way out, when a file cannot be read or no prompt is found. */
export async function loadPrompts(files: string[], options: LoadOptions): Promise<LoadedPrompts> {
  try {
    return await readPrompts(files, options);
  } catch (error) {
    throw error instanceof UnreadLog ? await withWayOut(error, files, options, readPrompts) : error;
  }
}

async function readPrompts(files: string[], options: LoadOptions): Promise<LoadedPrompts> {
  const names = await expandFiles(files, options.cwd);
  const opening = new Opening(options);
  try {
    const limits = await timesOf(names, options, opening);
    const reading = { ...options, ...limits, severalFiles: names.length > 1 };
    const plain = await readOnce(names, reading, opening, false);
    // A log turns out to be a mirror while it is read: only then is it known what must wait for its partner.
    const { collector, state } = plain.hasCopies ? await readOnce(names, reading, opening, true) : plain;
    if (options.since !== undefined && isAge(options.since))
      state.warnings.push(
        `--since ${options.since} counts from the last record: from ${limits.since?.slice(0, 10)} on.`,
      );
    return finished(collector, state, options);
  } finally {
    opening.close();
  }
}

/** `isMirror`: pairs calls with their silent copies. */
async function readOnce(
  names: string[],
  options: LoadOptions,
  opening: Opening,
  isMirror: boolean,
): Promise<{ collector: Collector; state: LoadState; hasCopies: boolean }> {
  const collector = new Collector({
    ...options,
    limit: typeof options.n === 'number' ? Math.max(100, 2 * options.n) : Number.POSITIVE_INFINITY,
  });
  const state = newState();
  const pairs = new MirrorPairs(collector);
  let hasCopies = false;
  const looking: Gatherer = {
    add(mapped, source) {
      hasCopies ||= 'draft' in mapped && mapped.draft.silent === true;
      collector.add(mapped, source);
    },
    reject: (reason, at) => collector.reject(reason, at),
  };
  await readAll(names, options, isMirror ? pairs : looking, state, opening);
  if (isMirror) {
    pairs.finish();
    state.warnings.push(mirrorWords(pairs));
  }
  return { collector, state, hasCopies };
}

const mirrorWords = ({ paired }: MirrorPairs): string =>
  paired === 1
    ? '1 call has the answer of its silent copy beside its own. Both are compared with --closed logged --open column:silent.'
    : `${paired} calls have the answer of a silent copy beside their own. Both are compared with --closed logged --open column:silent.`;

/** An age needs the last record's time first. */
async function timesOf(names: string[], options: LoadOptions, opening: Opening): Promise<Limits> {
  if (!isAge(options.since) && !isAge(options.until)) return timeLimits(options);
  const last = new LastTime();
  await readAll(names, options, last, newState(), opening);
  return timeLimits({ ...options, last: last.time });
}
type Limits = ReturnType<typeof timeLimits>;

async function readAll(
  names: string[],
  options: LoadOptions,
  collector: Gatherer,
  state: LoadState,
  opening: Opening,
): Promise<void> {
  for (const name of names) await loadFile(name, options, collector, state, opening);
  for (const [format, arranged] of state.arranged) {
    const said = format.announce?.(arranged.rows);
    if (said) state.warnings.push(said);
    const choice = choiceOf(format, arranged, options);
    if (choice) state.taskChoices.push(choice);
    const chosen = choice ? { ...options, taskName: choice.field } : options;
    const count = mapArranged(format, arranged, chosen, collector).said(arranged.rows.length);
    if (format.holds && count) state.warnings.push(count);
  }
}

function finished(collector: Collector, state: LoadState, options: LoadOptions): LoadedPrompts {
  const unused = state.tallies.map((each) => ({ ...each, fields: each.tally.unused() }));
  state.warnings.push(...unusedOfFiles(unused));
  for (const [text, count] of collector.notes)
    state.warnings.push(`${count} record${count === 1 ? '' : 's'}: ${text}.`);
  if (collector.usable === 0) throw nothingUsable(collector, state, options);
  const redactor = options.redact ? createRedactor(options.ownPatterns) : undefined;
  const { prompts, strata, logged, audit } = collector.finish(redactor, options.hashing);
  refuseUnknownTasks(options.tasks, [...audit.tasks.map(({ task }) => task), ...collector.otherTasks]);
  if (prompts.length === 0)
    throw userError(
      'logs.no-task',
      `No prompt belongs to ${options.tasks?.join(', ')}.`,
      `tasks in the log: ${audit.tasks
        .map(({ task }) => task)
        .slice(0, 10)
        .join(', ')}`,
    );
  return {
    prompts,
    strata,
    logged,
    audit,
    understood: state.understood,
    rejected: collector.rejected(),
    skipped: collector.skipped(),
    warnings: [
      ...state.warnings,
      ...outsideTasks(options.tasks, audit.tasks, collector),
      ...exampleWords(redactor?.examples.email ?? 0),
    ],
    ...(collector.guessed !== undefined && { guessed: collector.guessed }),
    ...(state.taskChoices[0] && { taskChoice: state.taskChoices[0] }),
    unused: unused.flatMap(({ fields }) => fields),
    redacted: redactor?.counts ?? {},
    duplicates: collector.duplicates,
    sources: state.sources,
    // From columns, and from an earlier import of such columns.
    answerColumns: [...new Set([...state.answers, ...prompts.flatMap(({ answers }) => Object.keys(answers ?? {}))])],
  };
}

interface LoadState {
  understood: Understood[];
  warnings: string[];
  sources: SourceRecord[];
  /** The first records of each file. */
  samples: JsonObject[];
  answers: Set<string>;
  tallies: Omit<FileTally, 'fields'>[];
  arranged: Map<LogFormat, Arranged>;
  taskChoices: TaskChoice[];
  /** Entries of the archive that are no logs. */
  left: GapcheckError[];
}

const newState = (): LoadState => ({
  understood: [],
  warnings: [],
  sources: [],
  samples: [],
  answers: new Set(),
  tallies: [],
  arranged: new Map(),
  taskChoices: [],
  left: [],
});

async function loadFile(
  name: string,
  options: LoadOptions,
  collector: Gatherer,
  state: LoadState,
  opening: Opening,
): Promise<void> {
  const opened = await opening.open(name);
  state.warnings.push(...opened.notes);
  try {
    for (const source of opened.sources) {
      try {
        await loadSource(source, options, collector, state);
      } catch (error) {
        if (!opened.archive || !(error instanceof GapcheckError) || error.exitCode !== exitCodes.userCanFix)
          throw error;
        state.left.push(error);
      }
    }
  } finally {
    opened.close();
  }
  const [first] = state.left;
  if (first && state.left.length === opened.sources.length) throw first;
  state.warnings.push(...state.left.splice(0).map((error) => `Left out: ${error.message}`));
}

async function loadSource(
  source: LogSource,
  options: LoadOptions,
  collector: Gatherer,
  state: LoadState,
): Promise<void> {
  const survey = await surveyEncoding(source, options.encoding);
  state.warnings.push(...survey.warnings);
  const read = await readFile(source, survey.encoding, options, collector, state.arranged);
  state.warnings.push(...read.warnings);
  for (const answer of read.answers) state.answers.add(answer);
  state.samples.push(...read.sample);
  const { format, why, records, columns } = read;
  state.tallies.push({ file: source.file, format, why, tally: read.tally });
  const packed = source.packed ? `${survey.encoding}, ${source.packed}` : survey.encoding;
  state.understood.push({ file: source.file, format, why, encoding: packed, records, ...(columns && { columns }) });
  state.sources.push({ file: source.file, sha256: survey.sha256, format, records });
}

function nothingUsable(collector: Collector, state: LoadState, options: LoadOptions): Error {
  const names = state.understood.map(({ file, format }) => `${file} (read as ${format})`).join(', ');
  const [file = ''] = state.understood.map((each) => each.file);
  const records = state.understood.reduce((sum, each) => sum + each.records, 0);
  if (records === 0)
    return userError(
      'logs.no-prompts',
      `${names}: a header or wrapper, and no records.`,
      'export it again, or name another file',
    );
  const reasons = [...collector.rejected(), ...collector.skipped().map((skip) => ({ ...skip, firstLines: [] }))];
  if (reasons.length === 1 && collector.otherTasks.size > 0)
    refuseUnknownTasks(options.tasks, [...collector.otherTasks]);
  const lines = reasons.map(({ reason, count, firstLines }) => {
    const where = [...new Set(firstLines.map(({ file, line }) => `${file}:${line}`))].join(', ');
    return `  ${count} × ${reason}${where ? ` (${where}${count > firstLines.length ? ', …' : ''})` : ''}`;
  });
  const what = `No usable prompt in ${names}:\n${lines.join('\n')}`;
  const isFlagged = reasons.length > 0 && reasons.every(({ reason }) => reason.includes('--include-flagged'));
  if (isFlagged) {
    const files = [...new Set(state.understood.map((each) => onDisk(each.file)))];
    return userError('logs.no-prompts', what, sameReading(files, options, { includeFlagged: true }));
  }
  const known = state.understood.map(({ format }) => formatNamed(format)?.noPrompts).find((text) => text !== undefined);
  if (typeof known === 'function') return userError('logs.no-prompts', what, known(onDisk(file), state.samples));
  if (known !== undefined) return userError('logs.no-prompts', what, `nothing in it is a prompt: ${known}`);
  return new UnreadLog('logs.no-prompts', what, { file, records: state.samples, hint: nothingIsPrompt });
}

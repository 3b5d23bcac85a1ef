/** The way out of a refusal: readings are tried on the file itself, and the first that gives prompts is printed. */
import { GapcheckError } from '../errors.ts';
import type { PromptRecord } from '../records/prompt-record.ts';
import { shellWord } from '../text/shell.ts';
import { plainText } from './draft.ts';
import { askedFields } from './fields/asked-fields.ts';
import { areAsked, areTexts } from './fields/written-text.ts';
import type { LoadOptions, ReadingFlags } from './load-options.ts';
import { onDisk, UnreadLog } from './unread-log.ts';

/** What reads files for a trial: the prompts that they give, or the refusal. */
type Reader = (files: string[], options: LoadOptions) => Promise<{ prompts: PromptRecord[] }>;

const mostTries = 6;
const sampled = 50;

/** The refusal with a command that was tried and works; without one it says that nothing is a prompt. */
export async function withWayOut(
  error: UnreadLog,
  files: readonly string[],
  options: LoadOptions,
  read: Reader,
): Promise<GapcheckError> {
  const tried = files.length === 1 ? [...files] : [onDisk(error.file)];
  const trial = new Trial(tried, options, read);
  const way = await trial.first(error);
  if (way === undefined) return error;
  const { code, message, exitCode } = error;
  return new GapcheckError(code, message, { exitCode, hint: commandOf(tried, { ...given(trial.options), ...way }) });
}

class Trial {
  private left = mostTries;
  private readonly files: string[];
  /** As given, but for the fields that a way names in their place. */
  readonly options: LoadOptions;
  private readonly read: Reader;

  constructor(files: string[], options: LoadOptions, read: Reader) {
    this.files = files;
    const { promptField: _, messagesField: __, ...others } = options;
    this.options = others;
    this.read = read;
  }

  /** A table or a format that is tried may need a field besides. */
  async first(error: UnreadLog, under: ReadingFlags = {}): Promise<ReadingFlags | undefined> {
    for (const way of [...error.ways, ...this.fields(error, under)]) {
      const whole = { ...under, ...way };
      const given = await this.gives(whole);
      if (given === true) return whole;
      const further = given instanceof UnreadLog && !isByField(whole) ? await this.first(given, whole) : undefined;
      if (further) return further;
    }
    return undefined;
  }

  private fields(error: UnreadLog, under: ReadingFlags): ReadingFlags[] {
    return isByField(under) ? [] : askedFields(error.records);
  }

  private async gives(way: ReadingFlags): Promise<boolean | Error> {
    // What was typed into standard input is gone: its records were looked at, and that must do.
    if (this.files.includes('-')) return isByField(way);
    if (this.left <= 0) return false;
    this.left -= 1;
    const { tasks: _, since: __, until: ___, ...options } = this.options;
    try {
      const { prompts } = await this.read(this.files, { ...options, ...way, n: sampled, redact: false });
      const texts = prompts.map(lastAsked);
      return isByField(way) ? areAsked(texts, true) : areTexts(texts);
    } catch (error) {
      return error instanceof Error ? error : false;
    }
  }
}

const isByField = ({ promptField, messagesField }: ReadingFlags): boolean =>
  promptField !== undefined || messagesField !== undefined;

function lastAsked({ messages }: PromptRecord): string {
  return plainText(messages.findLast(({ role }) => role === 'user')?.content ?? '');
}

const flags = {
  format: '--format',
  encoding: '--encoding',
  table: '--table',
  promptField: '--prompt-field',
  messagesField: '--messages-field',
  answerField: '--answer-field',
  taskField: '--task-field',
  textCells: '--text-cells',
  includeFlagged: '--include-flagged',
} as const satisfies Record<keyof ReadingFlags, string>;

function given(options: LoadOptions): ReadingFlags {
  return Object.fromEntries(
    Object.keys(flags).flatMap((name) => {
      const value = options[name as keyof ReadingFlags];
      return value === undefined || value === false ? [] : [[name, value]];
    }),
  );
}

/** Double quotes where they do, because every shell takes those. */
const word = (text: string): string =>
  /^[\w.,:/@ -]*$/.test(text) && text.includes(' ') ? `"${text}"` : shellWord(text);

/** `gapcheck import own.jsonl --prompt-field ask -o prompts.jsonl` */
export function commandOf(files: readonly string[], way: ReadingFlags): string {
  const words = Object.entries(flags).flatMap(([name, flag]) => {
    const value = way[name as keyof ReadingFlags];
    return value === undefined || value === false ? [] : value === true ? [flag] : [flag, word(value)];
  });
  return [
    'gapcheck import',
    ...files.map((file) => (file === '-' ? '-' : word(file))),
    ...words,
    '-o prompts.jsonl',
  ].join(' ');
}

/** The command that reads these files as they were asked to be read, and a little otherwise. */
export const sameReading = (files: readonly string[], options: LoadOptions, way: ReadingFlags): string =>
  commandOf(files, { ...given(options), ...way });

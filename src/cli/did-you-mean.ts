/** A file, column or provider that is not there: what was perhaps meant, and the same command with it. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GapcheckError, nearestName, userError } from '../errors.ts';
import { oneLine, typedCommand } from '../text/shell.ts';

interface Typed {
  /** The words behind `gapcheck`. */
  words: readonly string[];
  cwd: string;
}

/** The error as it is where nothing is close. */
export function didYouMean(error: unknown, typed: Typed): unknown {
  if (!(error instanceof GapcheckError)) return error;
  return (
    meantFile(error, typed) ??
    meantColumn(error, typed) ??
    meantAnswers(error, typed) ??
    meantProvider(error, typed) ??
    error
  );
}

function meantFile(error: GapcheckError, { words, cwd }: Typed): GapcheckError | undefined {
  const [, file] = error.code === 'logs.missing' ? (/^(.+): no such file\.$/.exec(error.message) ?? []) : [];
  if (file === undefined) return undefined;
  const what = `There is no file "${oneLine(file)}" here.`;
  const names = filesIn(resolve(cwd, dirname(file)));
  const near = nearestName(basename(file), names);
  const inFolder = (name: string): string => (dirname(file) === '.' ? name : join(dirname(file), name));
  if (near === undefined) return otherFiles(error, what, names.map(inFolder), (name) => replaced(words, file, name));
  const meant = inFolder(near);
  return userError(error.code, `${what} A similar one is "${oneLine(meant)}".`, replaced(words, file, meant), error);
}

/** Files that could hold prompts, where the name itself is like none of them. */
function otherFiles(
  error: GapcheckError,
  what: string,
  names: readonly string[],
  commandWith: (name: string) => string,
): GapcheckError {
  const [first, ...more] = names.filter((name) => /\.(?:csv|tsv|jsonl?|ndjson|parquet)(?:\.gz)?$/i.test(name));
  if (first === undefined)
    return userError(error.code, what, 'gapcheck demo   (tries gapcheck on sample prompts)', error);
  const others = [first, ...more.slice(0, 4)].map((name) => `"${oneLine(name)}"`).join(', ');
  return userError(error.code, `${what} There is ${others}.`, commandWith(first), error);
}

/** Names of a folder; none where it cannot be read. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function meantColumn(error: GapcheckError, { words }: Typed): GapcheckError | undefined {
  const [, name, list] = /: --[a-z-]+ (.+): no such column\. The columns are (.+?)\.(?: |$)/.exec(error.message) ?? [];
  if (name === undefined || list === undefined) return undefined;
  const near = nearestName(name, list.split(', '));
  return near === undefined ? undefined : userError(error.code, error.message, replaced(words, name, near), error);
}

/** A column of answers. */
function meantAnswers(error: GapcheckError, { words }: Typed): GapcheckError | undefined {
  const [, typed] =
    error.code === 'no-column' ? (/no column of answers called "(.+)"\.$/s.exec(error.message) ?? []) : [];
  const [, near] = /^did you mean "(.+)"\?$/s.exec(error.hint ?? '') ?? [];
  if (typed === undefined || near === undefined) return undefined;
  const message = `${error.message} A similar one is "${oneLine(near)}".`;
  return userError(error.code, message, replaced(words, `column:${typed}`, `column:${near}`), error);
}

function meantProvider(error: GapcheckError, { words }: Typed): GapcheckError | undefined {
  const [, typed] = /^"(.+?)": there is no provider/.exec(error.message) ?? [];
  const [, near] = /^did you mean "([a-z]+):…"/.exec(error.hint ?? '') ?? [];
  if (typed === undefined || near === undefined) return undefined;
  const meant = `${near}:${typed.slice(typed.indexOf(':') + 1)}`;
  return userError(error.code, `${error.message} Did you mean "${near}"?`, replaced(words, typed, meant), error);
}

const replaced = (words: readonly string[], typed: string, meant: string): string =>
  typedCommand(['gapcheck', ...words.map((word) => (word === typed ? meant : word.replace(`=${typed}`, `=${meant}`)))]);

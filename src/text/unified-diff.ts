/** Unified diffs read file by file, as git and diff write them. What is no diff stays as it came. */

export interface DiffFile {
  /** Its path before and after, without `a/` and `b/`; null where it was not there. */
  before: string | null;
  after: string | null;
  binary: boolean;
  /** Too large to compare. */
  large: boolean;
  /** The hunks: lines that begin with `@@`, a blank, `+`, `-` or a backslash. */
  hunks: string;
  /** The file's part of the diff, as it came. */
  source: string;
}

/** Files in their order. Lines before the first file are passed over. */
export function diffFiles(diff: string): DiffFile[] {
  const lines = diff.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const files: Reading[] = [];
  let left: Left = { before: 0, after: 0 };
  for (const [at, line] of lines.entries()) {
    const file = files.at(-1);
    const isBody = left.before > 0 || left.after > 0 || line.startsWith('\\');
    if (file && isBody && !startsOver(lines, at)) {
      left = afterLine(line, left);
      file.hunks.push(line);
      file.source.push(line);
      continue;
    }
    if (startsFile(line, lines[at + 1] ?? '', file)) files.push(reading());
    const into = files.at(-1);
    if (!into) continue;
    into.source.push(line);
    left = readHeader(line, into) ?? { before: 0, after: 0 };
  }
  return files.map(readFile);
}

const readFile = ({ before, after, binary, large, hunks, source }: Reading): DiffFile => ({
  before,
  after,
  binary,
  large,
  hunks: hunks.join('\n'),
  source: source.join('\n'),
});

/** As one diff again. */
export const joinedDiff = (files: readonly DiffFile[]): string =>
  files.length === 0 ? '' : `${files.map(({ source }) => source).join('\n')}\n`;

interface Reading {
  before: string | null;
  after: string | null;
  binary: boolean;
  large: boolean;
  hunks: string[];
  source: string[];
  /** It has its paths: another pair of them begins another file. */
  named: boolean;
}

/** Lines that the hunk still has to come, of each version. */
interface Left {
  before: number;
  after: number;
}

/** A header in the middle of a hunk whose counts are wrong: somebody changed the diff by hand. */
const startsOver = (lines: readonly string[], at: number): boolean =>
  (lines[at] ?? '').startsWith('diff --git ') ||
  ((lines[at] ?? '').startsWith('--- ') &&
    (lines[at + 1] ?? '').startsWith('+++ ') &&
    (lines[at + 2] ?? '').startsWith('@@ -'));

const reading = (): Reading => ({
  before: null,
  after: null,
  binary: false,
  large: false,
  hunks: [],
  source: [],
  named: false,
});

function afterLine(line: string, { before, after }: Left): Left {
  if (line.startsWith('\\')) return { before, after };
  if (line.startsWith('+')) return { before, after: after - 1 };
  if (line.startsWith('-')) return { before: before - 1, after };
  return { before: before - 1, after: after - 1 };
}

function startsFile(written: string, next: string, file: Reading | undefined): boolean {
  const line = written.replace(/\r$/, '');
  if (line.startsWith('diff --git ')) return true;
  if (line.startsWith('--- ') && next.startsWith('+++ ')) return !file || file.named;
  return differs.test(line) && (!file || file.named);
}

/** As diff has it; without the first word of a text that is too large to compare. */
const differs = /^(?:Binary files|Files) (.*?) and (.*) differ$/;

/** Reads a line between hunks; the counts of a hunk that begins. */
function readHeader(written: string, file: Reading): Left | undefined {
  const line = written.replace(/\r$/, '');
  const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
  if (hunk) {
    file.hunks.push(written);
    return { before: Number(hunk[1] ?? 1), after: Number(hunk[2] ?? 1) };
  }
  const named = /^(?:(---|rename from|copy from)|\+\+\+|rename to|copy to) (.*)$/.exec(line);
  if (named) {
    const path = pathOf(named[2] ?? '');
    if (named[1]) file.before = path;
    else file.after = path;
    file.named = true;
  }
  const git = /^diff --git (?:"?a\/(.*?)"?) (?:"?b\/(.*?)"?)$/.exec(line);
  if (git) [file.before, file.after] = [git[1] ?? null, git[2] ?? null];
  if (line.startsWith('new file mode')) file.before = null;
  if (line.startsWith('deleted file mode')) file.after = null;
  const [, before, after] = differs.exec(line) ?? [];
  if (before !== undefined && after !== undefined) {
    [file.before, file.after] = [pathOf(before), pathOf(after)];
    file.binary = line.startsWith('Binary');
    file.large = !file.binary;
    file.named = true;
  }
  if (line === 'GIT binary patch') file.binary = true;
  // Behind a hunk whose counts were too small.
  if (!named && file.hunks.length > 0 && /^[ +-]/.test(line)) file.hunks.push(written);
  return undefined;
}

/** Without the prefix, a time behind a tab, and quotation marks. */
function pathOf(written: string): string | null {
  const bare = (written.split('\t', 1)[0] ?? '').replace(/^"(.*)"$/, '$1').trim();
  return bare === '/dev/null' ? null : bare.replace(/^[ab]\//, '');
}

/**
 * The mask of what an agent did: one for the diff, the last words and the steps, the same for every arm. A name that the
 * prompt or the fixture's own lines hold is content, and stays.
 */
import type { AgentStepKind } from '../records/agent-record.ts';
import { type DiffFile, diffFiles, joinedDiff } from '../text/unified-diff.ts';
import { harnessStems, isHarnessFile, plainTools, toolKinds } from './agent-names.ts';
import { type FoundName, findNames } from './find-names.ts';
import { foldText } from './folded-text.ts';
import { makersOfOtherThings } from './mask-names.ts';
import { bookFor, type NameBook, type NameList, wordsOf } from './name-list.ts';
import { withoutPaths } from './own-paths.ts';

/** A step as a rater sees it: what it did, in one line. */
export interface StepView {
  kind: AgentStepKind;
  text: string;
}

/** What an agent left, beside its last words. */
export interface Work {
  /** A unified diff of its copy; empty where it changed nothing. */
  diff: string;
  steps?: readonly StepView[];
  /** Where its copies were. */
  folders?: readonly string[];
}

/** Without the files that a harness brought; those that were there before the agent stay. */
export function withoutHarnessFiles(diff: string): string {
  const files = diffFiles(diff);
  const kept = files.filter(({ before, after }) => before !== null || !isHarnessFile(after ?? ''));
  return kept.length === files.length ? diff : joinedDiff(kept);
}

export interface WorkMask {
  diff(): string;
  /** The last words. */
  text(text: string): string;
  steps(): StepView[];
  /** Places that were masked. */
  count(): number;
}

/** Makes the mask of one trial. `holds`: the prompt has these small letters as a whole word. */
export function maskWork(work: Work, names: NameList, holds: (name: string) => boolean): WorkMask {
  const { kept, all } = diffWords(work.diff);
  const isContent = (name: string): boolean => holds(name) || kept.has(name.toLowerCase());
  const isCode = (name: string): boolean => holds(name.toLowerCase()) || all.has(name.toLowerCase());
  const folders = work.folders ?? [];
  let masked = 0;
  const tell = (): void => {
    masked += 1;
  };
  const book = bookFor(names, isContent);
  const named = (line: string): string => withoutNames(line, { book, isContent, tell });
  const isSignature = (line: string): boolean => {
    const found = isSigned(line, book);
    if (found) tell();
    return found;
  };
  const lines = (text: string, more: (line: string) => string): string => {
    const all = text.split('\n');
    const kept = all.filter((line) => !isSignature(line));
    // No mask takes an answer away: where every line is signed, the names alone go.
    const left = kept.some((line) => line.trim() !== '') ? kept : all;
    return left.map((line) => named(more(line))).join('\n');
  };
  return {
    diff: () => maskDiff(work.diff, folders, named, isSignature),
    text: (text) => lines(text, (line) => withoutTools(withoutPaths(line, folders, 'known'), isCode)),
    steps: () =>
      (work.steps ?? []).map(({ kind, text }) => ({
        kind,
        text: oneLine(lines(text, (line) => withoutTools(withoutPaths(line, folders, 'all'), isCode))),
      })),
    count: () => masked,
  };
}

const longestStep = 400;

function oneLine(text: string): string {
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ⏎ ');
  return line.length > longestStep ? `${Array.from(line.slice(0, longestStep)).slice(0, -1).join('')} …` : line;
}

/** Words of the lines that the fixture has (context, and what the agent took away), and of all lines. */
function diffWords(diff: string): Record<'kept' | 'all', ReadonlySet<string>> {
  const [kept, all] = [new Set<string>(), new Set<string>()];
  for (const { hunks } of diffFiles(diff))
    for (const line of hunks.split('\n')) {
      if (line.startsWith('@@')) continue;
      for (const [word] of line.matchAll(/[\p{L}\p{N}_]+/gu)) {
        all.add(word.toLowerCase());
        if (!line.startsWith('+')) kept.add(word.toLowerCase());
      }
    }
  return { kept, all };
}

/** Characters of a diff that are shown: more than anybody reads. */
const longestDiff = 300_000;
const cutMark = '\\ The rest of this diff is too long to show.';

function maskDiff(
  diff: string,
  folders: readonly string[],
  named: (line: string) => string,
  isSignature: (line: string) => boolean,
): string {
  const isLong = diff.length > longestDiff;
  const files = diffFiles(isLong ? diff.slice(0, diff.lastIndexOf('\n', longestDiff)) : diff);
  if (files.length === 0) return diff.split('\n').map(named).join('\n');
  const shown = joinedDiff(files.map((file) => ({ ...file, source: maskFile(file, folders, named, isSignature) })));
  return isLong ? `${shown}${cutMark}\n` : shown;
}

/** Added lines and the path alone can be the agent's: what was there before stays as it is. */
function maskFile(
  { before, after, binary, large, hunks }: DiffFile,
  folders: readonly string[],
  named: (line: string) => string,
  isSignature: (line: string) => boolean,
): string {
  const path = (side: 'a' | 'b', name: string | null): string =>
    name === null ? '/dev/null' : `${side}/${before === null ? named(name) : name}`;
  if (binary || large)
    return `${binary ? 'Binary files' : 'Files'} ${path('a', before)} and ${path('b', after)} differ`;
  const lines = hunks === '' ? [] : hunks.split('\n');
  const shown = lines.flatMap((line) => {
    if (!line.startsWith('+')) return [line];
    const added = line.slice(1);
    return isSignature(added) ? [] : [`+${named(withoutPaths(added, folders, 'known'))}`];
  });
  return [`--- ${path('a', before)}`, `+++ ${path('b', after)}`, ...shown].join('\n');
}

interface Naming {
  book: NameBook;
  isContent: (name: string) => boolean;
  tell: () => void;
}

const longestLine = 20_000;
const mark = '[assistant]';

/** Names of harnesses, models and their makers, and identifiers and addresses made of them. */
function withoutNames(source: string, { book, isContent, tell }: Naming): string {
  if (!/\p{L}{2}/u.test(source)) return source;
  if (source.length > longestLine) return withoutStems(source, isContent, tell);
  const { folded, found } = tellingNames(source, book);
  let out = '';
  let at = 0;
  for (const { start, end } of found) {
    if ((folded.at[start] as number) < at) continue;
    const from = tokenStart(source, folded.at[start] as number);
    const to = tokenEnd(source, (folded.at[end - 1] as number) + 1);
    tell();
    out += source.slice(at, from) + mark;
    at = to;
  }
  return withoutStems(out + source.slice(at), isContent, tell);
}

/** A name is a part of its address or identifier: the whole of it goes. */
function tokenStart(source: string, from: number): number {
  let at = from;
  while (at > 0 && /[\w@.-]/.test(source[at - 1] ?? '')) at -= 1;
  return at;
}

/** A stop at the end is the sentence's. */
function tokenEnd(source: string, to: number): number {
  let at = to;
  while (/^(?:[\w@-]|\.\w)/.test(source.slice(at, at + 2))) at += 1;
  return at;
}

function tellingNames(source: string, book: NameBook) {
  const folded = foldText(source);
  return { folded, found: findNames(wordsOf(folded.text), folded.text, folded.cased, book).filter(isTelling) };
}

const isTelling = ({ held, own, ambiguous, kind, name }: FoundName): boolean =>
  !held && (own || (!ambiguous && !(kind === 'vendor' && makersOfOtherThings.has(name))));

/** A whole identifier, address or part of a path that has a name in it. */
function withoutStems(line: string, isContent: (name: string) => boolean, tell: () => void): string {
  return line.replace(/[\w.@-]{4,}/g, (found) => {
    const inside = stemIn(found);
    if (inside === undefined || isContent(inside) || isContent(found.toLowerCase())) return found;
    tell();
    const end = /[.@-]{1,40}$/.exec(found)?.[0] ?? '';
    return mark + end;
  });
}

/** As a part of its own: "philanthropic" holds no maker of models. */
function stemIn(word: string): string | undefined {
  const small = word.toLowerCase();
  return harnessStems.find((stem) => {
    for (let at = small.indexOf(stem); at !== -1; at = small.indexOf(stem, at + 1)) {
      const [before, first] = [word[at - 1] ?? ' ', word[at] ?? ''];
      const begins = !/[a-z]/i.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(first));
      const rest = word.slice(at + stem.length);
      const ends = !/^[a-z]/.test(rest) || /^(?:code|cli|agent|ai|bot|md|s\b)/.test(rest);
      if (begins && ends) return true;
    }
    return false;
  });
}

const trailer =
  /^[\s>#*/+-]{0,8}(?:co-authored-by|co-committed-by|co-developed-by|signed-off-by|generated-by|assisted-by|(?:claude|codex|gemini|opencode|qwen|cursor|amp|agent)-(?:session|thread|task|model)(?:-id)?)\s*:/i;
/** At the head of a line: a sentence that only mentions it is content. */
const generated =
  /^[\s>#*/_+"'`(<!✨🤖-]{0,12}(?:this (?:commit|change|code|file|patch|pr|pull request|message|test)s? (?:was|were|is|are) )?(?:generated|created|written|authored|made|built|coded|implemented|co-authored|committed|assisted)\s+(?:automatically\s+)?(?:with|by|using|via|from)\b/iu;
const robot = /🤖.{0,20}\b(?:generated|created|written|made|built|authored)\b/iu;
const byAgent = /\b(?:ai|coding)[ -](?:agent|assistant)\b/i;

/** A commit trailer, or a line that says which program wrote this. */
function isSigned(line: string, book: NameBook): boolean {
  if (line.length > 400) return false;
  if (trailer.test(line) || robot.test(line)) return true;
  if (!generated.test(line)) return false;
  if (byAgent.test(line) || tellingNames(line, book).found.length > 0) return true;
  const stems = line.split(/[^\w.@-]+/).flatMap((word) => stemIn(word) ?? []);
  return stems.some((stem) => !book.held(stem));
}

/** Tool names become what they do. A name that the prompt or the diff has is code. */
function withoutTools(line: string, isCode: (name: string) => boolean): string {
  return line
    .replace(/\bmcp__\w{1,120}/g, 'other')
    .replace(/\b[A-Za-z][\w-]{3,40}\b/g, (word) => {
      const kind = toolKinds.get(word);
      return kind === undefined || isCode(word) ? word : kind;
    })
    .replace(/(?<![\w.])`?([A-Z][A-Za-z]{1,9})`?(?=\(|\s+tools?\b)/g, (found, word: string) =>
      isCode(word) ? found : (plainTools.get(word) ?? found),
    );
}

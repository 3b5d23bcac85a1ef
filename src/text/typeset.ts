/**
 * A composed text → what a terminal shows. The order is fixed: commands get `npx` where that is how gapcheck was
 * started, then lines are wrapped, then they are coloured. A command is never wrapped, or it could not be copied.
 * Files do not come through here. Of a report only the sentences get `npx`; workflows and JSON are read elsewhere.
 */
import { textWidth } from './width.ts';
import { wrapLines } from './wrap.ts';

export interface Typesetting {
  /** Started by npx: there is no `gapcheck` on the path. */
  npx: boolean;
  /** Undefined for a file or a pipe, where lines stay as they are. */
  columns: number | undefined;
  /** What wrapped lines begin with; by default two columns more than the first one. */
  indent?: string;
  /** Colours one finished line. */
  paint?: (line: string) => string;
}

/** Prose with commands in it, in lines: no line begins inside a command. */
export function typesetProse(text: string, { npx, columns, indent = '' }: Typesetting & { columns: number }): string[] {
  return wrapProse(npx ? withNpx(text) : text, columns, indent);
}

export function typeset(text: string, { npx, columns, indent, paint = (line) => line }: Typesetting): string {
  const typed = npx ? withNpx(text) : text;
  const lines = typed.split('\n').flatMap((line) => fitLine(line, columns, indent));
  return lines.map(paint).join('\n');
}

const narrowest = 20;

function fitLine(line: string, columns: number | undefined, indent?: string): string[] {
  if (columns === undefined || columns < narrowest || textWidth(line) <= columns) return [line];
  const hang = indent ?? ' '.repeat(line.length - line.trimStart().length + 2);
  if (isCommand.test(line)) return besideCommand(line, columns, hang);
  return wrapProse(line, columns, hang);
}

function wrapProse(text: string, columns: number, hang: string): string[] {
  return wrapLines(withJoiners(text), columns, hang, 'whole-words').map(withoutJoiners);
}

/** For whoever wraps by other rules: no line ends inside a command. */
export const withJoiners = (text: string): string =>
  text.replace(commands, (command) => command.replaceAll(' ', joiner));

export const withoutJoiners = (text: string): string => text.replaceAll(joiner, ' ');

const isCommand = /^\s*(?:Next: +|\$ )?(?:npx )?(?:gapcheck|npm|pip|ollama) /;

/** What is in brackets behind a command goes below it. */
function besideCommand(line: string, columns: number, hang: string): string[] {
  const [, command = line, words = ''] = /^(.*?\S) +(\(.*)$/.exec(line) ?? [];
  return words === '' ? [line] : [command, ...wrapLines(hang + words, columns, `${hang} `, 'whole-words')];
}

/** One column wide, in no text of anybody's: a blank at which no line ends. */
const joiner = '\ue0a0';

const verbs =
  'demo|init|doctor|import|run|watch|score|more|report|packet|merge|votes|outdated|ci|list|status|check|route-check|completion';

/** Not in a path or a name, and not twice. A bare "gapcheck" is the program's name, not a command. */
const ours = new RegExp(`(?<![\\w./@:-]|npx )gapcheck (?=(?:${verbs})(?![\\w-]|\\.\\w)|--?[a-z])`, 'g');

/** Of a text that is no prompt and no answer. */
export const withNpx = (text: string): string => text.replace(ours, 'npx gapcheck ');

/** A word of a command: an option with its value, a file, a run, a number, a NAME to fill in, or a quoted text. */
const word = String.raw`(?:--?[a-z][\w-]*(?: (?!\()'[^']*'| (?![-(])[^\s,;"()]+)?|'[^']*'|[^\s,;"()]*[./:=<>\d_][^\s,;"()]*|[A-Z]{2,}(?![a-z]))`;
const command = `(?:(?:npx )?gapcheck [a-z-]+|(?:npx )?gapcheck|ollama (?:pull|serve|run)|npm (?:i|ci|run|install)|pip install|export)`;
/** By itself in a sentence: an option with a value that nobody takes for a word of it. */
const option = String.raw`(?<![\w-])--[a-z][\w-]* (?:'[^']*'|[^\s,;"()']*[=:/][^\s,;"()']*|[A-Z]{2,}(?![a-z]))`;
const commands = new RegExp(
  `(?<![\\w./@:-])${command}(?: ${word})+(?: && ${command}(?: ${word})*)*|(?<=")${command}(?: [^"]*)?(?=")|(?<![\\w./@:-])(?:npx )?gapcheck (?:${verbs})(?![\\w-]|\\.\\w)|${option}`,
  'g',
);

/** Whether npx started this process. */
export const startedByNpx = (env: Record<string, string | undefined>): boolean => env.npm_command === 'exec';

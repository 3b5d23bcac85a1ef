/** Help pages, composed for the width that is there: one sentence, examples, the options used most; every option by topic with `--help-all`; exit codes last. */
import { typeset, typesetProse } from '../text/typeset.ts';
import { textWidth } from '../text/width.ts';
import type { AnyVerb, Example, OptionRow, Verb, VerbGroup } from './verb.ts';

/** What a page is composed for: its columns, and whether its commands begin with npx. */
export interface Paper {
  columns: number;
  npx: boolean;
}

/** Of a file or a pipe, and as wide as a page gets: longer lines are hard to read. */
export const usualPaper: Paper = { columns: 80, npx: false };

/** Narrower lines beside a sign are hard to read: the words go below it. */
const narrowest = 24;

export function verbHelp(verb: AnyVerb, path: string, { all }: { all: boolean }, paper = usualPaper): string {
  return 'verbs' in verb ? groupHelp(verb, path, paper) : pages(verb, path, all, paper);
}

function pages(verb: Verb<object>, path: string, all: boolean, paper: Paper): string {
  const options = verb.options as Record<string, OptionRow<unknown>>;
  const names = Object.keys(options);
  const most = verb.most ?? names.slice(0, mostOptions);
  const hasMore = most.length < names.length;
  const usage = [path, ...verb.args.map(({ name }) => name), ...(names.length > 0 ? ['[options]'] : [])].join(' ');
  const shown = most.flatMap((name) => options[name] ?? []);
  const args = verb.args.flatMap((arg) => rowLines(`  ${arg.name}`, arg.says, 20, paper));
  return blocks([
    prose(`${path}: ${verb.description}`, paper),
    [...prose(`Usage: ${usage}`, paper), ...args],
    exampleLines(verb.examples, paper),
    ...(all
      ? topics(Object.values(options), paper)
      : shown.length > 0
        ? [['Most used', ...optionLines(shown, paper)]]
        : []),
    !all && hasMore ? prose(`More: ${path} --help-all shows every option.`, paper) : [],
    prose(`Exit codes: ${verb.exitCodes ?? usualCodes}.`, paper),
  ]);
}

const mostOptions = 8;
const usualCodes =
  '0 done, 2 you can fix it, 3 answers are missing, 5 blinding broken, 70 a bug, 130 interrupted, 143 by SIGTERM';

const prose = (text: string, paper: Paper): string[] => typesetProse(text, { ...paper, indent: '  ' });

function groupHelp({ description, verbs }: VerbGroup, path: string, paper: Paper): string {
  return blocks([
    prose(`${path}: ${description}`, paper),
    exampleLines(
      verbs.flatMap(({ examples }) => examples),
      paper,
    ),
    ['Commands', ...verbs.flatMap((verb) => rowLines(`  ${verb.name}`, verb.description, 12, paper))],
  ]);
}

/** Commands of the first page, in the order in which they are needed. */
const firstCommands = ['demo', 'init', 'doctor', 'import', 'run', 'score', 'more', 'report', 'list', 'status'];

export function programHelp(verbs: readonly AnyVerb[], { all }: { all: boolean }, paper = usualPaper): string {
  const shown = verbs.filter((verb) => !('hidden' in verb && verb.hidden));
  const first = firstCommands.flatMap((name) => shown.find((verb) => verb.name === name) ?? []);
  const rest = shown.filter((verb) => !first.includes(verb));
  return blocks([
    prose(
      'gapcheck: can an open model do this task for you? You compare it with a closed API on your own prompts, blind.',
      paper,
    ),
    exampleLines(
      [
        ['gapcheck demo', 'try everything, with no key and no model'],
        ['gapcheck run prompts.csv', 'choose prompts, get answers, vote, report'],
        ['gapcheck score', 'continue to vote on the newest run'],
        ['gapcheck report', 'see what the votes decided'],
      ],
      paper,
    ),
    ['Commands', ...(all ? shown : first).flatMap((verb) => commandLine(verb, paper))],
    all
      ? ['Options', ...programOptions.flatMap(([flags, says]) => rowLines(`  ${flags}`, says ?? '', 18, paper))]
      : prose(`More: gapcheck --help-all lists ${rest.map(({ name }) => name).join(', ')} too.`, paper),
    prose('gapcheck COMMAND --help has examples and the options used most.', paper),
  ]);
}

const programOptions: readonly Example[] = [
  ['-V, --version', 'print the version'],
  ['--debug', 'on an error, print its causes'],
  ['-h, --help', 'print the first help page'],
  ['--help-all', 'print every command, or every option of a command'],
];

const commandLine = (verb: AnyVerb, paper: Paper): string[] =>
  rowLines(`  ${verb.name}`, ('summary' in verb ? verb.summary : undefined) ?? verb.description, 12, paper);

function topics(rows: readonly OptionRow<unknown>[], paper: Paper): string[][] {
  const names = [...new Set(rows.map(({ group }) => group ?? 'Options'))];
  return names.map((name) => [
    name.replace(/:$/, ''),
    ...optionLines(
      rows.filter(({ group }) => (group ?? 'Options') === name),
      paper,
    ),
  ]);
}

function optionLines(rows: readonly OptionRow<unknown>[], paper: Paper): string[] {
  const width = Math.min(28, Math.max(...rows.map(({ flags }) => flags.length)) + 4);
  return rows.flatMap(({ flags, says, choices }) =>
    rowLines(`  ${flags}`, choices === undefined ? says : `${says} (${choices.join(', ')})`, width, paper),
  );
}

/** The sign, then its words in a column of their own; below it where the sign is too long or the page too narrow. */
function rowLines(sign: string, says: string, width: number, paper: Paper): string[] {
  const beside = paper.columns - width >= narrowest;
  const hang = ' '.repeat(beside ? width : 6);
  const [first = '', ...more] = typesetProse(says, { ...paper, columns: paper.columns - hang.length });
  if (!beside || sign.length + 2 > width) return [sign, ...[first, ...more].map((line) => hang + line)];
  return [sign.padEnd(width) + first, ...more.map((line) => hang + line)];
}

/** A command is never broken. What it does goes below where it has no room beside. */
function exampleLines(examples: readonly Example[], paper: Paper): string[] {
  const rows = examples.map(([command, about]) => [typeset(command, { ...paper, columns: undefined }), about] as const);
  const width = Math.max(...rows.map(([command]) => textWidth(command)));
  const beside = rows.every(([, about = '']) => width + 5 + textWidth(about) <= paper.columns);
  const lines = rows.flatMap(([command, about]) => {
    if (about === undefined) return [`  ${command}`];
    return beside
      ? [`  ${command.padEnd(width)}   ${about}`]
      : [
          `  ${command}`,
          ...typesetProse(about, { ...paper, columns: paper.columns - 6 }).map((line) => `      ${line}`),
        ];
  });
  return ['Examples', ...lines];
}

const blocks = (parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

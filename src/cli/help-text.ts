/** Help pages: one sentence, examples, the options used most; every option by topic with `--help-all`; exit codes last. */
import { wrapLines } from '../text/wrap.ts';
import type { AnyVerb, Example, OptionRow, Verb, VerbGroup } from './verb.ts';

const columns = 80;

/** Help is composed for 80 columns before `npx` is added, so that a page reads the same everywhere. */
export function verbHelp(verb: AnyVerb, path: string, { all }: { all: boolean }): string {
  return 'verbs' in verb ? groupHelp(verb, path) : pages(verb, path, all);
}

function pages(verb: Verb<object>, path: string, all: boolean): string {
  const options = verb.options as Record<string, OptionRow<unknown>>;
  const names = Object.keys(options);
  const most = verb.most ?? names.slice(0, mostOptions);
  const hasMore = most.length < names.length;
  const usage = [path, ...verb.args.map(({ name }) => name), ...(names.length > 0 ? ['[options]'] : [])].join(' ');
  const shown = most.flatMap((name) => options[name] ?? []);
  const args = verb.args.flatMap((arg) => rowLines(`  ${arg.name}`, arg.says, 20));
  return blocks([
    wrapLines(`${path}: ${verb.description}`, columns, '  '),
    [`Usage: ${usage}`, ...args],
    exampleLines(verb.examples),
    ...(all ? topics(Object.values(options)) : shown.length > 0 ? [['Most used', ...optionLines(shown)]] : []),
    !all && hasMore ? [`More: ${path} --help-all shows every option.`] : [],
    wrapLines(`Exit codes: ${verb.exitCodes ?? usualCodes}.`, columns, '  '),
  ]);
}

const mostOptions = 8;
const usualCodes =
  '0 done, 2 you can fix it, 3 answers are missing, 5 blinding broken, 70 a bug, 130 interrupted, 143 by SIGTERM';

function groupHelp({ description, verbs }: VerbGroup, path: string): string {
  return blocks([
    wrapLines(`${path}: ${description}`, columns, '  '),
    exampleLines(verbs.flatMap(({ examples }) => examples)),
    ['Commands', ...verbs.flatMap((verb) => rowLines(`  ${verb.name}`, verb.description, 12))],
  ]);
}

/** Commands of the first page, in the order in which they are needed. */
const firstCommands = ['demo', 'init', 'doctor', 'import', 'run', 'score', 'more', 'report', 'list', 'status'];

export function programHelp(verbs: readonly AnyVerb[], { all }: { all: boolean }): string {
  const shown = verbs.filter((verb) => !('hidden' in verb && verb.hidden));
  const first = firstCommands.flatMap((name) => shown.find((verb) => verb.name === name) ?? []);
  const rest = shown.filter((verb) => !first.includes(verb));
  return blocks([
    wrapLines(
      'gapcheck: can an open model do this task for you? You compare it with a closed API on your own prompts, blind.',
      columns,
      '  ',
    ),
    exampleLines([
      ['gapcheck demo', 'try everything, with no key and no model'],
      ['gapcheck run prompts.csv', 'choose prompts, get answers, vote, report'],
      ['gapcheck score', 'continue to vote on the newest run'],
      ['gapcheck report', 'see what the votes decided'],
    ]),
    ['Commands', ...(all ? shown : first).flatMap(commandLine)],
    all
      ? ['Options', ...programOptions.flatMap(([flags, says]) => rowLines(`  ${flags}`, says ?? '', 18))]
      : [`More: gapcheck --help-all lists ${rest.map(({ name }) => name).join(', ')} too.`],
    ['gapcheck COMMAND --help has examples and the options used most.'],
  ]);
}

const programOptions: readonly Example[] = [
  ['-V, --version', 'print the version'],
  ['--debug', 'on an error, print its causes'],
  ['-h, --help', 'print the first help page'],
  ['--help-all', 'print every command, or every option of a command'],
];

const commandLine = (verb: AnyVerb): string[] =>
  rowLines(`  ${verb.name}`, ('summary' in verb ? verb.summary : undefined) ?? verb.description, 12);

function topics(rows: readonly OptionRow<unknown>[]): string[][] {
  const names = [...new Set(rows.map(({ group }) => group ?? 'Options'))];
  return names.map((name) => [
    name.replace(/:$/, ''),
    ...optionLines(rows.filter(({ group }) => (group ?? 'Options') === name)),
  ]);
}

function optionLines(rows: readonly OptionRow<unknown>[]): string[] {
  const width = Math.min(28, Math.max(...rows.map(({ flags }) => flags.length)) + 4);
  return rows.flatMap(({ flags, says, choices }) =>
    rowLines(`  ${flags}`, choices === undefined ? says : `${says} (${choices.join(', ')})`, width),
  );
}

/** The sign, then its words in a column of their own; below it where the sign is too long. */
function rowLines(sign: string, says: string, width: number): string[] {
  const hang = ' '.repeat(width);
  const [first = '', ...more] = wrapLines(says, columns - width);
  if (sign.length + 2 > width) return [sign, ...[first, ...more].map((line) => hang + line)];
  return [sign.padEnd(width) + first, ...more.map((line) => hang + line)];
}

function exampleLines(rows: readonly Example[]): string[] {
  const width = Math.max(...rows.map(([command]) => command.length));
  const beside = rows.every(([, about = '']) => width + 5 + about.length <= columns);
  const lines = rows.flatMap(([command, about]) => {
    if (about === undefined) return [`  ${command}`];
    return beside
      ? [`  ${command.padEnd(width)}   ${about}`]
      : [`  ${command}`, ...wrapLines(about, columns - 6).map((line) => `      ${line}`)];
  });
  return ['Examples', ...lines];
}

const blocks = (parts: readonly (readonly string[])[]): string =>
  `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

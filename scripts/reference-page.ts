/**
 * `npm run help-page`: REFERENCE.md out of what the built program prints for `--help`, command by command, the checks'
 * and log formats' own words, and the API's example.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkNames } from '../src/checks/registry.ts';
import { formats } from '../src/logs/formats/registry.ts';

const root = new URL('..', import.meta.url);
const bin = fileURLToPath(new URL('bin/gapcheck.js', root));

/** As in a terminal of 80 columns. */
function helpOf(words: readonly string[]): string {
  const env = { PATH: process.env.PATH ?? '', NO_COLOR: '1' };
  return execFileSync(process.execPath, [bin, ...words, '--help-all'], { encoding: 'utf8', env }).trimEnd();
}

/** Names of the commands that a help text lists. */
const commandsIn = (help: string): string[] =>
  [...(help.split('\nCommands\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z-]+)(?: |$)/gm)]
    .map(([, name]) => name as string)
    .filter((name) => name !== 'help');

function sections(words: readonly string[]): string[] {
  const help = helpOf(words);
  const title = ['gapcheck', ...words].join(' ');
  return [
    `## ${title}\n\n\`\`\`text\n${help}\n\`\`\`\n`,
    ...commandsIn(help).flatMap((name) => sections([...words, name])),
  ];
}

const intro = `# Reference

Every command as \`--help-all\` prints it, [log formats](#log-formats), [checks](#checks), and the same
[from a program](#from-a-program). Made by \`npm run help-page\`; a test compares it with the program.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** What stands above each check in its file: an example of the config, and what it asks. */
function checkWords(): Map<string, string> {
  const folder = fileURLToPath(new URL('src/checks/', root));
  const sources = readdirSync(folder).map((file) => readFileSync(folder + file, 'utf8'));
  const said = sources.flatMap((text) =>
    [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+)/g)].map(
      ([, words = '', name = '']) => [name, words.replace(/\s*\n \* ?/g, ' ').trim()] as const,
    ),
  );
  return new Map(said);
}

function checks(): string {
  const words = checkWords();
  const rows = checkNames.map((name) => `| \`${name}\` | ${cell(words.get(name) ?? '')} |`);
  return `## Checks

\`checks:\` in the config, by task or \`"*"\` for all; an answer that fails one counts as a retry. They never decide which
answer is better: people do.

\`\`\`yaml
checks:
  "*": [{ notContains: as an AI }, { language: same }]
  extract-json: [json, { maxWords: 60 }]
\`\`\`

| check | what it asks |
| --- | --- |
${rows.join('\n')}
`;
}

const logFormats = (): string => `## Log formats

What \`import\` and \`run\` read. A file is known by its fields; \`--format\` says it where two fit. JSON, JSON lines and CSV,
plain, gzipped or in a zip.

| \`--format\` | what it is |
| --- | --- |
| \`csv\` | a table with a column of prompts |
${formats.map(({ name, title }) => `| \`${name}\` | ${cell(title)} |`).join('\n')}
`;

const api = (): string => `## From a program

Three functions, with types, for Node 20.19 and later; what they export stays as it is within a major version. Options
have the names and defaults of the config; no config file is read, and keys come from the environment.

| function | does |
| --- | --- |
| \`loadPrompts(files, settings?)\` | reads prompts out of any log format, as \`gapcheck import\` does: detected, redacted, folded, labelled |
| \`run(prompts, {closed, open, …})\` | freezes a sample in a run folder and has every model answer it; says first what goes where |
| \`verdicts(folder)\` | what the votes decided, overall and per task; says who is still to finish while the votes are sealed |

People vote in between: \`npx gapcheck score FOLDER\`, or \`gapcheck packet\`. What goes wrong is a \`GapcheckError\` with a
\`hint\`, the next thing to do. This example runs in the tests, against the packed package:

\`\`\`ts
${readFileSync(fileURLToPath(new URL('test/fixtures/api-example.ts', root)), 'utf8').trimEnd()}
\`\`\`
`;

/** The whole page. `completion` is in no list of commands: it is typed once. */
export const referencePage = (): string =>
  [intro, ...sections([]), ...sections(['completion']), logFormats(), checks(), api()].join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(fileURLToPath(new URL('REFERENCE.md', root)), referencePage());

/**
 * `npm run help-page`: REFERENCE.md out of what the built program prints for `--help`, command by command, and the
 * API's example.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const bin = fileURLToPath(new URL('bin/gapcheck.js', root));

/** As in a terminal of 80 columns. */
function helpOf(words: readonly string[]): string {
  const env = { PATH: process.env.PATH ?? '', NO_COLOR: '1' };
  return execFileSync(process.execPath, [bin, ...words, '--help'], { encoding: 'utf8', env }).trimEnd();
}

/** Names of the commands that a help text lists. */
const commandsIn = (help: string): string[] =>
  [...(help.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z-]+)(?: |$)/gm)]
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

Every command as \`--help\` prints it, and the same from a program. Made by \`npm run help-page\`; a test compares it with
the program.
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
export const referencePage = (): string => [intro, ...sections([]), ...sections(['completion']), api()].join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(fileURLToPath(new URL('REFERENCE.md', root)), referencePage());

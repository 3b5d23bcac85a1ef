/** `npm run help-page`: REFERENCE.md out of what the built program prints for `--help`, command by command. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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

/** The whole page. */
export const referencePage = (): string =>
  `# Reference\n\nEvery command as \`--help\` prints it. Made by \`npm run help-page\`; a test compares it with the program.\n\n${sections([]).join('\n')}`;

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(fileURLToPath(new URL('REFERENCE.md', root)), referencePage());

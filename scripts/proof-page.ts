/** Copies figures of `npm run proof` into PROOF.md and README.md, row by row: nobody types them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const pathOf = (page: string): string => fileURLToPath(new URL(page, root));
const marks = /(<!-- proof: written by npm run proof-page -->\n)[\s\S]*?(<!-- \/proof -->)/;

const header = ['what', 'measured', 'bar', 'verdict', 'alone: `npm run proof …`', 'version, day'];

/** Rows that README shows, by their word, in its shorter words. */
export const readmeRows = {
  peeking: 'wrong verdicts of a task, first look and later votes',
  naive: 'the same for an ordinary 5 % test, which must fail here',
  'decide-24': 'right verdict from 24 votes on a task, closed wins 4 to 1',
  blinding: '"recognised" said where nothing leaks',
  reference: 'statistics that differ from scipy, statsmodels, R',
  'kill-lost': 'answers lost in 20 kills and resumes',
  'kill-session': 'votes lost or doubled in 8 kills',
  overhead: 'wall time over the ideal, 200 prompts',
} as const;

/** Cells of each row of a proof table, by the row's word. */
export function proofRows(text: string): Map<string, string[]> {
  const lines = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| -/.test(line));
  const cells = lines.map((line) =>
    line
      .slice(2, -2)
      .split(/ (?<!\\)\| /)
      .map((cell) => cell.trim()),
  );
  return new Map(cells.filter((row) => row.length === 6 && row[0] !== 'what').map((row) => [row[4] ?? '', row]));
}

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** A run of some rows replaces these alone; the others keep their figures. */
export function proofPage(page: string, measured: Map<string, string[]>): string {
  const rows = new Map([...proofRows(page), ...measured]);
  const table = tableOf(header, [...rows.values()]);
  return page.replace(marks, (_, start: string, end: string) => `${start}${table}\n${end}`);
}

/** The rows that README shows, out of PROOF.md. */
export function readmePage(readme: string, proof: string): string {
  const rows = proofRows(proof);
  const shown = Object.entries(readmeRows).map(([word, what]) => {
    const [, measured = 'not measured', bar = '–'] = rows.get(word) ?? [];
    return [what, measured, bar];
  });
  const table = tableOf(['what', 'measured', 'limit'], shown);
  return readme.replace(marks, (_, start: string, end: string) => `${start}${table}\n${end}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  const measured = proofRows(file === undefined ? '' : readFileSync(file, 'utf8'));
  const proof = proofPage(readFileSync(pathOf('PROOF.md'), 'utf8'), measured);
  writeFileSync(pathOf('PROOF.md'), proof);
  writeFileSync(pathOf('README.md'), readmePage(readFileSync(pathOf('README.md'), 'utf8'), proof));
}

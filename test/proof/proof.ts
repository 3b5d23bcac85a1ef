/**
 * `npm run proof [WORD [BAR]]`: one table, in Markdown that also reads well in a terminal: what, measured, bar, verdict,
 * how to run a row alone, and which version was measured on which day. WORD is a row's word, or part of several; BAR holds that row to another bar than its own.
 * Every figure is computed now. Exit code 1 when a bar is missed, 2 for a WORD that no row has.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../src/version.ts';
import { chosen, holds, limitWords, type Measured, type NotRun, type ProofRow } from './row.ts';

const header = ['what', 'measured', 'bar', 'verdict', 'alone: `npm run proof …`', 'version, day'];
/** Which program was measured, and when. */
const measuredWith = `${version}, ${new Date().toISOString().slice(0, 10)}`;

async function allRows(): Promise<ProofRow[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.proof.ts'));
  const loaded = files.sort().map(async (file): Promise<ProofRow[]> => {
    const { rows } = await import(pathToFileURL(join(import.meta.dirname, file)).href);
    return rows;
  });
  return (await Promise.all(loaded)).flat();
}

/** A row that breaks has not been measured: it misses its bar. */
async function measure({ run, side }: ProofRow, bar: number | undefined): Promise<Measured | NotRun | Error> {
  try {
    const found = await run();
    return 'notRun' in found || bar === undefined ? found : { ...found, bar, ok: holds(side, found.value, bar) };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const figure = (value: number): string => String(Number(value.toPrecision(3)));

function cells({ what, side, limit = '–', word }: ProofRow, found: Measured | NotRun | Error): string[] {
  if (found instanceof Error) return [what, '–', limit, `MISSED: ${found.message.split('\n')[0]}`, word, measuredWith];
  if ('notRun' in found) return [what, '–', limit, `not run: ${found.notRun}`, word, measuredWith];
  const { value, unit, bar, ok, shown } = found;
  const measured = shown ?? `${figure(value)} ${unit}`;
  return [what, measured, limitWords(side, bar, unit), ok ? 'ok' : 'MISSED', word, measuredWith];
}

function markdown(lines: readonly string[][]): string {
  const table = [header, ...lines].map((line) => line.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = header.map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0)));
  const row = (line: readonly string[]) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...body.map(row)].join('\n');
}

async function main(word = '', bar?: string): Promise<number> {
  const rows = await allRows();
  const wanted = chosen(rows, word);
  const held = bar === undefined ? undefined : Number(bar);
  if (wanted.length === 0 || Number.isNaN(held) || (held !== undefined && wanted.length > 1)) {
    const problem = wanted.length === 0 ? `No row is called "${word}".` : 'A bar is a number, for one row.';
    process.stderr.write(`${problem} npm run proof [WORD [BAR]]; words: ${rows.map((row) => row.word).join(', ')}\n`);
    return 2;
  }
  const lines: string[][] = [];
  let missed = 0;
  for (const [at, row] of wanted.entries()) {
    process.stderr.write(`${at + 1} of ${wanted.length}: ${row.word}\n`);
    const found = await measure(row, held);
    if (found instanceof Error) process.stderr.write(`${found.stack}\n`);
    if (found instanceof Error || ('ok' in found && !found.ok)) missed += 1;
    lines.push(cells(row, found));
  }
  process.stdout.write(`${markdown(lines)}\n`);
  if (missed > 0) process.stderr.write(`${missed} of ${wanted.length} missed their bar\n`);
  return missed > 0 ? 1 : 0;
}

process.exitCode = await main(...process.argv.slice(2));

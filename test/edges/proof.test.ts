/** The proof as a process: its table, its exit codes, and a word for every row that selects that row alone. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { proofRows } from '../../scripts/proof-page.ts';
import { chosen, type ProofRow } from '../proof/row.ts';

const folder = fileURLToPath(new URL('../proof', import.meta.url));

/** The built program is not needed by the rows asked for here. */
const proof = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', join(folder, 'proof.ts'), ...args], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });

async function allRows(): Promise<ProofRow[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.proof.ts'));
  const rows: ProofRow[] = [];
  for (const file of files) rows.push(...(await import(pathToFileURL(join(folder, file)).href)).rows);
  return rows;
}

/** Counts may differ: fewer runs or kills can be asked for. */
const withoutNumbers = (text: string): string => text.replaceAll(/\d[\d,.]*/g, '#');

const cellsOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

describe('npm run proof', () => {
  it('takes its figures of speed from rows that the benchmark has', async () => {
    const source = readFileSync(join(folder, '4-speed.proof.ts'), 'utf8');
    const wanted = [...source.matchAll(/fromBench\((\w+), '([^']+)'/g)].map(([, part = '', name = '']) => ({
      part,
      name,
    }));
    expect(wanted.length).toBeGreaterThan(6);
    const files: Record<string, string> = {
      runs: 'runs',
      startUp: 'start-up',
      logs: 'logs',
      session: 'session',
      scale: 'scale',
    };
    for (const { part, name } of wanted) {
      const place = pathToFileURL(join(folder, `../bench/${files[part]}.bench.ts`)).href;
      const { rows } = (await import(place)) as { rows: { name: string }[] };
      expect(rows.map((row) => row.name)).toContain(name);
    }
  });

  it('prints one Markdown table whose columns line up, and exits 0 where every bar holds', async () => {
    const { code, out } = await proof('decide');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[1]).toMatch(/^\|( -+ \|){6}$/);
    const [header, , ...rows] = cellsOf(out);
    expect(header?.slice(0, 4)).toEqual(['what', 'measured', 'bar', 'verdict']);
    expect(rows.map((row) => row.slice(2, 5))).toEqual([
      ['at least 80 %', 'ok', 'decide-24'],
      ['at least 95 %', 'ok', 'decide-48'],
      ['at least 99 %', 'ok', 'decide-96'],
    ]);
    // Which program, and the day on which it was measured.
    for (const row of rows) expect(row[5]).toMatch(/^\d+\.\d+\.\d+, 20\d\d-\d\d-\d\d$/);
  });

  it('exits 1 where a bar is missed: the same row, held to more than is true', async () => {
    const { code, out, err } = await proof('decide-24', '99');
    expect(code).toBe(1);
    expect(cellsOf(out).at(-1)?.slice(2, 5)).toEqual(['at least 99 %', 'MISSED', 'decide-24']);
    expect(err).toContain('1 of 1 missed their bar');
  });

  it('exits 2 for a word that no row has and for a bar that is no number, and names the words', async () => {
    const [word, bar] = await Promise.all([proof('no-such-row'), proof('decide-24', 'high')]);
    expect([word.code, bar.code]).toEqual([2, 2]);
    expect(word.err).toContain('peeking, naive');
    expect(word.out).toBe('');
  });

  it('has a word for every row that selects it and no other', async () => {
    const rows = await allRows();
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      expect(row.word).toMatch(/^[a-z0-9-]+$/);
      expect(chosen(rows, row.word)).toEqual([row]);
    }
  });
});

describe('PROOF.md', () => {
  const shown = proofRows(readFileSync(join(folder, '../../PROOF.md'), 'utf8'));

  it('shows every row of the proof under its own words and bar, and no other', async () => {
    const rows = await allRows();
    expect([...shown.keys()].sort()).toEqual(rows.map((row) => row.word).sort());
    for (const { word, what, limit } of rows) {
      const [saidWhat = '', , saidBar] = shown.get(word) ?? [];
      expect(withoutNumbers(saidWhat), word).toBe(withoutNumbers(what));
      if (limit !== undefined) expect(saidBar, word).toBe(limit);
    }
  });

  it('says of each row which version was measured and on which day, and of none that it was not', () => {
    const [, ...released] = readFileSync(join(folder, '../../CHANGELOG.md'), 'utf8').split('\n## ');
    const versions = released.map((part) => part.split('\n')[0]);
    for (const [word, [, measured, , verdict, , measuredWith = '']] of shown) {
      const [version, day] = measuredWith.split(', ');
      expect(versions, word).toContain(version);
      expect(day, word).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect([word, measured === '–']).toEqual([word, verdict?.startsWith('not run') ?? true]);
    }
  });
});

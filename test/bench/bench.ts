/**
 * `npm run bench [WORD]`: every row of the *.bench.ts files here (or those whose name has WORD in it), measured, with
 * its bar. Exit code 1 when a row misses its bar. Machines are noisy: rows are medians or ratios to a bare baseline
 * of the same run; say so when you quote them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Measured {
  value: number;
  unit: string;
  bar: number;
  ok: boolean;
}

interface Row {
  name: string;
  run(): Promise<Measured>;
}

const word = process.argv[2] ?? '';
const folder = import.meta.dirname;
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
let missed = 0;
let measured = 0;
for (const file of files.sort()) {
  const { rows } = (await import(pathToFileURL(join(folder, file)).href)) as { rows: Row[] };
  for (const row of rows.filter(({ name }) => `${file} ${name}`.includes(word))) {
    const { value, unit, bar, ok } = await row.run();
    measured += 1;
    if (!ok) missed += 1;
    const figure = `${Number(value.toPrecision(3))} ${unit}`.padStart(14);
    process.stdout.write(`${ok ? 'ok    ' : 'MISSED'} ${figure}   bar ${`${bar} ${unit}`.padEnd(12)} ${row.name}\n`);
  }
}
process.stdout.write(`\n${measured - missed} within their bar, ${missed} not\n`);
process.exitCode = missed > 0 || measured === 0 ? 1 : 0;

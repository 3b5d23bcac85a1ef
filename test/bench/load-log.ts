/** Child of logs.bench.ts: reads one file, prints JSON {records, cpuMs, rssMb}. `bare` is a csv-parse stream alone. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { loadPrompts } from '../../src/logs/load.ts';
import { hashing } from '../../src/store/hashing.ts';

const [how = '', file = ''] = process.argv.slice(2);

async function bare(): Promise<number> {
  let records = 0;
  for await (const _ of createReadStream(file).pipe(parse({ columns: true }))) records += 1;
  return records;
}

async function gapcheck(): Promise<number> {
  const loaded = await loadPrompts([file], { n: 24, redact: true, now: new Date(0), seed: 1, hashing, cwd: '/' });
  return loaded.audit.records;
}

// What both load lazily is compiled beforehand: the file is measured, not the TypeScript loader.
await import('../../src/logs/table.ts');
const before = process.cpuUsage();
const records = await (how === 'bare' ? bare() : gapcheck());
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ records, cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 }));

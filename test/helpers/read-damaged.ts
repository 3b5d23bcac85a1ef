/**
 * Child of damaged-files.test.ts, run with --expose-gc: reads damaged logs of every kind and prints what came of them, how
 * many file handles are open before and after, and every warning of Node (a handle that was left to the collector is one).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sqlite from 'node-sqlite3-wasm';
import { GapcheckError } from '../../src/errors.ts';
import { loadPrompts } from '../../src/logs/load.ts';
import { hashing } from '../../src/store/hashing.ts';
import { tempDir } from './temp-dir.ts';
import { zipOf } from './zip-file.ts';

const wanted = Number(process.argv[2] ?? 100);
const fixtures = join(import.meta.dirname, '../fixtures/logs');
using dir = tempDir();

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));

function database(): Buffer {
  const db = new sqlite.Database(dir.at('made.db'));
  db.exec('create table calls(prompt text, answer text)');
  for (let row = 0; row < 40; row += 1)
    db.run('insert into calls values (?, ?)', [`Question ${row}?`, `Answer ${row}.`]);
  db.close();
  return readFileSync(dir.at('made.db'));
}

/** One file in the ustar format. */
function tar(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write('        0', 148);
  head.write('ustar\0', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([head, data, Buffer.alloc(1536 - (data.length % 512))]);
}

const texts = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map(({ name }) => [name, readFileSync(join(fixtures, name))] as const);
const chat = readFileSync(join(fixtures, 'chat.jsonl'));
const packed: [string, Buffer][] = [
  ['chat.jsonl.gz', gzipSync(chat)],
  [
    'chat.zip',
    zipOf([
      { name: 'a.jsonl', data: chat },
      { name: 'b.csv', data: Buffer.from('prompt\nWhy?\n'), stored: true },
    ]),
  ],
  ['chat.tar', tar('a.jsonl', chat)],
  ['chat.tgz', gzipSync(tar('a.jsonl', chat))],
  ['calls.db', database()],
  ['wide.csv', Buffer.from(`\ufeffprompt;answer\nWas?;Das.\n`, 'utf16le')],
];
/** Column files of the cases, where those are. */
const cases = join(import.meta.dirname, '../../../shared/cases/import');
const columnFiles = existsSync(cases)
  ? readdirSync(cases, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => [basename(name), readFileSync(join(cases, name))] as const)
  : [];
const whole: (readonly [string, Buffer])[] = [...texts, ...packed, ...packed, ...columnFiles];

let state = Number(process.argv[3] ?? 20_261_127);
const next = (below: number): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => next(256)));

/** Bytes written over, cut out or put in, a flipped bit, a lost half, or a piece twice. */
function damaged(file: Buffer): Buffer {
  const at = next(file.length);
  const size = 1 + next(8);
  const kind = next(6);
  if (kind === 0) return Buffer.concat([file.subarray(0, at), bytes(size), file.subarray(at + size)]);
  if (kind === 1) return Buffer.concat([file.subarray(0, at), file.subarray(at + size)]);
  if (kind === 2) return Buffer.concat([file.subarray(0, at), bytes(size), file.subarray(at)]);
  if (kind === 3) return file.subarray(0, at);
  if (kind === 4) return Buffer.concat([file.subarray(0, at), file.subarray(at >> 1)]);
  const copy = Buffer.from(file);
  copy[at] = (copy[at] ?? 0) ^ (1 << next(8));
  return copy;
}

const openHandles = (): number => readdirSync('/proc/self/fd').length;
async function settled(): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) {
    (globalThis as { gc?: () => void }).gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return openHandles();
}

const crashes: string[] = [];
let read = 0;
let refused = 0;

async function attempt(name: string, file: Buffer): Promise<void> {
  writeFileSync(dir.at(name), file);
  try {
    await loadPrompts([name], { redact: true, now: new Date(0), seed: 1, hashing, cwd: dir.path });
    read += 1;
  } catch (error) {
    if (error instanceof GapcheckError && error.exitCode === 2 && error.hint) refused += 1;
    else crashes.push(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

for (const [name, file] of whole) await attempt(name, file);
const before = await settled();
read = 0;
refused = 0;
for (let made = 0; made < wanted; made += 1) {
  const [name, file] = whole[made % whole.length] as [string, Buffer];
  let one = file;
  for (let times = 1 + next(3); times > 0 && one.length > 0; times -= 1) one = damaged(one);
  await attempt(name, one);
}
const after = await settled();
console.log(
  JSON.stringify({ files: read + refused + crashes.length, read, refused, crashes, before, after, warnings }),
);

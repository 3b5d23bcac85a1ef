/**
 * No field is dropped in silence: whatever is put into a record of any format stands in a prompt, is named as unused,
 * or goes with a record that is named as left out.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import type { Json, JsonObject } from '../../../src/records/plain-json.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/logs');
/** Records for each reader; 10,000 with GAPCHECK_FUZZ=10000. */
const records = Number(process.env.GAPCHECK_FUZZ ?? 20);

let dir: ReturnType<typeof tempDir>;
beforeAll(() => {
  dir = tempDir();
});
afterAll(() => dir[Symbol.dispose]());

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A small generator of its own, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

const names = ['remark', 'reviewer_note', 'Region', 'customData', 'context', 'source text', 'ticket', 'note.2'];
const words = 'the ferry leaves from the old quay when the tide is high and nobody waits for late guests'.split(' ');

interface Added {
  path: string[];
  value: string;
}

/** The record with a field of a telling text, at its first level or in one of its objects. */
function withField(record: JsonObject, next: () => number, serial: number): Added {
  const path: string[] = [];
  let at = record;
  while (next() < 0.35) {
    const inner = Object.entries(at).filter(([, value]) => isObject(value) && Object.keys(value).length > 0);
    if (inner.length === 0) break;
    const [name, value] = inner[Math.floor(next() * inner.length)] as [string, JsonObject];
    path.push(name);
    at = value;
  }
  const name = names[Math.floor(next() * names.length)] as string;
  // One word in a known name may be the kind of something, which a reader looks at and leaves.
  const short = path.length === 0 && name !== 'context' && next() < 0.3;
  const text = short ? `word${serial}x` : words.map((word) => `${word}${serial}x`).join(' ');
  if (at[name] === undefined) {
    at[name] = text;
    path.push(name);
  }
  return { path, value: text };
}

function recordsOf(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

async function load(name: string, text: string): Promise<LoadedPrompts | undefined> {
  writeFileSync(dir.at(name), text);
  return loadPrompts([name], {
    redact: false,
    now: new Date('2026-11-20T00:00:00Z'),
    seed: 1,
    hashing,
    cwd: dir.path,
    includeFlagged: true,
    ...(name.startsWith('promptfoo') && { template: 'Where is {{city}}?' }),
  }).catch(() => undefined);
}

/** A field is accounted for by its text in a prompt, by a name at or above it, or by a record that is left out. */
function isAccounted({ path, value }: Added, { prompts, unused, rejected, skipped }: LoadedPrompts): boolean {
  if (path.length === 0 || rejected.length > 0 || skipped.length > 0) return true;
  if (JSON.stringify(prompts).includes(JSON.stringify(value).slice(1, -1))) return true;
  const whole = path.join('.');
  return unused.some(({ name }) => whole === name || whole.startsWith(`${name}.`) || endsAlike(name, path));
}

/** A reader that goes down to records of its own names a field by its way from there. */
const endsAlike = (name: string, path: string[]): boolean =>
  name
    .replaceAll(/\[\]|\{\}/g, '')
    .split('.')
    .at(-1) === path.at(-1)?.split('.').at(-1);

const files = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:jsonl|json)$/.test(entry.name))
  .map(({ name }) => name);

describe('a field that nobody expects', () => {
  it.each(files)('%s', async (name) => {
    const text = readFileSync(join(fixtures, name), 'utf8');
    const lines = name.endsWith('.jsonl');
    const next = random(20_261_127);
    let made = 0;
    while (made < records) {
      const values = (lines ? text.trim().split('\n') : [text]).map((line) => JSON.parse(line) as Json);
      const added = values.flatMap(recordsOf).map((record, at) => withField(record, next, made + at));
      const loaded = await load(
        name,
        lines ? values.map((value) => JSON.stringify(value)).join('\n') : JSON.stringify(values[0]),
      );
      if (added.length === 0) return;
      made += added.length;
      for (const each of loaded ? added : [])
        expect([each, isAccounted(each, loaded as LoadedPrompts), loaded?.unused.map((u) => u.name)]).toEqual([
          each,
          true,
          expect.anything(),
        ]);
    }
  });

  it('in a table', async () => {
    const next = random(7);
    for (let made = 0; made < records; made += 20) {
      const column = names[Math.floor(next() * names.length)] as string;
      const rows = Array.from(
        { length: 20 },
        (_, at) => `Which herb is number ${at}?,Dill ${at}.,"the tide, ${made + at}"`,
      );
      const loaded = await load('table.csv', `prompt,response,${column}\n${rows.join('\n')}\n`);
      const added = { path: [column], value: `the tide, ${made}` };
      expect([column, isAccounted(added, loaded as LoadedPrompts)]).toEqual([column, true]);
    }
  });
});

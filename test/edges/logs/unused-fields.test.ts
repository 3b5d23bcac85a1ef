/**
 * No field is dropped in silence: whatever is put into a record of any format is in a prompt, is named as unused,
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

/** An object, also one that is in a text as JSON. */
function objectIn(value: Json | undefined): JsonObject | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined;
  try {
    const inside = JSON.parse(value) as Json;
    return isObject(inside) ? inside : undefined;
  } catch {
    return undefined;
  }
}

/** The record with a field of a telling text, at its first level or in one of its objects. */
function withField(record: JsonObject, next: () => number, serial: number): Added {
  const added: Added = { path: [], value: '' };
  addField(record, next, serial, added, false);
  return added;
}

function addField(at: JsonObject, next: () => number, serial: number, added: Added, inText: boolean): void {
  const inner = next() < 0.4 ? Object.keys(at).filter((name) => Object.keys(objectIn(at[name]) ?? {}).length > 0) : [];
  const name = inner[Math.floor(next() * inner.length)];
  const object = name === undefined ? undefined : objectIn(at[name]);
  if (name !== undefined && object !== undefined) {
    added.path.push(name);
    const isText = typeof at[name] === 'string';
    addField(object, next, serial, added, inText || isText);
    if (isText) at[name] = JSON.stringify(object);
    return;
  }
  const field = names[Math.floor(next() * names.length)] as string;
  // One word in a known name may be the kind of something, which a reader looks at and leaves; so may one inside a text.
  const short = added.path.length === 0 && field !== 'context' && next() < 0.3;
  added.value = short ? `word${serial}x` : words.map((word) => `${word}${serial}x`).join(' ');
  if (at[field] !== undefined) {
    added.path.length = 0;
    return;
  }
  at[field] = added.value;
  added.path.push(field);
}

/** Each copy asks something of its own, so that none is folded into another. */
function asOwn(value: Json, serial: string): Json {
  if (typeof value === 'string') return /^\S+(?: \S+){2,}\?$/.test(value) ? `${value} ${serial}` : value;
  if (Array.isArray(value)) return value.map((item) => asOwn(item, serial));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asOwn(item ?? null, serial)]));
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
function isAccounted({ path, value }: Added, { unused, rejected, skipped }: LoadedPrompts, made: string): boolean {
  if (path.length === 0 || rejected.length > 0 || skipped.length > 0) return true;
  if (made.includes(value)) return true;
  const whole = path.join('.');
  return unused.some(({ name }) => whole === name || whole.startsWith(`${name}.`) || endsAlike(name, path));
}

/** A reader that goes down to records of its own names a field by its way from there. */
const endsAlike = (name: string, path: string[]): boolean =>
  name
    .replaceAll(/\[\]|\{\}/g, '')
    .split('.')
    .at(-1) === path.at(-1)?.split('.').at(-1);

/** Many records in one reading where each line is one: opening a file costs more than reading it. */
function copiesOf(values: Json[], lines: boolean, made: number): Json[] {
  if (records <= 100) return values;
  const [only] = values;
  if (!lines) return Array.isArray(only) ? [copiesOf(only as Json[], true, made)] : values;
  const copies = Math.max(1, Math.floor(40 / values.length));
  return Array.from({ length: copies }, (_, copy) => values.map((value) => asOwn(value, `${made}c${copy}`))).flat();
}

const files = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(?:jsonl|json)$/.test(entry.name))
  .map(({ name }) => name);

describe('a field that nobody expects', () => {
  it.each(files)(
    '%s',
    async (name) => {
      const text = readFileSync(join(fixtures, name), 'utf8');
      const lines = name.endsWith('.jsonl');
      const next = random(20_261_127);
      let made = 0;
      while (made < records) {
        const parsed = (lines ? text.trim().split('\n') : [text]).map((line) => JSON.parse(line) as Json);
        const values = copiesOf(parsed, lines, made);
        const added = values.flatMap(recordsOf).map((record, at) => withField(record, next, made + at));
        const loaded = await load(
          name,
          lines ? values.map((value) => JSON.stringify(value)).join('\n') : JSON.stringify(values[0]),
        );
        if (added.length === 0) return;
        made += added.length;
        if (!loaded) continue;
        const all = JSON.stringify(loaded.prompts);
        const lost = added.filter((each) => !isAccounted(each, loaded, all));
        expect([lost, loaded.unused.map(({ name: one }) => one)]).toEqual([[], expect.anything()]);
      }
    },
    3_600_000,
  );

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
      expect([column, isAccounted(added, loaded as LoadedPrompts, JSON.stringify(loaded?.prompts))]).toEqual([
        column,
        true,
      ]);
    }
  });
});

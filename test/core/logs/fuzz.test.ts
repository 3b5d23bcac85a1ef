/** Whatever a file holds, the readers, the detection and every mapper answer, and throw nothing but a GapcheckError. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { Collector } from '../../../src/logs/collect.ts';
import { detectExport, detectFormat, recordsOf } from '../../../src/logs/detect.ts';
import { csvMapper } from '../../../src/logs/formats/csv.ts';
import type { LogFormat } from '../../../src/logs/formats/format.ts';
import { mapByFields } from '../../../src/logs/formats/named-fields.ts';
import { formats } from '../../../src/logs/formats/registry.ts';
import { type JsonItem, jsonLayout, readJson } from '../../../src/logs/json-rows.ts';
import { createRedactor } from '../../../src/logs/redact/redact.ts';
import type { Json, JsonObject } from '../../../src/records/plain-json.ts';
import { isObject } from '../../../src/records/plain-json.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { processorTime } from '../../helpers/processor-time.ts';

const folder = fileURLToPath(new URL('../../fixtures/logs/', import.meta.url));
const texts = readdirSync(folder)
  .filter((name) => /\.jsonl?$/.test(name))
  .map((name) => readFileSync(folder + name, 'utf8'));

/** UTF-8 in pieces that never cut a character in two. */
async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; ) {
    const end = at + size + (/[\ud800-\udbff]/.test(text.charAt(at + size - 1)) ? 1 : 0);
    yield Buffer.from(text.slice(at, end));
    at = end;
  }
}

async function readAll(text: string, size = text.length || 1): Promise<JsonItem[]> {
  const found: JsonItem[] = [];
  for await (const items of readJson(pieces(text, size), jsonLayout(text, true))) found.push(...items);
  return found;
}

/** CPU time, milliseconds, of a reading that finds one value: other work on the machine hardly counts. */
async function cpuOf(read: () => Promise<JsonItem[]>): Promise<number> {
  const before = process.cpuUsage();
  expect(await read()).toHaveLength(1);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const fixtures: JsonObject[] = (await Promise.all(texts.map((text) => readAll(text)))).flatMap((items) =>
  items.flatMap((item) => ('value' in item && isObject(item.value) ? [item.value] : [])),
);

/** Every key that any format knows, and those that JavaScript knows. */
const keys = new Set(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '']);
function addKeys(value: Json): void {
  if (Array.isArray(value)) value.forEach(addKeys);
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      keys.add(key);
      addKeys(inner ?? null);
    }
  }
}
fixtures.forEach(addKeys);

const oddText = fc.constantFrom(
  '',
  ' ',
  '{',
  '[]',
  '{}',
  'null',
  '"',
  '[{"role":"user"}]',
  '[{"role":"user","content":null}]',
  '{"__proto__":{"role":"user"}}',
  "role='user' content='x'",
  '\u0000\ud800',
  '9'.repeat(400),
  'x'.repeat(40_000),
  '['.repeat(2000),
);
const leaf = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, -1, 1e308, 1e21, 'user', 'assistant', 'tool', 'text', 'GENERATION', 'llm'),
  fc.string({ maxLength: 20 }),
  oddText,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  // What no template literal and no String() can print.
  fc.constant<Json>({ toString: '', valueOf: '' }),
);
const { value: anyJson } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 6 })
      // Through text, as from a file: `__proto__` then is an own key.
      .map((entries) =>
        JSON.parse(`{${entries.map((entry) => entry.map((each) => JSON.stringify(each)).join(':')).join(',')}}`),
      ),
  ),
}));
const anyRecord = fc
  .array(fc.tuple(fc.constantFrom(...keys), anyJson), { maxLength: 8 })
  .map(
    (entries) =>
      JSON.parse(
        `{${entries.map((entry) => entry.map((each) => JSON.stringify(each)).join(':')).join(',')}}`,
      ) as JsonObject,
  );

/** A real record with one part of it replaced by anything. */
const damaged = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), anyJson)
  .map(([record, path, replacement]) => replaced(record, path, replacement) as JsonObject);

function replaced(value: Json, [step, ...path]: number[], by: Json): Json {
  if (Array.isArray(value) && value.length) {
    const at = (step ?? 0) % value.length;
    return value.map((inner, index) => (index === at ? (path.length ? replaced(inner, path, by) : by) : inner));
  }
  if (isObject(value) && Object.keys(value).length) {
    const names = Object.keys(value);
    const name = names[(step ?? 0) % names.length] ?? '';
    return { ...value, [name]: path.length ? replaced(value[name] ?? null, path, by) : by };
  }
  return by;
}

/** Everything that `import` does with records, by one format. */
function through(records: JsonObject[], format: LogFormat): void {
  const collector = new Collector({ seed: 1, limit: Number.POSITIVE_INFINITY });
  const rows = records
    .flatMap((record) => recordsOf(record, format))
    .map((value, at) => ({ file: 'x', line: at + 1, value }));
  for (const { value, file, line } of format.arrange?.(rows) ?? rows) {
    const mapped = format.map(value, { template: 'Answer {{question}}' });
    for (const each of Array.isArray(mapped) ? mapped : [mapped]) {
      collector.add(each, { format: format.name, file, line });
      collector.add(mapByFields(value, { promptField: 'input', taskField: 'a.b[0]' }, each), {
        format: 'fields',
        file,
        line,
      });
    }
  }
  const { prompts } = collector.finish(createRedactor(), hashing);
  for (const prompt of prompts) expect(prompt.id).toMatch(/^p_[0-9a-f]{16}$/);
}

function onlyOurs(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
  }
}

describe('JSON readers', () => {
  it('give the same in pieces of any size, and an error item for what is not JSON', async () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\n', '1', ' ', 'a'), maxLength: 40 }),
      fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(600)).map(([all, from, length]) => {
        const start = from % all.length;
        return all.slice(start, start + length);
      }),
      fc.array(anyJson, { maxLength: 5 }).map((values) => JSON.stringify(values)),
      fc
        .array(anyJson, { maxLength: 5 })
        .map((values) => values.map((value) => JSON.stringify(value, null, 1)).join('\n')),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (all, size) => {
        expect(await readAll(all, Math.max(size, all.length >> 7))).toEqual(await readAll(all));
      }),
      { numRuns: 400 },
    );
  });

  it('read a value of many megabytes once, not once per chunk', async () => {
    const text = JSON.stringify({ data: [{ text: 'x'.repeat(20_000_000) }] });
    const whole = await cpuOf(() => readAll(text));
    const inChunks = await cpuOf(() => readAll(text, 1 << 14));
    // 1,221 chunks: reading all of them at each one would take hundreds of times as long.
    expect(inChunks).toBeLessThan(20 * whole);
  });

  it('stay quick on deep nesting, long strings and files of brackets', async () => {
    const spent = processorTime();
    for (const text of [
      '['.repeat(200_000),
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      `[${'"x",'.repeat(50_000)}1]`,
      `{"messages":"${'\\"'.repeat(500_000)}"}`,
      '}'.repeat(200_000),
      '"'.repeat(200_001),
    ])
      expect((await readAll(text, 4096)).length).toBeGreaterThanOrEqual(0);
    expect(spent()).toBeLessThan(4000);
  });
});

describe.each(formats.map((format) => [format.name, format] as const))('%s', (_name, format) => {
  it('maps anything', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyRecord, damaged), { minLength: 1, maxLength: 3 }), (records) =>
        onlyOurs(() => through(records, format)),
      ),
      { numRuns: 150 },
    );
  });

  it('maps records that are nested too deep for the stack', () => {
    const deep = JSON.parse(`${'{"messages":['.repeat(20_000)}1${']}'.repeat(20_000)}`) as JsonObject;
    const own = fixtures.filter((record) => format.sign(record) || format.unwrap?.(record)).slice(0, 3);
    for (const record of [deep, ...own.flatMap((one) => Object.keys(one).map((key) => ({ ...one, [key]: deep })))])
      onlyOurs(() => through([record], format));
  });
});

describe('detection', () => {
  it('names a format or says why not, for anything', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyRecord, damaged), { maxLength: 4 }), (records) => {
        onlyOurs(() => void detectFormat(records, 'x.jsonl'));
        onlyOurs(() => void detectExport(records));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('tables of prompts', () => {
  it('map any cells under any header', () => {
    const names = fc.oneof(
      fc.constantFrom(...keys, 'prompt', 'messages', 'answer:a', 'task', 'latency_ms'),
      fc.string(),
    );
    const cell = fc.oneof(
      oddText,
      fc.string(),
      anyJson.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(
        fc.array(names, { minLength: 1, maxLength: 6 }),
        fc.array(cell, { maxLength: 8 }),
        (columns, cells) => {
          const mapper = csvMapper(columns, {});
          if (!('problem' in mapper)) mapper.map(cells);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

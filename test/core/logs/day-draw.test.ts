import { describe, expect, test } from 'vitest';
import { calendar } from '../../../src/logs/days.ts';
import { DayDraw, type DrawOptions } from '../../../src/logs/watch/day-draw.ts';
import { chiSquareTail } from '../../../src/stats/normal.ts';
import { hashing } from '../../../src/store/hashing.ts';

const day = '2026-11-02';
const noon = '2026-11-02T12:00:00.000Z';
const source = { format: 'chat', file: 'app.jsonl', line: 1 };

const options = (key: number, more: Partial<DrawOptions> = {}): DrawOptions => ({
  calendar: calendar('UTC'),
  closing: [day],
  perDay: 5,
  key: new Uint8Array(32).fill(key & 255).map((byte, at) => (at === 0 ? key >> 8 : byte)),
  hashing,
  redact: false,
  tasks: new Set(),
  drawn: { ids: new Set(), sources: new Set() },
  isReady: () => true,
  ...more,
});

const record = (text: string, more: Record<string, unknown> = {}) => ({
  draft: { messages: [{ role: 'user' as const, content: text }], ts: noon, task: 'reply', ...more },
});

function drawOf(key: number, texts: readonly string[], more: Partial<DrawOptions> = {}): string[] {
  const draw = new DayDraw(options(key, more));
  for (const text of texts) draw.add(record(text), source);
  return draw.finish().days[0]?.prompts.map(({ messages }) => String(messages[0]?.content)) ?? [];
}

describe('the draw of a day', () => {
  test('is uniform over its different prompts, however often each was asked (2,000 keys)', () => {
    const names = Array.from({ length: 20 }, (_, at) => `Question ${at}`);
    // The first one makes up half of the traffic.
    const texts = [...names, ...Array.from({ length: 20 }, () => 'Question 0')];
    const counts = new Map(names.map((name) => [name, 0]));
    for (let key = 0; key < 2_000; key += 1)
      for (const text of drawOf(key, texts)) counts.set(text, (counts.get(text) ?? 0) + 1);
    const expected = (2_000 * 5) / 20;
    // Without replacement counts spread less: by (20 - 5) / (20 - 1).
    const spread = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(chiSquareTail((spread * 19) / 15, 19)).toBeGreaterThan(0.001);
  });

  test('does not depend on the order of the records, and keeps no more than it can need', () => {
    const texts = Array.from({ length: 3_000 }, (_, at) => `Question ${at}`);
    const drawn = drawOf(7, texts);
    expect(drawn).toHaveLength(5);
    expect(drawOf(7, [...texts].reverse())).toEqual(drawn);
    expect(drawOf(8, texts)).not.toEqual(drawn);
  });

  test('leaves out what the run has already, by its text or by its id in the log', () => {
    const texts = Array.from({ length: 8 }, (_, at) => `Question ${at}`);
    const first = new DayDraw(options(3));
    for (const text of texts) first.add(record(text), source);
    const drawn = first.finish().days[0]?.prompts ?? [];
    const ids = new Set(drawn.map(({ id }) => id));
    const rest = drawOf(3, texts, { drawn: { ids, sources: new Set() } });
    expect(rest).toHaveLength(3);
    expect(rest.some((text) => drawn.some(({ messages }) => messages[0]?.content === text))).toBe(false);
    const second = new DayDraw(options(3, { drawn: { ids: new Set(), sources: new Set(['call-1']) } }));
    second.add(record('Edited since', { source_id: 'call-1' }), source);
    second.add(record('Another', { source_id: 'call-2' }), source);
    expect(second.finish().days[0]?.prompts.map(({ source_id }) => source_id)).toEqual(['call-2']);
  });

  test('counts a record once, whatever file it is in, and takes the one that has an answer', () => {
    const draw = new DayDraw(options(1));
    draw.add(record('Hello', { source_id: 'a' }), source);
    draw.add(record('Hello', { source_id: 'a' }), { ...source, file: 'app.jsonl.1' });
    draw.add(record('Hello', { source_id: 'b', ref: { text: 'Hi' } }), source);
    draw.add(record('Hello', { ts: '2026-11-03T00:00:00.000Z' }), source);
    const [found] = draw.finish().days;
    expect(found).toMatchObject({ day, records: 2, different: 1 });
    expect(found?.prompts.map(({ ref }) => ref?.text)).toEqual(['Hi']);
  });

  test('days are those of the time zone', () => {
    const berlin = calendar('Europe/Berlin');
    expect(berlin.dayOf(Date.parse('2026-11-01T23:30:00Z'))).toBe('2026-11-02');
    expect(new Date(berlin.startOf('2026-11-02')).toISOString()).toBe('2026-11-01T23:00:00.000Z');
    // The clocks change: this day has 23 hours.
    expect(berlin.startOf('2026-03-30') - berlin.startOf('2026-03-29')).toBe(23 * 3_600_000);
    expect(berlin.plus('2026-02-27', 2)).toBe('2026-03-01');
    expect(() => calendar('Europe/Nowhere')).toThrow('there is no such time zone');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Auditor, isRefusal } from '../../../src/logs/audit.ts';
import { withPrices } from '../../../src/logs/audit-spend.ts';
import { difficultyOf } from '../../../src/logs/difficulty.ts';
import type { Draft } from '../../../src/logs/draft.ts';
import { Keeper } from '../../../src/logs/keep.ts';
import { sampleKey } from '../../../src/logs/sample-key.ts';
import { groupKey, groupNames, groupOf } from '../../../src/logs/tasks.ts';

const draft = (text: string, extra: Partial<Draft> = {}): Draft => ({
  messages: [{ role: 'user', content: text }],
  ...extra,
});

describe('Keeper', () => {
  it('keeps the lowest keys of each task and band, whatever the order, and counts everything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 12 }),
        (values, limit) => {
          const keeper = new Keeper<number>(limit);
          for (const value of values) keeper.add('t', 'easy', sampleKey([String(value)], 7), () => value);
          const distinct = [...new Set(values)].sort((a, b) => sampleKey([String(a)], 7) - sampleKey([String(b)], 7));
          expect(new Set(keeper.list().map(({ value }) => value))).toEqual(new Set(distinct.slice(0, limit)));
          for (const { value, count } of keeper.list())
            expect(count).toBe(values.filter((each) => each === value).length);
          if (values.length)
            expect(keeper.strata()).toEqual([
              { task: 't', difficulty: 'easy', traffic: values.length, prompts: distinct.length },
            ]);
          expect(keeper.duplicates).toBe(values.length - distinct.length);
        },
      ),
    );
  });
  it('makes one hard prompt of one that was easy and hard, in either order', () => {
    for (const bands of [
      ['easy', 'hard', 'easy'],
      ['hard', 'easy', 'easy'],
    ] as const) {
      const keeper = new Keeper<string>(Number.POSITIVE_INFINITY);
      for (const band of bands) keeper.add('t', band, sampleKey(['same'], 7), () => band);
      keeper.add('t', 'easy', sampleKey(['other'], 7), () => 'other');
      expect(keeper.list().map(({ count }) => count)).toEqual([3, 1]);
      expect(keeper.strata().filter(({ traffic }) => traffic > 0)).toEqual(
        expect.arrayContaining([
          { task: 't', difficulty: 'easy', traffic: 1, prompts: 1 },
          { task: 't', difficulty: 'hard', traffic: 3, prompts: 1 },
        ]),
      );
      expect(keeper.duplicates).toBe(2);
    }
  });
  it('lets go of the rarest of very many tasks, and counts those that it has', () => {
    const keeper = new Keeper<string>(5);
    const add = (task: string, text: string) => keeper.add(task, 'easy', sampleKey([text], 7), () => text);
    for (let at = 0; at < 3; at += 1) add('often', `often ${at}`);
    for (let at = 0; at < 5_000; at += 1) add(`once ${at}`, `once ${at}`);
    add('once 4000', 'another');
    const strata = new Map(keeper.strata().map(({ task, traffic }) => [task, traffic]));
    expect(strata.get('often')).toBe(3);
    expect(strata.size).toBeLessThanOrEqual(4096);
    expect(keeper.strata()).toHaveLength(strata.size);
    const kept = keeper.list().map(({ value }) => value);
    expect(kept).toHaveLength(strata.size + 2 + (strata.get('once 4000') === 2 ? 1 : 0));
    expect(kept).toContain('another');
  });
  it('spreads keys evenly', () => {
    const low = Array.from({ length: 20_000 }, (_, at) => sampleKey([`prompt ${at}`], 3)).filter(
      (key) => key < 2 ** 53 / 10,
    ).length;
    // 10 % of 20,000: five standard deviations are 212.
    expect(Math.abs(low - 2000)).toBeLessThan(212);
    expect(sampleKey(['a'], 1)).not.toBe(sampleKey(['a'], 2));
  });
});

describe('difficulty', () => {
  const score = (text: string, extra: Partial<Draft> = {}): number => difficultyOf(draft(text, extra)).score;
  const plain = 'Please translate this sentence into French: the shop is open.';
  it('rises with every sign of a hard prompt', () => {
    const tool = { name: 'f' };
    const harder: [string, number][] = [
      ['length', score(`${plain} ${'word '.repeat(4000)}`)],
      [
        'constraints',
        score(`${plain} You must use exactly two words, never a comma, at most one verb, always polite.`),
      ],
      ['conflict', score(`${plain} It must be short, but unless asked do not leave anything out.`)],
      ['tools', score(plain, { tools: [tool, tool, tool] })],
      ['a failed call', score(plain, { ref: { text: '', error: 'x' } })],
      ['another language', score('Пожалуйста, переведите это предложение на французский язык.')],
      ['reasoning', score(`${plain} Compare both step by step.`)],
    ];
    expect(score(plain)).toBeLessThan(0.2);
    for (const [sign, value] of harder) expect(value, sign).toBeGreaterThan(score(plain));
    expect(difficultyOf(draft(plain, { tools: [tool, tool, tool], ref: { text: '', error: 'x' } })).difficulty).toBe(
      'hard',
    );
  });
  it('keeps what a person wrote into the file', () => {
    expect(difficultyOf(draft(plain, { difficulty: 'hard' })).difficulty).toBe('hard');
  });
});

describe('tasks of unlabelled prompts', () => {
  const group = (extra: Partial<Draft>, system?: string) =>
    groupOf(
      {
        ...draft('Hello there'),
        ...extra,
        ...(system && {
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: 'Hello' },
          ],
        }),
      },
      new Set(),
    );
  it('are named by shape, or by their system prompt where it has 2 or more', () => {
    expect(group({}).shape).toBe('questions');
    expect(group({ tools: [{ name: 'f' }] }).shape).toBe('tool-use');
    expect(group({ response_format: { type: 'json_object' } }).shape).toBe('json-output');
    expect(group(draft('x'.repeat(20_000))).shape).toBe('long-context');
    const support = group({}, 'You are a support agent for the Acme shop.');
    expect(groupNames(new Map([[groupKey(support), 2]])).get(groupKey(support))).toBe('support-agent-acme-shop');
    expect(groupNames(new Map([[groupKey(support), 1]])).get(groupKey(support))).toBe('questions');
  });
});

describe('audit', () => {
  it('adds up volume, spend, failures and time', () => {
    const auditor = new Auditor();
    for (let day = 1; day <= 11; day += 1) {
      auditor.add(
        draft('x', {
          model: 'm',
          ts: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
          ref: {
            text: 'y',
            model: 'm',
            usage: { in: 900, out: 100 },
            latency_ms: day * 100,
            ...(day === 1 && { error: 'e' }),
            ...(day === 2 && { finish: 'length' }),
          },
        }),
        't',
        day === 3,
      );
    }
    auditor.add(draft('x'.repeat(400)), 'u', false);
    const unpriced = auditor.finish((task) => task);
    expect(unpriced.spend).toBeUndefined();
    const audit = withPrices(unpriced, new Map([['m', { in: 1000, out: 1000 }]]));
    expect(audit).toMatchObject({
      records: 12,
      tokens: { in: 10_000, out: 1100, estimated: 1 },
      answers: { logged: 11, failed: 1, cut: 1, refused: 0 },
      kinds: { hard: 1, tools: 0, longContext: 0 },
    });
    expect(audit.perDay?.records).toBeCloseTo(1.2);
    expect(audit.spend).toMatchObject({ usd: 11, records: 11, listed: 11 });
    expect(audit.spend?.months12).toBeCloseTo((11 / 10) * 30.44 * 12);
    expect(audit.latency?.p50).toBeGreaterThan(580);
    expect(audit.latency?.p50).toBeLessThan(620);
    expect(audit.tasks).toEqual([
      { task: 't', records: 11 },
      { task: 'u', records: 1 },
    ]);
  });
  it('knows a refusal by its first words', () => {
    const asked = [{ role: 'user' as const, content: 'Help me with this.' }];
    const refused = (text: string): boolean => isRefusal({ text }, asked);
    expect([
      refused("I'm sorry, but I can't help with that."),
      refused('I cannot assist with this request.'),
      refused('Sorry for the delay! Your order is on its way.'),
      refused('I can certainly help.'),
    ]).toEqual([true, true, false, false]);
    expect(isRefusal({ text: '', refusal: 'No.' }, asked)).toBe(true);
  });
});

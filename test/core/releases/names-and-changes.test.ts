import { describe, expect, it } from 'vitest';
import { armChanges } from '../../../src/releases/arm-changes.ts';
import { type LockedArm, parseLock } from '../../../src/releases/lock-file.ts';
import { newerModels } from '../../../src/releases/newer-models.ts';
import { pairedMean, tQuantile } from '../../../src/stats/paired-mean.ts';

const since = '2026-10-01T00:00:00.000Z';
const newer = (locked: string, ...names: string[]): string[] =>
  newerModels(
    locked,
    names.map((name) => ({ name })),
    since,
  ).map(({ name }) => name);

describe('newer models of the same family, by name', () => {
  it.each([
    ['gpt-5.6', ['gpt-5.7', 'gpt-6', 'gpt-5.7-mini', 'gpt-5.5', 'gpt-5.6', 'gpt-4o', 'o4'], ['gpt-6', 'gpt-5.7']],
    ['gpt-5.6-mini', ['gpt-5.7', 'gpt-5.7-mini', 'gpt-5.10-mini'], ['gpt-5.10-mini', 'gpt-5.7-mini']],
    [
      'claude-opus-5-5',
      ['claude-opus-5-6', 'claude-sonnet-6', 'claude-opus-5-5', 'claude-opus-4-1'],
      ['claude-opus-5-6'],
    ],
    ['qwen3:8b', ['qwen3.5:9b', 'qwen2.5:7b', 'qwen3:14b', 'qwen3-coder:30b', 'llama4:16x17b'], ['qwen3.5:9b']],
    ['qwen/qwen3-8b', ['qwen/qwen3.5-9b', 'qwen/qwen3-14b-instruct', 'meta-llama/llama-4'], ['qwen/qwen3.5-9b']],
    ['gpt-5.6-2026-05-01', ['gpt-5.6-2026-09-01', 'gpt-5.6-2026-01-01'], ['gpt-5.6-2026-09-01']],
    ['o3', ['o4', 'o4-mini', 'o1'], ['o4']],
    [
      'gemini-2.5-pro',
      ['gemini-3-pro', 'gemini-3-flash', 'gemini-3-pro-preview'],
      ['gemini-3-pro', 'gemini-3-pro-preview'],
    ],
  ])('%s', (locked, listed, expected) => {
    expect(newer(locked, ...listed)).toEqual(expected);
  });

  it('a dated snapshot behind an alias is new when it was made since the lock', () => {
    const listed = [
      { name: 'gpt-5.6-2026-09-01', at: '2026-09-01T00:00:00.000Z' },
      { name: 'gpt-5.6-2026-11-01', at: '2026-11-01T00:00:00.000Z' },
    ];
    expect(newerModels('gpt-5.6', listed, since).map(({ name }) => name)).toEqual(['gpt-5.6-2026-11-01']);
  });
});

const locked: LockedArm = {
  name: 'open',
  role: 'open',
  spec: 'ollama:qwen3:8b',
  provider: 'ollama',
  model: 'qwen3:8b',
  identity: 'a'.repeat(64),
  host: '127.0.0.1:11434',
  digest: 'b'.repeat(64),
  parameters: 'c'.repeat(64),
  licence: 'Apache-2.0',
  observed: {},
};

describe('changes of an arm', () => {
  it('are named field by field; price and licence ask nobody again', () => {
    expect(armChanges(locked, locked)).toEqual([]);
    const now = { ...locked, identity: 'd'.repeat(64), digest: 'e'.repeat(64), licence: null };
    expect(armChanges(locked, now)).toEqual([
      { field: 'digest', locked: 'bbbbbbbbbbbb', now: 'eeeeeeeeeeee', answers: true },
      { field: 'licence', locked: 'Apache-2.0', now: 'not identified', answers: false },
    ]);
    const priced = { ...locked, price: { in: 1, out: 2, source: 'config' } };
    expect(armChanges(locked, priced)).toMatchObject([{ field: 'price per million', answers: false }]);
    expect(armChanges(locked, { ...locked, identity: 'f'.repeat(64) })).toMatchObject([
      { field: 'settings', answers: true },
    ]);
  });

  it('name another system fingerprint, which asks nobody again, and nothing where one of the two is not known', () => {
    const seen = (fingerprint?: string): LockedArm => ({ ...locked, observed: fingerprint ? { fingerprint } : {} });
    expect(armChanges(seen('fp_1'), seen('fp_2'))).toEqual([
      { field: 'system fingerprint', locked: 'fp_1', now: 'fp_2', answers: false },
    ]);
    expect([armChanges(seen('fp_1'), seen('fp_1')), armChanges(seen(), seen('fp_2'))]).toEqual([[], []]);
  });

  it('says what of a model file is other: its weights, its template or its parameters', () => {
    const file = { ...locked, weights: '1'.repeat(64), modelParameters: { stop: '<|im_end|>', temperature: '0.2' } };
    const digest = { digest: 'e'.repeat(64) };
    const fields = (now: Partial<LockedArm>): string[] =>
      armChanges(file, { ...file, ...digest, ...now }).map(
        ({ field, locked: before, now: after }) => `${field}: ${before} → ${after}`,
      );
    expect(fields({ modelParameters: { stop: '<|im_end|>', temperature: '0.9', top_k: '20' } })).toEqual([
      'digest: bbbbbbbbbbbb → eeeeeeeeeeee (same weights, other settings)',
      'parameter temperature: 0.2 → 0.9',
      'parameter top_k: none → 20',
    ]);
    expect(fields({ weights: '2'.repeat(64) })).toEqual([
      'digest: bbbbbbbbbbbb → eeeeeeeeeeee',
      'weights: 111111111111 → 222222222222',
    ]);
    expect(fields({ template: 'f'.repeat(64) })).toContain('template: none → ffffffffffff');
  });

  it('a lock file that is none, or of a newer gapcheck, is refused by name', () => {
    expect(() => parseLock('{}', 'x.json')).toThrow('x.json is not a lock file');
    expect(() => parseLock('[1', 'x.json')).toThrow('x.json is not a lock file');
    expect(() => parseLock('{"kind":"gapcheck-lock","schema":9}', 'x.json')).toThrow('written by a newer gapcheck');
  });
});

describe('mean of paired differences', () => {
  // t tables, two-sided 95 %.
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [5, 2.5706],
    [10, 2.2281],
    [23, 2.0687],
    [100, 1.984],
  ])('t at %d degrees of freedom', (df, t) => {
    expect(Math.abs(tQuantile(df) / t - 1)).toBeLessThan(0.001);
  });

  // R's sleep data (Student 1908): t.test(paired = TRUE) gives 1.58, 0.7001 to 2.4599 on 9 df.
  it('is Student’s own example', () => {
    const result = pairedMean([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
    expect(result?.estimate).toBeCloseTo(1.58, 10);
    expect(result?.lower).toBeCloseTo(0.7001, 3);
    expect(result?.upper).toBeCloseTo(2.4599, 3);
    expect(pairedMean([1])).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { GateInput } from '../../../src/releases/gate-input.ts';
import { exitCodeOfGates, judge, watchedScopes } from '../../../src/releases/gates.ts';
import type { LockedVerdict } from '../../../src/releases/lock-file.ts';
import type { ArmFigures } from '../../../src/report/arm-figures.ts';
import { identifyLicence } from '../../../src/verdicts/licence.ts';
import type { PairVerdicts, ScopeVerdict } from '../../../src/verdicts/verdict-shapes.ts';

const scope = (task: string | null, more: Partial<ScopeVerdict> = {}): ScopeVerdict => ({
  challenger: 'open',
  task,
  planned: 12,
  units: 9,
  read: 9,
  plannedRead: 9,
  skipped: 0,
  unasked: { a: 0, b: 0 },
  toGo: 0,
  counts: { a: 9, bothFine: 0, bothBad: 0, b: 0, identical: 0, noAnswer: 0 },
  net: 1,
  interval: null,
  redo: { a: 0, b: 0, asked: 9, difference: null, interval: null },
  verdict: 'undecided',
  leaning: 'none',
  logEGood: 0,
  logEKeep: 0,
  logEBetter: 0,
  goodAt: null,
  keepAt: null,
  betterAt: null,
  withdrawn: null,
  firm: null,
  withinMargin: false,
  neither: false,
  remaining: null,
  settlesAs: null,
  ...more,
});

const pair = (overall: Partial<ScopeVerdict>, task: Partial<ScopeVerdict> = {}): PairVerdicts => ({
  pair: { a: 'open', b: 'closed', decides: true },
  overall: scope(null, overall),
  tasks: [scope('reply', task)],
  rows: [],
  evidence: [],
  batchSizes: [0],
  scopes: [],
});

const figures = (more: Partial<ArmFigures> = {}): ArmFigures => ({
  arm: 'open',
  trials: 24,
  usable: 24,
  unusable: 0,
  empty: 0,
  withheld: 0,
  missing: 0,
  silentFailures: 0,
  firstFailed: null,
  answerRetries: 0,
  transportRetries: 0,
  causes: [],
  firstTokenMs: null,
  finishedMs: null,
  totalMs: { n: 24, median: 800, p95: 2_000 },
  tokensPerSecond: null,
  readPerSecond: null,
  tokensIn: 0,
  tokensOut: 0,
  costUsd: 0.024,
  costPer1000: 1,
  ...more,
});

const rise = (difference: number, lower: number, upper: number): GateInput['open'][number]['comparison'] => ({
  arm: 'open',
  prompts: 24,
  changed: 5,
  scopes: [
    {
      task: null,
      firstFailed: { pairs: 24, onlyA: 1, onlyB: 0, difference, interval: { lower, upper } },
      answerRetries: null,
      toolFailures: null,
      latencyMs: null,
      costUsd: null,
    },
  ],
});

const good: LockedVerdict = { pair: 'open:closed', task: null, verdict: 'open-good-enough', units: 8 };

const input = (more: Partial<GateInput> = {}): GateInput => ({
  settings: {},
  open: [{ arm: 'open', figures: figures(), licence: identifyLicence(undefined), comparison: rise(0, -0.1, 0.1) }],
  pairs: [pair({ verdict: 'open-good-enough' })],
  locked: [good],
  waiting: {},
  sealed: false,
  notBlind: { votes: 0, of: 0 },
  rest: { ok: true },
  imported: [],
  ...more,
});

const states = (more: Partial<GateInput>) => judge(input(more)).map(({ gate, state }) => `${gate} ${state}`);
const code = (more: Partial<GateInput>) => exitCodeOfGates(judge(input(more)));

describe('gates', () => {
  it('pass by default when nothing fell', () => {
    expect(states({})).toEqual(['blinding passed', 'retries passed', 'verdict passed']);
    expect(code({})).toBe(0);
  });

  it.each([
    ['good enough still', { verdict: 'open-good-enough' }, 0],
    ['kept closed within the margin', { verdict: 'keep-closed', withinMargin: true }, 0],
    ['keep closed', { verdict: 'keep-closed' }, 1],
    ['neither model does it', { verdict: 'open-good-enough', neither: true }, 1],
    ['undecided', { verdict: 'undecided' }, 4],
  ] as [string, Partial<ScopeVerdict>, number][])('a locked "good enough": %s', (_name, now, exit) => {
    expect(code({ pairs: [pair(now)] })).toBe(exit);
  });

  it('a locked "keep closed" cannot fall; no locked verdict at all is inactive, and no pass', () => {
    expect(code({ locked: [{ ...good, verdict: 'keep-closed' }], pairs: [pair({})] })).toBe(0);
    expect(states({ locked: [{ ...good, verdict: 'undecided' }] })).toContain('verdict inactive');
    expect(code({ locked: [] })).toBe(4);
    expect(code({ locked: [], settings: { verdicts: false } })).toBe(0);
  });

  it('say how many votes are re-used, and ask the new ones alone only where the config says so', () => {
    const reused = (within: boolean | null, used = 30) => ({
      fresh: { 'open:closed': [{ task: null, votes: 36, reused: used, within }] },
      pairs: [pair({ verdict: 'open-good-enough', units: 36 })],
    });
    const said = (more: Partial<GateInput>) => judge(input(more)).find(({ gate }) => gate === 'verdict');
    expect(said(reused(false))).toMatchObject({
      state: 'passed',
      message: 'all prompts: still good enough (36 votes hold; 30 of 36 votes are re-used).',
    });
    const fresh = { settings: { fresh: true } };
    expect(said({ ...reused(true), ...fresh })?.state).toBe('passed');
    expect(said({ ...reused(null, 36), ...fresh })?.state).toBe('passed');
    expect(said({ ...reused(false), ...fresh })).toMatchObject({
      state: 'undecided',
      message:
        'all prompts: good enough with the votes that are re-used (36 votes hold; 30 of 36 votes are re-used). The 6 new votes alone do not show it (gates.fresh). gapcheck more adds prompts of the reserve.',
    });
    expect(said({ ...reused(false), ...fresh, sealed: true })?.message).not.toMatch(/\d/);
    expect(code({ ...reused(false), ...fresh })).toBe(4);
  });

  it('ask a task that must be good enough for its new votes as well', () => {
    const facts = {
      fresh: { 'open:closed': [{ task: 'reply', votes: 12, reused: 8, within: false }] },
      pairs: [pair({ verdict: 'open-good-enough' }, { verdict: 'open-better', units: 12 })],
    };
    const said = (settings: GateInput['settings']) =>
      judge(input({ ...facts, settings: { nonInferior: ['reply'], ...settings } })).find(
        ({ gate }) => gate === 'non-inferiority',
      )?.state;
    expect([said({}), said({ fresh: true })]).toEqual(['passed', 'undecided']);
  });

  it.each([
    [0.05, -0.05, 0.2, 'passed', 0],
    [0.05, -0.05, 0.09, 'passed', 0],
    [0.2, 0.12, 0.35, 'failed', 1],
    [0.2, 0.04, 0.35, 'undecided', 4],
    [0.5, 0.28, 0.7, 'failed', 1],
  ])('retries: a rise of %d within [%d, %d] is %s', (difference, lower, upper, state, exit) => {
    const open = [{ arm: 'open', figures: figures(), licence: null, comparison: rise(difference, lower, upper) }];
    expect(states({ open })).toContain(`retries ${state}`);
    expect(code({ open })).toBe(exit);
    expect(states({ open, settings: { retryMargin: false } })).not.toContain(`retries ${state}`);
    expect(code({ open, settings: { retryMargin: 0.6 } })).toBe(0);
  });

  it('broken blinding wins over everything, imported votes never pass as blind', () => {
    const rest = (cause: 'recognised' | 'seal' | 'haste') => ({ ok: false as const, cause, why: 'So.' });
    const pairs = [pair({ verdict: 'keep-closed' })];
    expect(code({ rest: rest('recognised'), pairs })).toBe(5);
    expect(code({ rest: rest('seal'), pairs })).toBe(5);
    expect(code({ rest: rest('haste') })).toBe(4);
    expect(code({ imported: ['judge-llm'] })).toBe(4);
  });

  it('votes that were not blind count and are said; with `blinding: strict` they decide nothing', () => {
    const notBlind = { votes: 14, of: 14 };
    const gate = (settings: GateInput['settings']) =>
      judge(input({ notBlind, settings })).find(({ gate: name }) => name === 'blinding');
    expect(gate({})).toMatchObject({
      state: 'passed',
      message: expect.stringContaining('Not blind: 14 of 14 ballots'),
    });
    expect(gate({ blinding: 'strict' })).toMatchObject({ state: 'undecided' });
  });

  it('limits of open arms, and tasks that must be good enough', () => {
    const settings = {
      p95Seconds: 1,
      costPer1000: 0.5,
      licence: 'permissive' as const,
      nonInferior: ['reply', 'none'],
    };
    expect(states({ settings })).toEqual([
      'blinding passed',
      'retries passed',
      'verdict passed',
      'non-inferiority undecided',
      'non-inferiority undecided',
      'latency failed',
      'cost failed',
      'licence undecided',
    ]);
    const fine = { p95Seconds: 3, costPer1000: 2, nonInferior: ['reply'] };
    expect(
      code({ settings: fine, pairs: [pair({ verdict: 'open-good-enough' }, { verdict: 'open-good-enough' })] }),
    ).toBe(0);
  });

  it.each([
    [{ spdx: 'Apache-2.0' }, 'permissive', 'passed', 'open: Apache-2.0'],
    [{ spdx: 'CC-BY-NC-4.0' }, 'permissive', 'failed', 'open: CC-BY-NC-4.0: Non-commercial only.'],
    [{ spdx: 'CC-BY-NC-4.0' }, 'identified', 'passed', 'open: CC-BY-NC-4.0: Non-commercial only.'],
    [undefined, 'permissive', 'undecided', 'open: its licence could not be identified; read it at the provider.'],
    [undefined, 'identified', 'undecided', 'open: its licence could not be identified; read it at the provider.'],
  ] as const)('says of the licence %j, where %s is wanted: %s', (found, wanted, state, message) => {
    const open = [{ arm: 'open', figures: figures(), licence: identifyLicence(found), comparison: null }];
    const gate = judge(input({ open, settings: { licence: wanted } })).find((result) => result.gate === 'licence');
    expect(gate).toMatchObject({ scope: 'open', state, message });
  });

  it('keeps to itself whose answers failed while raters vote', () => {
    const open = [{ arm: 'open', figures: figures(), licence: null, comparison: rise(0.5, 0.28, 0.7) }];
    const sealed = judge(input({ open, sealed: true })).find(({ gate }) => gate === 'retries');
    expect(sealed).toMatchObject({ state: 'undecided', message: expect.not.stringMatching(/\d/) });
  });

  it('says no count of votes while raters vote', () => {
    const messages = (sealed: boolean) =>
      judge(input({ sealed }))
        .map(({ message }) => message)
        .join(' ');
    expect(messages(false)).toContain('9 votes hold');
    expect(messages(true)).not.toContain('votes hold');
  });

  it('people are asked for what a gate watches; for what was decided; or for everything', () => {
    const planned = (task: string | null) => (task === null ? 24 : 8);
    const keep: LockedVerdict = { ...good, task: 'reply', verdict: 'keep-closed', units: 10 };
    expect(watchedScopes('open:closed', [good, keep], {}, planned)).toEqual([good]);
    expect(watchedScopes('open:closed', [keep], {}, planned)).toEqual([keep]);
    expect(watchedScopes('open:closed', [], {}, planned)).toEqual([{ task: null, units: 24 }]);
    expect(watchedScopes('open:closed', [keep], { nonInferior: ['reply'] }, planned)).toEqual([
      { task: 'reply', units: 8 },
    ]);
  });
});

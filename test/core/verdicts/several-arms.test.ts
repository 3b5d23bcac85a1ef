import { describe, expect, it } from 'vitest';
import type { PairRecord } from '../../../src/records/run-record.ts';
import { decideRun } from '../../../src/verdicts/decide.ts';
import { gapSplits } from '../../../src/verdicts/gap-split.ts';
import { bestOpenArm, rankArms, rankComparisons } from '../../../src/verdicts/ranking.ts';
import { votedRun } from '../../helpers/voted-run.ts';

const pair = (a: string, b: string, decides = false): PairRecord => ({ a, b, decides });

describe('several arms', () => {
  it('splits the gap into quantization and model', () => {
    const pairs = [pair('open', 'closed', true), pair('open', 'control'), pair('control', 'closed')];
    const run = votedRun({ prompts: Array.from({ length: 10 }, () => ({})), pairs });
    for (let index = 0; index < 10; index += 1) {
      run.cast(index, { vote: 'loss' });
      run.cast(index, { vote: 'tie', pair: 'open:control' });
      run.cast(index, { vote: index < 8 ? 'loss' : 'win', pair: 'control:closed' });
    }
    const [split] = gapSplits(run.run, decideRun(run.input));
    expect(split?.quantization.net?.estimate).toBeCloseTo(0, 12);
    expect(split?.model.net?.estimate).toBeCloseTo(-0.6, 12);
    expect(split?.whole.net).toMatchObject({ estimate: -1, lower: -1 });
    expect(
      gapSplits(run.run, decideRun({ ...run.input, run: { ...run.run, pairs: [pair('open', 'closed', true)] } })),
    ).toEqual([]);
  });

  it('ranks four arms on one scale, best first, the closed one as zero', () => {
    const names = ['open', 'other', 'third'];
    const pairs = names.map((name) => pair(name, 'closed', true));
    const run = votedRun({ prompts: Array.from({ length: 12 }, () => ({})), pairs });
    const [template] = run.run.arms;
    run.run.arms = [
      ...names.map((name) => ({ ...(template as NonNullable<typeof template>), name, role: 'open' as const })),
      { ...(template as NonNullable<typeof template>), name: 'closed', role: 'closed' as const },
    ];
    for (let index = 0; index < 12; index += 1) {
      run.cast(index, { vote: index % 4 === 0 ? 'loss' : 'win', pair: 'open:closed' });
      run.cast(index, { vote: index % 3 === 0 ? 'loss' : 'win', pair: 'other:closed' });
      run.cast(index, { vote: index % 4 === 0 ? 'win' : 'loss', pair: 'third:closed' });
    }
    const ranking = rankArms(run.run, decideRun(run.input));
    expect(ranking?.arms.map(({ arm }) => arm)).toEqual(['open', 'other', 'closed', 'third']);
    // 9 wins of 12 against the zero point: logit .75
    expect(ranking?.arms[0]?.versusFirst?.estimate).toBeCloseTo(Math.log(3), 9);
    expect(ranking?.arms.find(({ arm }) => arm === 'closed')?.versusFirst).toBeNull();
    expect(rankArms({ ...run.run, arms: run.run.arms.slice(0, 3) }, decideRun(run.input))).toBeNull();
  });

  it('says "regularised" where an arm lost everything, and nothing about an arm nobody compared', () => {
    const lost = Array.from({ length: 12 }, (_, prompt) => ({ a: 0, b: 1, score: 1, prompt }));
    const ranking = rankComparisons(['closed', 'open', 'silent'], lost);
    expect(ranking?.regularised).toBe(true);
    expect(ranking?.arms.at(-1)).toEqual({ arm: 'silent', strength: null, versusFirst: null });
    expect(ranking?.arms.every(({ strength }) => strength === null || Number.isFinite(strength))).toBe(true);
  });

  it('calls an arm the best of two only with twice the evidence', () => {
    const pairs = [pair('open', 'closed', true), pair('other', 'closed', true)];
    const prompts = Array.from({ length: 12 }, () => ({}));
    const short = votedRun({ prompts, pairs });
    // wwwwwttl reaches 23.4: enough for one arm, not for the best of two
    for (const [index, vote] of (['win', 'win', 'win', 'win', 'win', 'tie', 'tie', 'loss'] as const).entries()) {
      short.cast(index, { vote });
      short.cast(index, { vote: 'loss', pair: 'other:closed' });
    }
    expect(decideRun(short.input)[0]?.overall.verdict).toBe('open-good-enough');
    expect(bestOpenArm(short.input)).toBeNull();
    for (const index of [8, 9, 10, 11]) short.cast(index, { vote: 'win' });
    expect(bestOpenArm(short.input)?.pair.a).toBe('open');
  });
});

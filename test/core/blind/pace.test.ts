/** The estimate of the rest of a session: the plan's minutes at first, then this rater's pace, without jumps. */
import { describe, expect, it } from 'vitest';
import { minutesLeft, votingMinutes } from '../../../src/blind/session/pace.ts';

/** Minutes before the first ballot and after each vote. */
function said(ballots: number, ms: (vote: number) => number): number[] {
  const paceMs: number[] = [];
  const progress = (voted: number) => ({ number: voted + 1, atMost: ballots - voted, voted });
  const all = [minutesLeft({ progress: progress(0), paceMs })];
  for (let vote = 0; vote < ballots - 1; vote += 1) {
    paceMs.push(ms(vote));
    all.push(minutesLeft({ progress: progress(vote + 1), paceMs: paceMs.slice(-12) }));
  }
  return all;
}

describe('about how many minutes are left', () => {
  it('begins with the minutes of the plan: 24 ballots, 18 minutes', () => {
    expect(said(24, () => 4_000).slice(0, 2)).toEqual([18, 17]);
    expect(said(24, () => 4_000)[2]).toBeGreaterThanOrEqual(16);
  });

  it('is what the plan says, also where that is rounded', () => {
    // 45 s a ballot: 22 of them are 16.5 minutes.
    for (const ballots of [2, 10, 22, 30, 58]) expect(said(ballots, () => 4_000)[0]).toBe(votingMinutes(ballots));
  });

  it('is this rater’s pace after twelve votes', () => {
    expect(said(48, () => 20_000)[12]).toBe(12);
    expect(said(48, () => 90_000)[12]).toBe(54);
  });

  it('is not moved by one long pause', () => {
    const paused = said(48, (vote) => (vote === 20 ? 900_000 : 20_000));
    expect(paused[21]).toBe(said(48, () => 20_000)[21]);
  });

  it.each<[string, (vote: number) => number]>([
    ['two seconds a ballot', () => 2_000],
    ['eight seconds a ballot', () => 8_000],
    ['six minutes a ballot', () => 360_000],
    ['quick ones and slow ones in turn', (vote) => (vote % 2 === 0 ? 2_000 : 300_000)],
    ['quick at first, then slow', (vote) => (vote < 12 ? 2_000 : 300_000)],
    ['slow at first, then quick', (vote) => (vote < 12 ? 300_000 : 2_000)],
  ])('never jumps by half from one ballot to the next: %s', (_, ms) => {
    const all = said(60, ms);
    for (const [at, minutes] of all.entries()) {
      const before = all[at - 1] ?? minutes;
      // Whole minutes: the last few cannot fall by less.
      expect([at, minutes >= before / 2 - 0.5, minutes <= before * 2 + 0.5]).toEqual([at, true, true]);
    }
  });
});

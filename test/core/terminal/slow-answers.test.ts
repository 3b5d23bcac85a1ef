/** What a run says while little happens: tokens of an answer that is being written, and when the rest is expected. */
import { describe, expect, it } from 'vitest';
import type { RunnerEvent } from '../../../src/runs/runner-events.ts';
import { everyHalfSecond } from '../../../src/runs/writing.ts';
import { createProgress } from '../../../src/terminal/progress.ts';
import { addTally, createTally, etaMs } from '../../../src/terminal/progress-tally.ts';

const minute = 60_000;
const planned = (total: number): RunnerEvent => ({
  kind: 'planned',
  arms: [{ arm: 'open', total, usable: 0, unusable: 0, todo: total }],
  spentUsd: 0,
});
const trial: RunnerEvent = { kind: 'trial', arm: 'open', prompt: 'p_1', trial: 1, state: 'usable' };
const step: RunnerEvent = { kind: 'step', arm: 'open', prompt: 'p_1', trial: 1, outcome: 'answered' };
const writing = (pieces: number): RunnerEvent => ({ kind: 'writing', arm: 'open', pieces });

/** Events with the minute at which each comes. */
function tallyOf(events: [number, RunnerEvent][]) {
  const tally = createTally();
  for (const [at, event] of events) addTally(tally, event, at * minute);
  return tally;
}

describe('when the rest is expected', () => {
  it('is a span after the first answer, from when the model was loaded', () => {
    const tally = tallyOf([
      [0, planned(13)],
      [5, { kind: 'warmed', arm: 'open', ms: 1 }],
      [7, trial],
    ]);
    // 12 are left at two minutes each: 24 minutes, give or take a factor of two.
    expect(etaMs(tally, 7 * minute)).toEqual({ from: 12 * minute, to: 48 * minute });
  });

  it('is nothing before the first answer', () => {
    expect(etaMs(tallyOf([[0, planned(4)]]), minute)).toBeUndefined();
  });

  it('does not stand at "less than a minute" while the last answers take long', () => {
    const quick = Array.from({ length: 20 }, (_, at): [number, RunnerEvent] => [at / 60, trial]);
    const tally = tallyOf([[0, planned(21)], ...quick]);
    const last = 19 / 60;
    expect(etaMs(tally, (last + 3) * minute)?.to).toBeCloseTo(3 * minute, -2);
    expect(etaMs(tally, (last + 8) * minute)?.to).toBeCloseTo(8 * minute, -2);
  });

  it('is said in a line', () => {
    let text = '';
    let at = 0;
    const progress = createProgress({
      stream: { write: (more) => (text += more), columns: 120 },
      interactive: true,
      now: () => new Date(at),
    });
    progress.on(planned(13));
    at = 2 * minute;
    progress.on(step);
    progress.on(trial);
    progress.close();
    expect(text).toContain('About 12 to 48 min left. Then run gapcheck score.');
  });
});

describe('an answer that takes long', () => {
  const shown = (interactive: boolean, events: [number, RunnerEvent][]): string => {
    let text = '';
    let at = 0;
    const progress = createProgress({
      stream: { write: (more) => (text += more), columns: 120 },
      interactive,
      now: () => new Date(at),
    });
    for (const [minutes, event] of events) {
      at = minutes * minute;
      progress.on(event);
    }
    progress.close();
    return text;
  };

  it('shows its tokens on the bar, and no longer when it is whole', () => {
    const begun: [number, RunnerEvent][] = [
      [0, planned(2)],
      [1, writing(900)],
      [2, writing(312)],
    ];
    expect(shown(true, begun)).toContain('writing, 1,212 tokens so far');
    expect(
      shown(true, [...begun, [3, step], [3, trial]])
        .split('\r')
        .at(-1),
    ).not.toContain('tokens so far');
  });

  it('shows them once a minute without a terminal', () => {
    const text = shown(false, [
      [0, planned(2)],
      [0.5, writing(300)],
      [1.1, writing(300)],
      [1.5, writing(300)],
      [2.2, writing(300)],
    ]);
    expect(text.trim().split('\n')).toEqual([
      'open 0 of 2 (writing, 600 tokens so far)',
      'open 0 of 2 (writing, 1,200 tokens so far)',
    ]);
  });

  it('is told of twice a second, whatever comes', () => {
    let at = 10_000;
    const said: number[] = [];
    const piece = everyHalfSecond(
      () => new Date(at),
      (pieces) => said.push(pieces),
    );
    for (let n = 0; n < 100; n += 1) {
      piece();
      at += 10;
    }
    expect(said).toEqual([1, 50]);
  });
});

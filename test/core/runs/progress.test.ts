import { describe, expect, it } from 'vitest';
import type { RunnerEvent, RunOutcome } from '../../../src/runs/runner-events.ts';
import { createProgress } from '../../../src/terminal/progress.ts';

const start = new Date(2026, 10, 21, 14, 0, 0).getTime();
const arms = [
  { arm: 'closed', total: 200, usable: 0, unusable: 0, todo: 200 },
  { arm: 'open', total: 200, usable: 0, unusable: 0, todo: 200 },
];
const outcome: RunOutcome = { ended: 'complete', arms: [], spentUsd: 0 };

function play(interactive: boolean, columns = 80, session = interactive) {
  let at = start;
  let written = '';
  let writes = 0;
  const write = (text: string) => {
    written += text;
    writes += 1;
  };
  const progress = createProgress({ stream: { write, columns }, interactive, session, now: () => new Date(at) });
  const tell = (event: RunnerEvent, afterMs = 0) => {
    at += afterMs;
    progress.on(event);
  };
  const trial = (arm: string, state: 'usable' | 'unusable' | 'missing' = 'usable', ms = 5_000) => {
    tell({ kind: 'step', arm, prompt: 'p_1', trial: 1, outcome: 'answered', tokensPerSecond: 84, costUsd: 0.001 }, ms);
    tell({ kind: 'trial', arm, prompt: 'p_1', trial: 1, state });
  };
  tell({ kind: 'planned', arms, spentUsd: 0.5 });
  return {
    tell,
    trial,
    close: () => progress.close(),
    all: () => written,
    writes: () => writes,
    frame: () => written.split('\x1b[0J').at(-1) ?? '',
  };
}

describe('progress in a terminal', () => {
  it('shows per arm what is done, how fast and what it cost, and when it is ready', () => {
    const screen = play(true);
    for (let done = 0; done < 20; done += 1) {
      screen.trial('closed', done === 3 ? 'unusable' : 'usable');
      screen.tell({ kind: 'retry', arm: 'closed', because: 'answer', waitMs: 0 });
      screen.trial('open');
    }
    screen.close();
    expect(screen.frame()).toMatchInlineSnapshot(`
      " Getting answers. Ctrl-C stops; everything answered so far is kept.
         closed  ██░░░░░░░░░░░░░░░░░░   20 of 200   84 tokens/s · $0.02
         open    ██░░░░░░░░░░░░░░░░░░   20 of 200   84 tokens/s · $0.02
       About 29 min left, until 14:32. Then the blind session starts. $0.54 spent.
      "
    `);
  });

  it('fits any width, and draws over exactly what it drew', () => {
    for (const columns of [20, 40, 200]) {
      const screen = play(true, columns);
      for (let done = 0; done < 20; done += 1) screen.trial('open');
      const lines = screen.frame().split('\n');
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThan(columns);
      const ups = [...screen.all().matchAll(/\x1b\[(\d)A/g)].map((match) => Number(match[1]));
      expect(ups.every((up) => up === 3 || up === 4)).toBe(true);
    }
  });

  it('redraws at most ten times a second, rings at the end, hides no cursor', () => {
    const screen = play(true);
    for (let done = 0; done < 190; done += 1) screen.trial('open', 'usable', 1);
    expect(screen.writes()).toBeLessThan(5);
    screen.tell({ kind: 'ended', outcome });
    expect(screen.all().endsWith('\x07')).toBe(true);
    expect(screen.all()).not.toMatch(/\x1b\[\?/);
  });

  it('after Ctrl-C promises nothing more, and calls no answer failed that was cut off', () => {
    const screen = play(true);
    for (const arm of ['closed', 'open']) for (let done = 0; done < 20; done += 1) screen.trial(arm);
    screen.trial('open', 'missing');
    expect(screen.frame()).toContain(' min left');
    screen.tell({ kind: 'stopping', inFlight: 8, graceMs: 5_000 });
    for (let cut = 0; cut < 8; cut += 1) screen.trial('open', 'missing');
    screen.close();
    expect(screen.frame()).toContain('20 of 200   1 missing');
    expect(screen.frame()).not.toMatch(/left|Then|Getting/);
  });

  it('does not send to scoring where an arm has stopped', () => {
    const screen = play(true);
    for (let done = 0; done < 20; done += 1) screen.trial('open');
    screen.tell({ kind: 'stopped', arm: 'closed', reason: '401' });
    expect(screen.frame()).toMatch(/ About \d+ min left for the rest, until \d\d:\d\d\. \$/);
    expect(screen.frame()).not.toContain('Then');
  });

  it('promises nothing either when the cost limit ended it', () => {
    const screen = play(false);
    for (const arm of ['closed', 'open']) for (let done = 0; done < 20; done += 1) screen.trial(arm);
    screen.tell({ kind: 'ended', outcome: { ...outcome, ended: 'budget' } });
    expect(screen.all().trimEnd().split('\n').at(-1)).toMatch(/^10%: closed 20 of 200.*open 20 of 200 .*spent\.$/);
    expect(screen.all()).not.toMatch(/left/);
  });

  it('lets no name or message steer the terminal', () => {
    const screen = play(true);
    screen.tell({ kind: 'stopped', arm: 'open', reason: 'bad\x1b[2Jkey\u202e\r\n', hint: 'set OPENAI_API_KEY' });
    expect(screen.all()).toContain('open stopped: bad␛[2Jkey<U+202E> \n  Next: set OPENAI_API_KEY\n');
  });
});

describe('progress without a terminal', () => {
  it('writes plain lines at 25, 50, 75 and 100 %, and no escape', () => {
    const screen = play(false);
    for (let done = 0; done < 200; done += 1) {
      screen.trial('closed');
      screen.trial('open');
    }
    screen.tell({ kind: 'ended', outcome });
    const lines = screen.all().trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, 5).trim())).toEqual(['25%:', '50%:', '75%:', '100%:']);
    expect(lines[1]).toBe(
      '50%: closed 100 of 200 (84 tokens/s, $0.10), open 100 of 200 (84 tokens/s, $0.10). About 16 min left, until 14:33. Then run gapcheck score. $0.70 spent.',
    );
    expect(screen.all()).not.toMatch(/[\x1b\x07]/);
  });
});

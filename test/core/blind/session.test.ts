import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Ballot } from '../../../src/blind/ballot.ts';
import type { Size } from '../../../src/blind/screen/drawn-frame.ts';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { minimumMs } from '../../../src/blind/session/ballot-keys.ts';
import { commands, votes } from '../../../src/blind/session/keys.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import type { Effect, NoMore, SessionEvent, SessionState, VoteEntry } from '../../../src/blind/session/state.ts';
import { longText, ticketBallot } from '../../helpers/sample-ballots.ts';

/** Plays a session against a port in memory, drawing after every event as the real loop does. */
function play(ballots: readonly Ballot[], size: Size = { columns: 110, rows: 30 }) {
  const screen = createScreen();
  const written: (VoteEntry | { undo: number } | { guess: string; of: number } | { finish: true })[] = [];
  const undone = new Set<number>();
  const effects: Effect[] = [];
  let full = false;
  let at = 0;
  let { state } = startSession('maria', at);
  const voted = (): string[] =>
    written.flatMap((line, n) => ('ballot' in line && !undone.has(n + 1) ? [line.ballot] : []));
  const append = (line: (typeof written)[number]): SessionEvent => {
    if (full) return { type: 'failed', at, message: 'the disk is full' };
    written.push(line);
    return { type: 'appended', at, n: written.length };
  };
  const perform = (effect: Effect): SessionEvent | undefined => {
    effects.push(effect);
    if (effect.type === 'vote') return append(effect.vote);
    if (effect.type === 'undo') {
      undone.add(effect.n);
      return append({ undo: effect.n });
    }
    if (effect.type === 'guess') return append({ guess: effect.guess, of: effect.of });
    if (effect.type === 'finish') return append({ finish: true });
    if (effect.type === 'guesses')
      return { type: 'guesses', at, guesses: ballots.slice(0, 2).map((ballot, of) => ({ ballot, of: of + 1 })) };
    if (effect.type === 'close') return { type: 'closed', at, votes: voted().length, fingerprint: 'f'.repeat(64) };
    if (effect.type === 'quit') return undefined;
    const left = ballots.filter(({ id }) => !voted().includes(id));
    const [ballot] = left;
    if (!ballot) return { type: 'no-more', at, votes: voted().length };
    const done = ballots.length - left.length;
    return { type: 'ballot', at, ballot, progress: { number: done + 1, atMost: left.length, voted: done } };
  };
  const dispatch = (event: SessionEvent): void => {
    const next = reduce(state, event);
    state = next.state;
    for (const effect of next.effects) {
      const answer = perform(effect);
      if (answer) dispatch(answer);
    }
  };
  const draw = (): string[] => {
    const frame = screen.draw(state, size);
    if (frame.viewed) state = reduce(state, frame.viewed).state;
    return frameText(screen.draw(state, size));
  };
  dispatch({ type: 'tick', at });
  for (const effect of startSession('maria', 0).effects) {
    const answer = perform(effect);
    if (answer) dispatch(answer);
  }
  draw();
  return {
    press(key: string, after = minimumMs) {
      at += after;
      dispatch({ type: 'key', at, key, text: key.length === 1 ? key : '' });
      return draw().join('\n');
    },
    screen: () => draw().join('\n'),
    state: (): SessionState => state,
    fill: (value: boolean) => {
      full = value;
    },
    written,
    effects,
  };
}

const ballots = (n: number): Ballot[] =>
  Array.from({ length: n }, (_, at): Ballot => ({ ...ticketBallot, id: `b_${at}` }));

describe('a session that was left at its last page', () => {
  const opened = (more: Partial<NoMore>) => {
    const { state } = startSession('maria', 0, {});
    return reduce(state, { type: 'no-more', at: 1, votes: 8, ...more });
  };

  it('asks again whether the votes become final, and there is nothing to undo', () => {
    const { state, effects } = opened({ open: true });
    expect([state.phase, effects]).toEqual(['last', []]);
    const screen = frameText(createScreen().draw(state, { columns: 80, rows: 24 })).join('\n');
    expect(screen).toContain('make the votes final');
    expect(screen).toContain('decide later');
    expect(screen).not.toContain('undo');
    expect(reduce(state, { type: 'key', at: 2, key: 'q' }).effects).toEqual([{ type: 'quit', why: 'saved' }]);
    expect(reduce(state, { type: 'key', at: 2, key: 'enter' }).effects).toEqual([{ type: 'finish' }]);
  });

  it('goes on to its question where they are final, and ends where a week brings more', () => {
    expect(opened({}).effects).toEqual([{ type: 'finish' }]);
    expect(opened({ open: true, later: true }).effects).toEqual([{ type: 'quit', why: 'saved' }]);
  });
});

describe('votes that come too fast to have been read', () => {
  const said = /Too fast: if half of your votes take under 3 s, nothing may rest on them\./;

  it('are told of once, at the fifth, while there is time to read', () => {
    const fast = play(ballots(8));
    fast.press('enter');
    const screens = Array.from({ length: 7 }, () => fast.press('f', 2_000));
    expect(screens.map((screen) => said.test(screen))).toEqual([false, false, false, false, true, false, false]);
  });

  it('are not those of somebody who reads half of the ballots', () => {
    const slow = play(ballots(8));
    slow.press('enter');
    for (const ms of [2_000, 2_000, 3_100, 3_100, 3_100, 2_000, 3_100]) expect(slow.press('f', ms)).not.toMatch(said);
  });
});

describe('the page before the first ballot', () => {
  const first = (voted: number, introduces = true): SessionState =>
    reduce(startSession('maria', 0, { introduces }).state, {
      type: 'ballot',
      at: 0,
      ballot: ticketBallot,
      progress: { number: voted + 1, atMost: 24 - voted, voted },
    }).state;

  test.each([
    [40, 12],
    [80, 24],
  ])('is whole at %i×%i, and Enter begins; time there is no reading time', (columns, rows) => {
    const text = frameText(createScreen().draw(first(0), { columns, rows })).join('\n');
    expect(text).toMatch(/one prompt and two[\s\S]*LEFT better[\s\S]*both unusable[\s\S]*Press Enter to begin\./);
    expect(text).not.toContain('…');
    expect(reduce(first(0), { type: 'key', at: 1, key: 'f' }).state).toMatchObject({
      phase: 'start',
      notice: '"f" does nothing here. Enter begins.',
    });
    const { state, effects } = reduce(first(0), { type: 'key', at: 60_000, key: 'enter' });
    expect({ effects, phase: state.phase, shownAt: state.shownAt }).toEqual({
      effects: [],
      phase: 'ballot',
      shownAt: 60_000,
    });
    expect(reduce(state, { type: 'key', at: 60_100, key: 'f' }).effects).toEqual([]);
  });

  test('? shows all keys and comes back to it; no ballot is shown before Enter', () => {
    const press = (state: SessionState, key: string) => reduce(state, { type: 'key', at: 5_000, key }).state;
    const help = press(first(0), '?');
    const text = frameText(createScreen().draw(help, { columns: 80, rows: 24 })).join('\n');
    expect(text).toContain('both unusable');
    expect(text).not.toContain('Export');
    expect(press(press(help, 'down'), 'x').phase).toBe('start');
    expect(press(press(press(help, 'x'), 'enter'), '?').phase).toBe('help');
    expect(press(press(press(press(help, 'x'), 'enter'), '?'), 'x').phase).toBe('ballot');
  });

  test('comes once, not when a session goes on, and not where there is another one', () => {
    expect([first(1).phase, first(0, false).phase]).toEqual(['ballot', 'ballot']);
    expect(reduce(first(0), { type: 'key', at: 1, key: 'q' }).effects).toEqual([{ type: 'quit', why: 'saved' }]);
  });
});

describe('votes', () => {
  test.each([
    ['f', 'left', []],
    ['d', 'left', ['right']],
    ['space', 'tie', []],
    ['b', 'both-bad', ['left', 'right']],
    ['j', 'right', []],
    ['k', 'right', ['left']],
  ])('%s records choice and retries', (key, choice, retry) => {
    const session = play(ballots(2));
    session.press(key);
    expect(session.written).toEqual([{ ballot: 'b_0', choice, retry, view: 'plain', ms: minimumMs }]);
    expect(session.state().ballot?.id).toBe('b_1');
  });

  test('no key stands for two things', () => {
    const keys = [...Object.values(votes), ...Object.values(commands)].map(({ key }) => key);
    expect(keys).toHaveLength(18);
    expect(new Set(keys).size).toBe(18);
  });

  test('none before 1.5 seconds, and none from a key held down', () => {
    const session = play(ballots(3));
    expect(session.press('f', minimumMs - 1)).toContain('1.5 seconds');
    expect(session.written).toEqual([]);
    session.press('f', 500);
    expect(session.written).toHaveLength(1);
    for (let at = 0; at < 200; at += 1) session.press('f', 30);
    expect(session.written).toHaveLength(1);
    session.press('f', 500);
    expect(session.written).toHaveLength(2);
  });

  test('none before a long answer has been seen to its end', () => {
    const long: Ballot = { ...ticketBallot, right: { kind: 'text', text: longText(6_000) } };
    const session = play([long]);
    expect(session.press('f')).toContain('Read to the end first: RIGHT');
    for (let page = 0; page < 12; page += 1) session.press('pagedown');
    session.press('home');
    session.press('f');
    expect(session.written).toHaveLength(1);
  });

  test('one answer at a time: the other has to be looked at', () => {
    const session = play(ballots(1), { columns: 40, rows: 12 });
    expect(session.press('end')).toContain('Tab: RIGHT');
    expect(session.press('f')).toContain(' › Press Tab: you have not seen RIGHT');
    const long = play([{ ...ticketBallot, left: { kind: 'text', text: longText(2_000) } }], { columns: 40, rows: 12 });
    expect(long.press('f')).toContain('PgDn first: LEFT goes on below');
    session.press('tab');
    session.press('end');
    session.press('f');
    expect(session.written).toHaveLength(1);
  });

  test('undo brings the ballot back with its note, once, until the next vote', () => {
    const session = play(ballots(3));
    session.press('n');
    for (const key of ['h', 'i', 'enter']) session.press(key);
    session.press('d');
    expect(session.press('u')).toContain('The vote is undone');
    expect(session.state().ballot?.id).toBe('b_0');
    expect(session.press('u')).toContain('There is nothing to undo');
    session.press('f');
    session.press('f');
    expect(session.written).toMatchObject([
      { ballot: 'b_0', note: 'hi', choice: 'left', retry: ['right'] },
      { undo: 1 },
      { ballot: 'b_0', note: 'hi', retry: [] },
      { ballot: 'b_1' },
    ]);
  });

  test('a vote that is cast again has the time of the whole reading, and waits for nothing', () => {
    const session = play(ballots(2));
    session.press('f', 20_000);
    session.press('u', 300);
    session.press('j', 500);
    expect(session.written).toMatchObject([{ ms: 20_000 }, { undo: 1 }, { choice: 'right', ms: 20_500 }]);
  });

  test('a full disk says so, keeps the ballot, and goes on when there is room', () => {
    const session = play(ballots(2));
    session.fill(true);
    expect(session.press('f')).toContain('! the disk is full Nothing is lost');
    expect(session.state().ballot?.id).toBe('b_0');
    session.fill(false);
    session.press('f');
    expect(session.written).toHaveLength(1);
  });

  test('skip needs a reason; recognised needs a side and a cause; pauses do not count', () => {
    const session = play(ballots(3));
    session.press('s');
    session.press('f');
    expect(session.written).toEqual([]);
    session.press('2');
    expect(session.written).toMatchObject([{ choice: 'skip', retry: [], reason: 'the prompt is unclear or broken' }]);
    for (const key of ['i', 'r', '2']) session.press(key);
    session.press('z');
    session.press('z', 60_000);
    session.press('j');
    expect(session.written[1]).toMatchObject({ recognised: { closed: 'right', cause: 'style' }, ms: 3 * minimumMs });
  });
});

describe('the end', () => {
  test('undo still works; then finish, guesses, thanks with count and fingerprint, quit', () => {
    const session = play(ballots(2));
    session.press('f');
    expect(session.press('k')).toContain('That was the last ballot');
    expect(session.press('u')).toContain('The vote is undone');
    session.press('b');
    expect(session.press('enter')).toContain('could you tell the models apart?');
    session.press('enter');
    session.press('left');
    session.press('space');
    expect(session.screen()).toContain('Your 2 votes are final.');
    expect(session.screen()).toContain(`Their fingerprint is ${'f'.repeat(12)}…`);
    session.press('enter');
    expect(session.written.slice(-3)).toEqual([
      { finish: true },
      { guess: 'left', of: 1 },
      { guess: 'unknown', of: 2 },
    ]);
    expect(session.effects.at(-1)).toEqual({ type: 'quit', why: 'done' });
  });

  test('guessing can be declined, and q saves', () => {
    const session = play(ballots(1));
    session.press('f');
    session.press('enter');
    expect(session.press('n')).toContain('Your 1 vote is final.');
    const other = play(ballots(1));
    other.press('q');
    expect(other.effects.at(-1)).toEqual({ type: 'quit', why: 'saved' });
  });
});

test('a key that does nothing says so, on every page that takes keys', () => {
  const session = play(ballots(2));
  expect(session.press('g')).toContain('"g" does nothing here. ? shows all keys.');
  expect(session.press('escape')).toContain('Escape does nothing here.');
  session.press('s');
  expect(session.press('9')).toContain('"9" does nothing here.');
  session.press('escape');
  session.press('f');
  session.press('f');
  expect(session.press('x')).toContain('"x" does nothing here.');
  session.press('enter');
  expect(session.press('y')).toContain('"y" does nothing here.');
  session.press('enter');
  expect(session.press('d')).toContain('"d" does nothing here. f, j or space answers; Esc pauses; q ends the guesses.');
});

test('Esc pauses the guesses and keeps them; q there comes back in the next session', () => {
  const session = play(ballots(2));
  for (const key of ['f', 'f', 'enter', 'enter', 'left']) session.press(key);
  expect(session.press('escape')).toContain('Paused. Your guesses so far are saved');
  expect(session.press('enter')).toContain('2 of 2');
  session.press('escape');
  session.press('q');
  expect(session.effects.at(-1)).toEqual({ type: 'quit', why: 'saved' });
  expect(session.written.slice(-1)).toEqual([{ guess: 'left', of: 1 }]);
});

test('whatever is pressed: one vote per ballot stands, nothing before its time, every frame fits', () => {
  const key = fc.constantFrom(
    'd',
    'f',
    'space',
    'j',
    'k',
    'b',
    's',
    'u',
    'p',
    'm',
    'n',
    'i',
    'x',
    'z',
    '?',
    'tab',
    'enter',
    'escape',
    'pagedown',
    'end',
    'up',
    '1',
    '4',
    'l',
    'backspace',
  );
  const size = fc.record({ columns: fc.integer({ min: 20, max: 130 }), rows: fc.integer({ min: 6, max: 40 }) });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.constantFrom(10, 700, 1600)), { maxLength: 40 }), size, (keys, window) => {
      const session = play(ballots(3), window);
      for (const [name, after] of keys) {
        const lines = session.press(name, after).split('\n');
        expect(lines).toHaveLength(window.rows);
      }
      const undone = session.written.flatMap((line) => ('undo' in line ? [line.undo] : []));
      const standing = session.written.filter((line, at) => 'ballot' in line && !undone.includes(at + 1));
      expect(new Set(standing.map((line) => 'ballot' in line && line.ballot)).size).toBe(standing.length);
      for (const line of session.written)
        if ('ballot' in line && line.choice !== 'skip') expect(line.ms).toBeGreaterThanOrEqual(minimumMs);
    }),
    { numRuns: 60 },
  );
});

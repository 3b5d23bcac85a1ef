/** A ballot of two agents on the screen: a diff that can be read, and steps behind a key that is no part of the reading. */
import { describe, expect, test } from 'vitest';
import { lineWidth } from '../../../src/blind/lines.ts';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import type { SessionState } from '../../../src/blind/session/state.ts';
import { renderLine } from '../../../src/terminal/frame.ts';
import { agentBallot, ticketBallot } from '../../helpers/sample-ballots.ts';

const progress = { number: 7, atMost: 17, voted: 6 };
const begun = (ballot = agentBallot): SessionState =>
  reduce(startSession('maria', 0).state, { type: 'ballot', at: 0, ballot, progress }).state;

/** A session in memory that draws after every key, as the real loop does. */
function play(size = { columns: 100, rows: 30 }, ballot = agentBallot) {
  const screen = createScreen();
  let state = begun(ballot);
  let at = 0;
  const draw = (): string => {
    const frame = screen.draw(state, size);
    if (frame.viewed) state = reduce(state, frame.viewed).state;
    return frameText(screen.draw(state, size)).join('\n');
  };
  draw();
  return {
    press(key: string): string {
      at += 2_000;
      state = reduce(state, { type: 'key', at, key, text: key }).state;
      return draw();
    },
    screen: draw,
    state: () => state,
  };
}

describe('the answers', () => {
  test('stand as diff and last message, beside each other', () => {
    const text = play({ columns: 110, rows: 40 }).screen();
    expect(text).toContain('Changed file: src/cart.ts');
    expect(text).toContain('New file: test/cart.test.ts');
    expect(text).toMatch(/-\s+sum \+= item\.price \* \(1 \+ taxRate\);/);
    expect(text).toContain('Last message');
    expect(text).toContain('w steps');
  });

  test.each([
    [80, 24],
    [120, 40],
    [200, 60],
    [40, 24],
  ])('no line leaves a screen of %i × %i, and every line of both diffs can be reached', (columns, rows) => {
    const session = play({ columns, rows });
    let text = session.screen();
    let seen = text;
    for (let page = 0; page < 40; page += 1) {
      text = session.press(page % 2 === 0 ? 'pagedown' : 'tab');
      seen += text;
      for (const line of createScreen().draw(session.state(), { columns, rows }).lines)
        expect(lineWidth(line)).toBeLessThanOrEqual(columns);
    }
    expect(seen.replace(/\s/g, '')).toContain('gift-card');
    expect(session.state().seen).toMatchObject({ left: true, right: true });
  });

  test('what is added is green and what is taken away is red, the same on either side', () => {
    const screen = createScreen();
    const coloured = (state: SessionState) =>
      screen
        .draw(state, { columns: 200, rows: 60 })
        .lines.map((line) => renderLine(line, true))
        .join('\n');
    const [one, other] = [
      coloured(begun()),
      coloured(begun({ ...agentBallot, id: 'b_000000000000000a', left: agentBallot.right, right: agentBallot.left })),
    ];
    for (const frame of [one, other]) {
      expect(frame).toContain("\u001b[32m+    const rate = item.kind === 'gift-card' ? 0 : taxRate;");
      expect(frame).toContain('\u001b[31m-    sum += item.price * (1 + taxRate);');
      expect(frame).toContain('\u001b[32m+function taxOf(item: Item): number {');
    }
    expect(renderLine([{ text: '+ x', style: 'added' }], false)).toBe('+ x');
  });
});

describe('the steps', () => {
  test('w shows those of both sides, and w goes back to where the answers stood', () => {
    const session = play({ columns: 80, rows: 24 });
    session.press('pagedown');
    const { top } = session.state();
    expect(top.left).toBeGreaterThan(0);
    const steps = session.press('w');
    expect(steps).toContain('LEFT steps');
    expect(steps).toContain('RIGHT steps');
    expect(steps).toContain('search taxRate');
    expect(steps).toContain('plan   find where tax is added');
    expect(session.press('w')).not.toContain('LEFT steps');
    expect(session.state().top).toEqual(top);
  });

  test('the end of the steps is no end of an answer: a vote waits until the answers were read', () => {
    const session = play({ columns: 80, rows: 24 });
    expect(session.state().seen).toMatchObject({ left: false });
    session.press('w');
    session.press('end');
    expect(session.state().seen.left).toBe(false);
    expect(session.press('f')).toContain('w goes back to the answers.');
    expect(session.state().phase).toBe('ballot');
  });

  test('they are gone with the next ballot, and Escape leaves them', () => {
    const session = play();
    session.press('w');
    expect(
      reduce(session.state(), { type: 'ballot', at: 9_000, ballot: ticketBallot, progress }).state.steps,
    ).toBeUndefined();
    session.press('escape');
    expect(session.state().steps).toBeUndefined();
  });

  test('ordinary answers have none: the key says so, and no bar and no help names it', () => {
    const session = play({ columns: 160, rows: 40 }, ticketBallot);
    expect(session.screen()).not.toContain('w steps');
    expect(session.press('?')).not.toContain('step by step');
    session.press('escape');
    expect(session.press('w')).toContain('These answers have no steps.');
    expect(play({ columns: 160, rows: 40 }).press('?')).toContain('what each agent did, step by step');
  });

  test('they hold neither number, time, cost nor outcome', () => {
    const text = play().press('w');
    expect(text.split('\n').slice(4, 12).join('\n')).not.toMatch(/[$€]|\d+ ?(?:ms|s)\b|failed|\bok\b|#\d/);
  });
});

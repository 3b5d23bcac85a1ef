/** What the raw view shows, over all its lines, is the answer with invisible marks made visible, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src/blind/screen/panes.ts';
import { createScreen } from '../../../src/blind/screen/screen.ts';
import { createSessionEngine } from '../../../src/blind/session/engine.ts';
import { answerBlocks } from '../../../src/blind/shown-text.ts';
import { randomAnswer } from '../../helpers/random-answers.ts';
import { ticketBallot } from '../../helpers/sample-ballots.ts';

/** Written here again, from the rule: joiners are letters; all other marks that draw nothing are drawn by their number. */
function visible(text: string): string {
  return Array.from(
    text.replace(
      /[\u{1f3f4}][\u{e0030}-\u{e007a}]{3,6}\u{e007f}/gu,
      (flag) => `\u{f0000}${btoa(encodeURIComponent(flag))}\u{f0001}`,
    ),
  )
    .map((point) => {
      const code = point.codePointAt(0) ?? 0;
      if (/[\n\r\t\u000b\u000c\u0085\u2028\u2029]/.test(point)) return ' ';
      if (code < 0x20) return String.fromCodePoint(0x2400 + code);
      if (code === 0x7f) return '\u2421';
      if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
      const isMark =
        (code >= 0x80 && code <= 0x9f) ||
        (code >= 0xfff0 && code <= 0xfffb) ||
        code === 0xfffe ||
        code === 0xffff ||
        (code >= 0xe0000 && code <= 0xe0fff && !(code >= 0xe0100 && code <= 0xe01ef)) ||
        [0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0xfeff].includes(code) ||
        (code >= 0x202a && code <= 0x202e) ||
        (code >= 0x2060 && code <= 0x206f) ||
        (code >= 0x1bca0 && code <= 0x1bca3) ||
        (code >= 0x1d173 && code <= 0x1d17a);
      return isMark ? `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>` : point;
    })
    .join('')
    .replace(/\u{f0000}([^\u{f0001}]*)\u{f0001}/gu, (_, flag: string) => decodeURIComponent(atob(flag)));
}

/** Where a line breaks, blanks may go. */
const bare = (text: string): string => text.replace(/\s/gu, '');

const linesOf = (text: string, columns: number): string[] =>
  layOut(answerBlocks({ kind: 'text', text }, 'raw'), columns)
    .lines(0, 100_000)
    .map((line) => line.map((part) => part.text).join(''));

describe('the raw view', () => {
  it('holds every character of any text, in order, and no other', () => {
    const anyText = fc.oneof(randomAnswer, fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 140 }), (text, columns) => {
        expect(bare(linesOf(text, columns).join('\n'))).toBe(bare(visible(text)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows no control character, direction mark or lone surrogate', () => {
    fc.assert(
      fc.property(randomAnswer, (text) => {
        const shown = linesOf(text, 60).join('\n');
        expect(shown).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/,
        );
        expect(shown).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 500 },
    );
  });

  it('is whole over all pages that a rater turns', async () => {
    const text = Array.from({ length: 90 }, (_, at) => `row ${at} \u200b 👍 ${'word '.repeat(at % 9)}`).join('\n');
    let time = 0;
    let dealt = false;
    const ballot = {
      ...ticketBallot,
      left: { kind: 'text' as const, text },
      right: { kind: 'text' as const, text: 'x' },
    };
    const engine = createSessionEngine(
      'maria',
      {
        next: async () => {
          if (dealt) return { votes: 0 };
          dealt = true;
          return { ballot, progress: { number: 1, atMost: 1, voted: 0 } };
        },
        append: async () => ({ n: 1 }),
        guesses: async () => [],
        close: async () => ({ votes: 0, fingerprint: '' }),
      },
      () => time,
      { introduces: false },
    );
    const screen = createScreen();
    const press = async (key: string): Promise<void> => {
      time += 2_000;
      await engine.dispatch({ type: 'key', at: time, key, text: '' });
    };
    await engine.dispatch({ type: 'tick', at: 0 });
    if (engine.state().view !== 'raw') await press('m');
    const rows: string[] = [];
    for (let page = 0; page < 40; page += 1) {
      const { lines, viewed } = screen.draw(engine.state(), { columns: 100, rows: 24 });
      for (const line of lines)
        rows.push(
          line
            .map((part) => part.text)
            .join('')
            .split('│')[0]
            ?.trim() ?? '',
        );
      if (viewed) engine.viewed(viewed);
      await press('pagedown');
    }
    for (const line of linesOf(text, 47)) expect(rows.some((row) => row.includes(line.trim()))).toBe(true);
  });
});

import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Line } from '../../../src/blind/lines.ts';
import { createFrameWriter, renderLine, wantsColour } from '../../../src/terminal/frame.ts';
import { keyPress } from '../../../src/terminal/key-presses.ts';
import { printable, printableLine } from '../../../src/text/printable.ts';

function writer(columns?: number) {
  const stream = Object.assign(new PassThrough(), columns !== undefined && { columns });
  const frames = createFrameWriter(stream as unknown as NodeJS.WriteStream, { coloured: false });
  return { frames, taken: () => (stream.read() as Buffer | null)?.toString() ?? '' };
}

const line = (text: string): Line => [{ text }];

describe('frames', () => {
  test('only changed lines are written, in one piece; nothing changed writes nothing', () => {
    const { frames, taken } = writer();
    frames.open();
    frames.draw([line('one'), line('two'), line('three')]);
    expect(taken()).toContain('\u001b[2;1Htwo');
    frames.draw([line('one'), line('2'), line('three')]);
    expect(taken()).toBe('\u001b[?2026h\u001b[2;1H2\u001b[K\u001b[?2026l');
    frames.draw([line('one'), line('2'), line('three')]);
    expect(taken()).toBe('');
    frames.forget();
    frames.draw([line('one'), line('2'), line('three')]);
    expect(taken()).toContain('\u001b[2J');
  });

  test('a row that fills the terminal keeps its last sign, and a shorter one leaves nothing of an older frame', () => {
    const { frames, taken } = writer(6);
    frames.draw([line('abcdef'), [{ text: 'ab' }, { text: 'ef', column: 4 }], line('ab│def'), line('abcde')]);
    expect(taken()).toBe(
      [
        '\u001b[?2026h\u001b[2J\u001b[1;1Habcdef',
        '\u001b[2;1Hab\u001b[K\u001b[5Gef',
        '\u001b[3;1H\u001b[2Kab│def',
        '\u001b[4;1Habcde\u001b[K\u001b[?2026l',
      ].join(''),
    );
  });

  test('closing gives back the screen, the cursor and wrapping, once', () => {
    const { frames, taken } = writer();
    frames.close();
    expect(taken()).toBe('');
    frames.open();
    taken();
    frames.close();
    frames.close();
    expect(taken()).toBe('\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l');
  });

  test('whatever a span holds, the only escapes are ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const bytes = renderLine(
          [
            { text, style: 'failure' },
            { text, column: 5 },
          ],
          true,
        );
        const ours = bytes
          .replaceAll('\u001b[1;31m', '')
          .replaceAll('\u001b[0m', '')
          .replaceAll('\u001b[K\u001b[6G', '');
        expect(ours).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  test('colour is optional and NO_COLOR wins; without it weight remains', () => {
    const tty = { isTTY: true };
    expect(wantsColour({}, tty)).toBe(true);
    expect(wantsColour({ NO_COLOR: '1', FORCE_COLOR: '1' }, tty)).toBe(false);
    expect(wantsColour({ NO_COLOR: '' }, tty)).toBe(true);
    expect(wantsColour({ TERM: 'dumb' }, tty)).toBe(false);
    expect(wantsColour({ FORCE_COLOR: '1' }, {})).toBe(true);
    expect(renderLine([{ text: 'f', style: 'key' }], false)).toBe('\u001b[1mf\u001b[0m');
  });
});

describe('printable', () => {
  test('keeps lines where they are wanted, and only there', () => {
    expect(printable('a\u001b[2Jb\nc')).toBe('a␛[2Jb\nc');
    expect(printableLine('a\nb\u0007')).toBe('a b␇');
  });
});

describe('keys', () => {
  test.each([
    ['f', { name: 'f' }, { key: 'f', text: 'f' }],
    ['F', { name: 'f', shift: true }, { key: 'f', text: 'F' }],
    [' ', { name: 'space' }, { key: 'space', text: ' ' }],
    ['\r', { name: 'return' }, { key: 'enter', text: '' }],
    ['\u0003', { name: 'c', ctrl: true }, { key: 'ctrl-c', text: '' }],
    [undefined, { name: 'pagedown' }, { key: 'pagedown', text: '' }],
    ['?', { name: undefined }, { key: '?', text: '?' }],
    ['é', { name: undefined }, { key: 'é', text: 'é' }],
    ['\u001b', { name: 'escape', meta: true }, { key: 'escape', text: '' }],
    ['\u001bf', { name: 'f', meta: true }, undefined],
    [undefined, { name: 'f5' }, undefined],
  ] as const)('%j', (text, key, expected) => expect(keyPress(text, { ...key })).toEqual(expected));
});

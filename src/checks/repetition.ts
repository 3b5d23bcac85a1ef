import type { Check } from './check.ts';
import { checkOptions, onOrOff } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

/** How much must repeat before it is a loop and not a chorus: five times in a row, 200 characters in all. */
const times = 5;
const length = 200;
/** A unit as long as this is no chorus: four times are a loop, after which an arm ends the answer itself. */
const longUnit = 64;
/** A loop's end is judged on this many characters: enough for any unit that repeats five times within a screen. */
const tailLength = 6_000;

export interface Loop {
  unit: string;
  times: number;
}

/** A unit that repeats without end: at the end of the text (any length), or over lines and sentences anywhere in it. */
export const findLoop = (text: string): Loop | undefined => tailLoop(text.trimEnd()) ?? unitLoop(text);

/**
 * The longest end of the text that has a period, by the failure function of Knuth, Morris and Pratt over the reversed
 * tail: linear in its length.
 */
function tailLoop(text: string): Loop | undefined {
  const tail = [...text.slice(-tailLength)].reverse();
  const border = new Int32Array(tail.length);
  let best: Loop | undefined;
  for (let i = 1, matched = 0; i < tail.length; i += 1) {
    while (matched > 0 && tail[i] !== tail[matched]) matched = border[matched - 1] ?? 0;
    if (tail[i] === tail[matched]) matched += 1;
    border[i] = matched;
    const [size, period] = [i + 1, i + 1 - matched];
    if (size >= length && size >= (period >= longUnit ? times - 1 : times) * period)
      best = { unit: tail.slice(0, period).reverse().join(''), times: Math.floor(size / period) };
  }
  return best && /\p{L}/u.test(best.unit) ? best : undefined;
}

/** Blocks of one to twelve lines or sentences, repeated in a row; also where the text goes on afterwards. */
function unitLoop(text: string): Loop | undefined {
  const units = text
    .split(/\n+|(?<=[.!?。！？])\s+/)
    .map((unit) => unit.trim())
    .filter((unit) => /\p{L}/u.test(unit));
  for (let period = 1; period <= 12; period += 1) {
    let [run, size] = [0, 0];
    for (let i = period; i < units.length; i += 1) {
      const same = units[i] === units[i - period];
      run = same ? run + 1 : 0;
      size = same ? size + (units[i]?.length ?? 0) : 0;
      if (run >= (times - 1) * period && size >= length)
        return { unit: units.slice(i - period + 1, i + 1).join(' '), times: Math.floor(run / period) + 1 };
    }
  }
  return undefined;
}

/** On by default: a small model at its end says the same thing over and over, at HTTP 200. `repetition: false` turns it off. */
export const repetition = {
  name: 'repetition',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text }) => {
    const loop = findLoop(text);
    if (!loop) return pass(spec);
    return fail(
      spec,
      'repetition',
      `The answer loops: ${quote(loop.unit)} stands there ${loop.times} times or more in a row.`,
    );
  },
} satisfies Check;

import type { Check } from './check.ts';
import { checkOptions, onOrOff, someText, textOption } from './options.ts';
import { fail, pass, quote } from './outcome.ts';

/** `startsWith: "Dear customer"`: upper and lower case and outer spaces do not matter. */
export const startsWith = {
  name: 'startsWith',
  validate: (spec, path) => checkOptions(spec, path, { value: someText }),
  run: (spec, { text }) => {
    const wanted = (textOption(spec) ?? '').trim();
    if (text.trim().toLowerCase().startsWith(wanted.toLowerCase())) return pass(spec);
    return fail(spec, 'wrong-start', `The answer starts with ${quote(text.trim(), 40)}, not with ${quote(wanted)}.`);
  },
} satisfies Check;

/** `endsWith: "Kind regards"`: a closing quotation mark after it does not matter. */
export const endsWith = {
  name: 'endsWith',
  validate: (spec, path) => checkOptions(spec, path, { value: someText }),
  run: (spec, { text }) => {
    const wanted = (textOption(spec) ?? '').trim();
    const bare = text
      .trimEnd()
      .replace(/"{1,3}$/, '')
      .toLowerCase();
    if (bare.endsWith(wanted.toLowerCase())) return pass(spec);
    return fail(
      spec,
      'wrong-end',
      `The answer ends with ${quote(text.trimEnd().slice(-40), 40)}, not with ${quote(wanted)}.`,
    );
  },
} satisfies Check;

/** `quoted`: the whole answer is in double quotation marks. */
export const quoted = {
  name: 'quoted',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text }) => {
    const trimmed = text.trim();
    const good = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
    return good ? pass(spec) : fail(spec, 'format', 'The answer is not wrapped in double quotation marks.');
  },
} satisfies Check;

/** `postscript: P.S.`: the marker, with or without spaces after its dots. */
export const postscript = {
  name: 'postscript',
  validate: (spec, path) => checkOptions(spec, path, { value: someText }),
  run: (spec, { text }) => {
    const marker = textOption(spec) ?? '';
    const pattern = marker.trim().split('').map(escaped).join('\\s?').replaceAll('\\s?\\.', '\\.');
    if (new RegExp(pattern, 'i').test(text)) return pass(spec);
    return fail(spec, 'format', `The answer has no postscript that starts with ${quote(marker)}.`);
  },
} satisfies Check;

const escaped = (character: string): string => (/[\w\s]/.test(character) ? character : `\\${character}`);

/** `title`: a title in double angle brackets, `<<like this>>`. */
export const title = {
  name: 'title',
  validate: (spec, path) => checkOptions(spec, path, { value: onOrOff }),
  run: (spec, { text }) => {
    const found = text.split('\n').some((line) => {
      const [open, close] = [line.indexOf('<<'), line.lastIndexOf('>>')];
      return open >= 0 && close > open && line.slice(open, close).replace(/[<>]/g, '').trim() !== '';
    });
    return found
      ? pass(spec)
      : fail(spec, 'format', 'The answer has no title in double angle brackets (<<like this>>).');
  },
} satisfies Check;

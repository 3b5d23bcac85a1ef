/**
 * No two raters share a file, whatever they are called and whatever the file system makes of names: one case for both,
 * composed or decomposed accents, compatibility forms, dots and blanks at the end that are dropped, reserved names.
 */
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { raterName } from '../../src/app/score/rater-name.ts';
import { GapcheckError } from '../../src/errors.ts';
import { fileName, raterFileName, runFolderName } from '../../src/store/layout.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** Every name under which a file system may know this file: FAT and NTFS, APFS and HFS+, ZFS, SMB. */
function knownAs(file: string): string[] {
  const dropped = file.replace(/[. ]+$/, '');
  return forms.flatMap((form) => {
    const text = dropped.normalize(form);
    return [text.toLowerCase(), text.toUpperCase().toLowerCase(), text.toLowerCase().normalize(form)];
  });
}

/** Letters that some system takes for others, signs that none of them takes, and what a rater may be called. */
const pieces = [
  ...[
    'a',
    'A',
    'i',
    'I',
    '\u0130',
    '\u0131',
    's',
    '\u017f',
    '\u00df',
    'ss',
    'SS',
    '\u1e9e',
    'k',
    '\u212a',
    '\u00e5',
    '\u212b',
  ],
  ...[
    'e\u0301',
    '\u00e9',
    'E\u0301',
    '\u01c5',
    '\u01c6',
    '\ufb01',
    'fi',
    '\uff41',
    '\u03c3',
    '\u03c2',
    '\u1100\u1161',
    '\uac00',
  ],
  ...['/', '\\', ':', '*', '?', '"', '<', '>', '|', ' ', '.', '..', '-', '_', '\u200d', '\u202e', '\ufeff', "'", '~1'],
  ...[
    'con',
    'CON',
    'nul',
    'com1',
    'com\u00b9',
    'lpt9',
    '.jsonl',
    '.lock',
    'voided',
    '-0123456789',
    '-abcdef0123',
    '\ud842\udfb7',
  ],
];
const anyName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(...pieces).map((piece) => `${'x'.repeat(58)}${piece}`) },
);

/** The name as a session takes it; undefined for one that it refuses. */
function asRater(typed: string): string | undefined {
  try {
    const rater = raterName(typed, { env: {} });
    raterFileName(rater);
    return rater;
  } catch (error) {
    if (error instanceof GapcheckError) return undefined;
    throw error;
  }
}

/** Of the same rater made to look like another: their file for a name, other cases and forms, signs exchanged. */
const relatives = (name: string): string[] => [
  raterFileName(name),
  name.toLowerCase(),
  name.toUpperCase(),
  ...forms.map((form) => name.normalize(form)),
  name.replaceAll('/', '-'),
  name.replaceAll(' ', '-'),
  `${name}.`,
  `${name} x`,
  `.${name}`,
  `${name}_`,
  `${name}-`,
];

describe('the files of raters', () => {
  it('are never one for two raters', () => {
    const owners = new Map<string, string>();
    fc.assert(
      fc.property(anyName, (typed) => {
        const first = asRater(typed);
        fc.pre(first !== undefined);
        for (const rater of [first, ...relatives(first ?? '')].flatMap((name) => asRater(name) ?? []))
          for (const known of knownAs(`${raterFileName(rater)}.jsonl`)) {
            const owner = owners.get(known) ?? rater;
            if (owner !== rater) throw new Error(`${JSON.stringify([owner, rater])} share ${known}`);
            owners.set(known, rater);
          }
      }),
      { numRuns: 5_000 },
    );
    expect(owners.size).toBeGreaterThan(10_000);
  });

  it('have names that every file system takes', () => {
    fc.assert(
      fc.property(anyName, (typed) => {
        const rater = asRater(typed);
        fc.pre(rater !== undefined);
        for (const file of [raterFileName(rater ?? ''), fileName(rater ?? '')]) {
          expect(file).toMatch(/^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u);
          expect(file).not.toMatch(/[. ]$|[\ud800-\udbff](?![\udc00-\udfff])/);
          expect(file).not.toMatch(/^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\.|$)/i);
          expect(Buffer.byteLength(`${file}-0123456789.jsonl.tmp-0123456789ab`)).toBeLessThan(255);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

it('two arms whose files would be one are refused', async () => {
  using dir = tempDir();
  writeFileSync(dir.at('a.csv'), 'prompt,answer:closed,answer:open\nHow are you?,Fine.,Well.\n');
  const args = ['run', 'a.csv', '--closed', 'column:closed', '--open', 'column:open', '--arm', 'Open.=column:open'];
  expect(await runVerb([...args, '--no-score', '--yes'], { cwd: dir.path })).toMatchObject({
    code: 2,
    err: expect.stringContaining('Two arms are named "Open."'),
  });
});

it('a run folder does not end in a dot, which Windows would drop', () => {
  expect(runFolderName(new Date(0), `${'x'.repeat(59)}.csv`)).toMatch(/x$/);
});

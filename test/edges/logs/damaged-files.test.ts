/** Whatever bytes a file has (packed, in any encoding, damaged anywhere), loading ends in prompts or a named error. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GapcheckError } from '../../../src/errors.ts';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { zipOf } from '../../helpers/zip-file.ts';

const csv = 'task,prompt,answer\nreply,Größe und Preis?,"Zwölf, glaube ich"\nreply,日本語の質問,はい\n';
const runs = Number(process.env.GAPCHECK_FUZZ ?? 200);

let dir: ReturnType<typeof tempDir>;
beforeAll(() => {
  dir = tempDir();
});
afterAll(() => dir[Symbol.dispose]());

const load = (name: string): Promise<LoadedPrompts> =>
  loadPrompts([name], { redact: true, now: new Date('2026-11-25T00:00:00Z'), seed: 1, hashing, cwd: dir.path });

async function loaded(name: string, bytes: Uint8Array): Promise<LoadedPrompts> {
  writeFileSync(dir.at(name), bytes);
  return await load(name);
}

async function onlyOurs(name: string, bytes: Uint8Array): Promise<void> {
  try {
    await loaded(name, bytes);
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    expect({ exit: error.exitCode, next: error.hint }).toEqual({ exit: 2, next: expect.stringMatching(/./) });
    expect(error.message).toContain(name);
  }
}

/** Bytes written over, cut out, or put in, at places over the whole length. */
const anyDamage = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom('over', 'out', 'in'),
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
  ),
  { minLength: 1, maxLength: 4 },
);
const damaged = (bytes: Buffer, damage: readonly (readonly [number, string, Uint8Array])[]): Buffer =>
  damage.reduce((before, [share, how, by]) => {
    const at = Math.floor(share * before.length);
    const rest = before.subarray(how === 'in' ? at : at + by.length);
    return Buffer.concat([before.subarray(0, at), ...(how === 'out' ? [] : [by]), rest]);
  }, bytes);

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const files: Record<string, Buffer> = {
  'plain.csv': Buffer.from(csv),
  'marked.csv': Buffer.from(`\ufeff${csv}`),
  'utf-16-le.csv': utf16(csv),
  'utf-16-be.csv': utf16(csv).swap16(),
  'log.csv.gz': gzipSync(csv),
  'members.csv.gz': Buffer.concat([gzipSync(csv.slice(0, 20)), gzipSync(csv.slice(20))]),
  'deflated.zip': zipOf([{ name: 'log.csv', data: Buffer.from(csv) }], 'a comment'),
  'stored.zip': zipOf([
    { name: 'readme.md', data: Buffer.from('see log.csv') },
    { name: 'log.csv', data: Buffer.from(csv), stored: true },
  ]),
};

describe.each(Object.entries(files))('%s', (name, whole) => {
  it('is read whole', async () => {
    const { prompts } = await loaded(name, whole);
    expect(prompts.map(({ messages }) => messages[0]?.content)).toEqual(['Größe und Preis?', '日本語の質問']);
    expect(prompts[0]?.ref?.text).toBe('Zwölf, glaube ich');
  });

  it('is read or refused by name, damaged anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => await onlyOurs(name, damaged(whole, damage))),
      { numRuns: runs },
    );
  });
});

describe('a zip', () => {
  it.each([
    ['an empty log', zipOf([{ name: 'log.csv', data: Buffer.from('') }]), /log\.csv in it is empty|no prompt|is empty/],
    [
      'an empty log, stored',
      zipOf([{ name: 'log.csv', data: Buffer.from(''), stored: true }]),
      /log\.csv in it is empty/,
    ],
    ['no log', zipOf([{ name: 'photo.png', data: Buffer.from('x') }]), /holds no CSV or JSON file/],
    ['half of itself', files['deflated.zip']?.subarray(0, 60) ?? Buffer.alloc(0), /holds no CSV or JSON file/],
  ])('with %s says so', async (_, bytes, words) => {
    await expect(loaded('export.zip', bytes)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(words),
    });
  });
});

describe('any bytes at all', () => {
  const begun = fc.constantFrom(
    '',
    '\x1f\x8b\x08',
    'PK\x03\x04',
    '\xff\xfe',
    '\xfe\xff',
    '\xef\xbb\xbf',
    '{"',
    '[{',
    'prompt\n',
  );
  it('are read or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(begun, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        await onlyOurs('some.log', Buffer.concat([Buffer.from(start, 'latin1'), rest]));
      }),
      { numRuns: runs * 2 },
    );
  });
});

describe.skipIf(process.platform !== 'linux')('damaged logs of every kind', () => {
  // 5,000 of them with GAPCHECK_FUZZ=5000.
  it('end in prompts or a named refusal, leave no file open, and warn of nothing', () => {
    const child = fileURLToPath(new URL('../../helpers/read-damaged.ts', import.meta.url));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--expose-gc', '--throw-deprecation', '--import', 'tsx', child, String(runs)],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const told = JSON.parse(stdout) as { files: number; before: number; after: number };
    expect(told).toMatchObject({ files: runs, crashes: [], warnings: [] });
    expect(told.after).toBeLessThanOrEqual(told.before);
  }, 600_000);
});

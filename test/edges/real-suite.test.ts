/** The table of real servers names cases and recorded replies that are there, and leaves no kind of reply out. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';
import { producedBy } from '../real/wire-cases.ts';

const shared = new URL('../../../shared/', import.meta.url);
const cases = new URL('cases/wire/', shared);
const suite = new URL('../real/', import.meta.url);

describe('what real servers produced', () => {
  it.skipIf(!existsSync(cases))('has a line for each kind of reply (skipped where ../shared is absent)', () => {
    const names = readdirSync(cases)
      .filter((name) => /^\d+-.*\.json$/.test(name))
      .map((name) => name.replace(/^\d+-|\.json$/g, ''));
    expect(Object.keys(producedBy).sort()).toEqual(names.sort());
  });

  it('names cases of the suite that are there', () => {
    const live = Object.values(producedBy).flatMap((one) => ('live' in one ? [one] : []));
    expect(live.length).toBeGreaterThan(14);
    for (const { live: title, in: file } of live)
      expect(readFileSync(new URL(file, suite), 'utf8'), title).toContain(`'${title}'`);
  });

  it.skipIf(!existsSync(cases))('names recorded replies that are there (skipped where ../shared is absent)', () => {
    const recorded = Object.values(producedBy).flatMap((one) => ('recorded' in one ? [one.recorded] : []));
    expect(recorded.length).toBeGreaterThan(5);
    const folders = [new URL('fixtures/real/', shared), new URL('../fixtures/wire/', import.meta.url)];
    for (const name of recorded)
      expect(
        folders.some((folder) => existsSync(new URL(`${name}.txt`, folder))),
        name,
      ).toBe(true);
  });
});

/** The way of `npm run real`, with small suites in place of the real one. */
function played(suite: string, env: Record<string, string> = {}): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/fixtures/real-suite/play.ts'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, VITEST: undefined, NO_COLOR: '1', SUITE: suite, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })));
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm run real', { timeout: 120_000 }, () => {
  it('names a server that never gets ready, with its last words, ends it, and fails for none of its cases', async () => {
    const { code, out } = await played('{quick,never-ready}');
    expect({ code, out }).toMatchObject({ code: 0 });
    expect(out).toMatch(
      /not run: it does not start here \(not ready within 2 s: loading the model, pid \d+\): 1 cases\nservers: Quick server; 1 cases passed, 0 failed, 1 not run\s*$/,
    );
    expect(isAlive(Number(/pid (\d+)/.exec(out)?.[1]))).toBe(false);
  });

  it.each([
    [{}, 0, '', '0 failed'],
    [{ FAILS: '1' }, 1, '; failed before: Quick server > answers wrongly', '1 failed'],
  ])(
    'ends what takes too long, with its server, and says what had passed (%j: exit %i)',
    async (env, exit, before, failed) => {
      using dir = tempDir();
      const pid = dir.at('pid');
      const { code, out } = await played('{quick,too-long}', { ...env, MINUTES: '0.2', PID_FILE: pid });
      expect({ code, out }).toMatchObject({ code: exit });
      expect(out.trimEnd().split('\n').slice(-2)).toEqual([
        `not run: the cases that had not ended after 0.2 minutes${before}`,
        `servers: Quick server; 1 cases passed, ${failed}, the others not run`,
      ]);
      expect(isAlive(Number(readFileSync(pid, 'utf8')))).toBe(false);
    },
  );
});

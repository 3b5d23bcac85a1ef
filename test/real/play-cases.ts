/** Plays the cases of a suite against real servers, within a time where it is short, and says at the end what ran. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Play {
  /** Of vitest, from the root of the project. */
  config: string;
  /** Minutes for all cases together; undefined: as long as they take. */
  minutes?: number | undefined;
  env?: Record<string, string>;
}

/**
 * Exit code: that of the cases; where the time was up, 1 if a case had failed before, else 0. What still runs then is
 * ended here: the suite itself is stopped before it can.
 */
export function playCases({ config, minutes, env = {} }: Play): number {
  const results = join(mkdtempSync(join(tmpdir(), 'gapcheck-real-')), 'results.tsv');
  const { status, error } = spawnSync(
    process.execPath,
    // Without npx between: whoever runs out of time is ended itself.
    ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--root', '.'],
    {
      stdio: 'inherit',
      env: { ...process.env, ...env, GAPCHECK_REAL_RESULTS: results },
      ...(minutes !== undefined && { timeout: minutes * 60_000 }),
    },
  );
  // The suite may turn the signal into an exit code of its own.
  if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ETIMEDOUT') return status ?? 1;
  for (const pid of stillRunning(`${results}.servers`)) end(pid);
  const { line, failed } = closing(existsSync(results) ? readFileSync(results, 'utf8') : '', minutes);
  process.stdout.write(`\n${line}\n`);
  return failed ? 1 : 0;
}

/** Servers of which the suite noted the start, `+PID`, and no end, `-PID`. */
function stillRunning(file: string): number[] {
  const pids = new Set<number>();
  for (const note of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const pid = Number(note.slice(1));
    if (note.startsWith('+')) pids.add(pid);
    else pids.delete(pid);
  }
  return [...pids];
}

function end(pid: number): void {
  try {
    // Servers start workers of their own: the whole group ends with them.
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** `results`: a line for each case that ended, with state, server and name. */
function closing(results: string, minutes: number | undefined): { line: string; failed: boolean } {
  const cases = results.split('\n').flatMap((row) => (row === '' ? [] : [row.split('\t')]));
  const failed = cases.flatMap(([state, , name = '']) => (state === 'failed' ? [name] : []));
  const passed = cases.filter(([state]) => state === 'passed');
  const servers = [...new Set(passed.map(([, server]) => server))].join(', ') || 'none';
  const before = failed.length ? `; failed before: ${failed.join(', ')}` : '';
  return {
    line: `not run: the cases that had not ended after ${minutes} minutes${before}\nservers: ${servers}; ${passed.length} cases passed, ${failed.length} failed, the others not run`,
    failed: failed.length > 0,
  };
}

/**
 * `npm run real [-- --install [NAME…]]`: gapcheck against servers that somebody else wrote, with a real quantized model.
 * What cannot be had or started is named and never fails the suite; a case that fails does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servers } from './servers/all.ts';
import { cache, installUntil } from './servers/cache.ts';
import type { RealServer } from './servers/real-server.ts';

const [first, ...names] = process.argv.slice(2);
if (first !== undefined && first !== '--install') {
  process.stderr.write(
    `"${first}" is no option: npm run real -- --install [${servers.map(({ name }) => name).join(' ')}]\n`,
  );
  process.exit(2);
}
const unknown = names.filter((name) => !servers.some((server) => server.name === name));
if (unknown.length) {
  process.stderr.write(
    `No server "${unknown.join('", "')}": ${servers.map(({ name }) => name).join(', ')} are known.\n`,
  );
  process.exit(2);
}
const isLimited = first === '--install' && names.length === 0;
/** Together within a quarter of an hour: a server that takes longer to build is named as not run. */
const minute = 60_000;
const installMinutes = 9;
const casesMinutes = 5.5;

if (first === '--install') {
  mkdirSync(cache, { recursive: true });
  if (isLimited) installUntil(Date.now() + installMinutes * minute);
  const isWanted = ({ name, isLarge = false }: RealServer): boolean => (names.length ? names.includes(name) : !isLarge);
  for (const server of servers.filter(isWanted)) await install(server);
}

async function install(server: (typeof servers)[number]): Promise<void> {
  const started = performance.now();
  try {
    await server.install();
    process.stdout.write(`installed ${server.title} (${Math.round((performance.now() - started) / 1000)} s)\n`);
  } catch (error) {
    const why = error instanceof Error ? error.message.trim().split('\n').slice(-1)[0] : String(error);
    process.stdout.write(`not installed: ${server.title} (${why})\n`);
  }
}

const results = join(mkdtempSync(join(tmpdir(), 'gapcheck-real-')), 'results.tsv');
const { status, signal } = spawnSync(
  process.execPath,
  // Without npx between: whoever runs out of time is ended itself.
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/real/vitest.config.ts', '--root', '.'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      GAPCHECK_REAL_RESULTS: results,
      ...(isLimited && { GAPCHECK_REAL_LIMITED: '1' }),
    },
    ...(isLimited && { timeout: casesMinutes * minute }),
  },
);
if (signal === null) process.exitCode = status ?? 1;
else {
  const rows = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
  const cases = rows.map((row) => row.split('\t'));
  const failed = cases.flatMap(([state, , name = '']) => (state === 'failed' ? [name] : []));
  const passed = cases.filter(([state]) => state === 'passed');
  const ran = [...new Set(passed.map(([, server]) => server))];
  process.stdout.write(
    `\nnot run: the cases that had not ended after ${casesMinutes} minutes${failed.length ? `; failed before: ${failed.join(', ')}` : ''}\nservers: ${ran.join(', ') || 'none'}; ${passed.length} cases passed, ${failed.length} failed, the others not run\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

/**
 * `npm run real [-- --install [NAME…]]`: gapcheck against servers that somebody else wrote, with a real quantized model.
 * What cannot be had or started is named and never fails the suite; a case that fails does.
 */
import { mkdirSync } from 'node:fs';
import { playCases } from './play-cases.ts';
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

process.exitCode = playCases({
  config: 'test/real/vitest.config.ts',
  ...(isLimited && { minutes: casesMinutes, env: { GAPCHECK_REAL_LIMITED: '1' } }),
});

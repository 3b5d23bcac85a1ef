/** GAPCHECK_KILL_CYCLES says how many kills; the default is small because each cycle starts a process. */
import { expect, it } from 'vitest';
import { killRuns } from '../proof/run-kills.ts';

const cycles = Number(process.env.GAPCHECK_KILL_CYCLES ?? 6);

it(`kill -9 and resume loses no attempt and asks nothing twice but what was in flight (${cycles} kills)`, {
  timeout: 60_000 + cycles * 5_000,
}, async () => {
  const found = await killRuns(cycles);
  expect(found).toMatchObject({ lost: 0, twice: 0 });
  expect(found.kills).toBeGreaterThanOrEqual(cycles);
  expect(found.inFlight).toBeLessThanOrEqual(found.mostInFlight);
});

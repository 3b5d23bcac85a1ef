/** A cluster behind one address that is full for a while: it is given room, and used again when it has some. */
import { expect, it } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import { runAll } from '../../../src/runs/runner.ts';
import { memorySink, promptsOf, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';

const inFlight = 256;
const answerMs = 200;
const fullMs = 20_000;
/** Calls that the server takes at once while it is full. */
const room = 64;

interface Seen {
  at: number;
  /** Calls at the server when this one came. */
  active: number;
  refused: boolean;
}

it.each([
  ['429', 'rate-limit'],
  ['503', 'overload'],
] as const)(
  'answers with %s above 64 calls for 20 s: nothing is lost, and its room is found again',
  async (_, failure) => {
    const clock = virtualClock();
    const seen: Seen[] = [];
    let active = 0;
    const { arm, record } = scriptedArm('open', () => 'fine');
    const reply = await arm.call({ prompt: promptsOf(1)[0], messages: [], params: {}, trial: 1 } as never, {
      signal: new AbortController().signal,
    });
    const call: typeof arm.call = async (_request, { signal }) => {
      const refused = active >= room && clock.elapsed < fullMs;
      seen.push({ at: clock.elapsed, active, refused });
      if (refused) {
        await clock.sleep(2, signal);
        throw new ArmError(failure, 'too many requests');
      }
      active += 1;
      try {
        await clock.sleep(answerMs, signal);
        return reply;
      } finally {
        active -= 1;
      }
    };
    const prompts = promptsOf(14_000);
    const outcome = await clock.run(
      runAll({
        run: { settings: settings() },
        prompts,
        arms: [{ arm: { ...arm, call }, record }],
        existing: {},
        sink: memorySink(),
        checkAnswer: () => [],
        sameModel: () => true,
        concurrency: { total: inFlight, arms: { open: inFlight } },
        now: clock.now,
        sleep: clock.sleep,
        rng: () => 0.5,
      }),
    );
    expect(outcome.arms[0]).toMatchObject({ total: prompts.length, usable: prompts.length, missing: 0 });
    const between = (from: number, to: number): Seen[] => seen.filter(({ at }) => at >= from && at < to);
    const full = between(2_000, fullMs);
    // Room: after the first seconds hardly a call is refused, and those that come keep the server busy.
    expect(full.filter(({ refused }) => refused).length / full.length).toBeLessThan(0.1);
    expect((full.length * answerMs) / (fullMs - 2_000)).toBeGreaterThan(room / 4);
    // Used again: the calls in flight rise to twice what it took before.
    expect(Math.max(...between(fullMs, clock.elapsed).map((one) => one.active))).toBeGreaterThan(2 * room);
  },
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArmError } from '../../../src/arms/arm.ts';
import type { StepRecord } from '../../../src/records/attempt-record.ts';
import { planArm } from '../../../src/runs/plan.ts';
import { runAll } from '../../../src/runs/runner.ts';
import { foldTrials } from '../../../src/runs/trial.ts';
import { memorySink, promptsOf, type Script, scriptedArm, settings } from '../../helpers/runs.ts';
import { virtualClock } from '../../helpers/virtual-clock.ts';

/** What is left of a file when a kill cuts it at some byte: whole lines, and a torn one that nobody can read. */
const cutAt = (lines: string, bytes: number): StepRecord[] =>
  Buffer.from(lines)
    .subarray(0, bytes)
    .toString()
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as StepRecord];
      } catch {
        return [];
      }
    });

const trials = 2;
const prompts = promptsOf(6);

/** Some prompts fail in transport first, some answer badly once or always: the same in every process. */
const script: Script = ({ request, before }) => {
  const kind = Number.parseInt(request.prompt.id.slice(-2), 16) % 5;
  if (kind === 1 && before === 0) return new ArmError('server', 'broken');
  if (kind === 2 && before < 2) return 'bad émoji 🙂';
  if (kind === 3) return 'bad for ever';
  return 'good 日本';
};

async function answer(steps: StepRecord[]) {
  const clock = virtualClock();
  const sink = memorySink();
  const arm = scriptedArm('open', script, { clock });
  const running = runAll({
    run: { settings: settings({ trials }) },
    prompts,
    arms: [arm],
    existing: { open: steps },
    sink,
    checkAnswer: (_, { text }) => [{ check: 'good', pass: text.startsWith('good') }],
    sameModel: () => true,
    now: clock.now,
    sleep: clock.sleep,
    rng: () => 0,
  });
  const outcome = await clock.run(running);
  return { outcome, arm, steps: [...steps, ...(sink.steps.open ?? [])] };
}

const keyOf = ({ prompt, trial, attempt, step }: StepRecord): string => [prompt, trial, attempt, step].join(' ');

describe('resume', () => {
  it('from any cut of the log asks exactly what is missing, and ends where an unbroken run ends', async () => {
    const whole = await answer([]);
    const lines = whole.steps.map((step) => `${JSON.stringify(step)}\n`).join('');
    expect(whole.outcome.ended).toBe('complete');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: Buffer.byteLength(lines) }), async (bytes) => {
        const left = cutAt(lines, bytes);
        const before = foldTrials(left, 2);
        const missing = prompts.length * trials - [...before.values()].filter((one) => one.state !== 'missing').length;
        const plan = planArm(prompts, trials, left, 2);
        expect(plan.cells).toHaveLength(missing);
        const resumed = await answer(left);
        const asked = new Set(resumed.arm.calls.map((call) => `${call.prompt.id}#${call.trial}`));
        expect(asked.size).toBe(missing);
        expect([...asked].some((key) => (before.get(key)?.state ?? 'missing') !== 'missing')).toBe(false);
        expect(new Set(resumed.steps.map(keyOf)).size).toBe(resumed.steps.length);
        const { usable, unusable } = whole.outcome.arms[0] ?? {};
        expect(resumed.outcome).toMatchObject({ ended: 'complete', arms: [{ total: 12, missing: 0 }] });
        expect(resumed.outcome.arms[0]).toMatchObject({ total: (usable ?? 0) + (unusable ?? 0), missing: 0 });
        const spent = [...foldTrials(resumed.steps, 2).values()].flatMap((one) => one.attempts);
        expect(Math.max(...spent.map((attempt) => attempt.attempt))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 60 },
    );
  });
});

describe('planArm', () => {
  const [first, second] = prompts;
  const step = (changes: Partial<StepRecord>): StepRecord => ({
    prompt: first?.id ?? 'p_',
    trial: 1,
    attempt: 1,
    step: 1,
    outcome: 'answered',
    last: true,
    at: '',
    ...changes,
  });

  it('asks trial 1 of every prompt before trial 2 of any, in frozen order', () => {
    const { cells } = planArm(prompts.slice(0, 2), 2, [], 2);
    expect(cells.map((cell) => [cell.prompt.id, cell.trial])).toEqual([
      [first?.id, 1],
      [second?.id, 1],
      [first?.id, 2],
      [second?.id, 2],
    ]);
  });

  it('goes on with a tool loop that was cut, and numbers on after an attempt that failed', () => {
    const cut = planArm(prompts.slice(0, 1), 1, [step({ outcome: 'cut' }), step({ attempt: 2, last: false })], 2);
    expect(cut.cells[0]).toMatchObject({ attempt: 2, answers: 0, steps: [{ attempt: 2, step: 1 }] });
    const failed = planArm(prompts.slice(0, 1), 1, [step({ checks: [{ check: 'json', pass: false }] })], 2);
    expect(failed.cells[0]).toMatchObject({ attempt: 2, answers: 1, steps: [], failed: { attempt: 1 } });
  });

  it('asks what failed before after all the rest', () => {
    const { cells } = planArm(prompts.slice(0, 2), 1, [step({ outcome: 'timeout' })], 2);
    expect(cells.map((cell) => cell.prompt.id)).toEqual([second?.id, first?.id]);
  });

  it('never uses the number of an attempt again that lost a step', () => {
    const { cells } = planArm(prompts.slice(0, 1), 1, [step({ step: 2, last: false })], 2);
    expect(cells[0]).toMatchObject({ attempt: 2, steps: [] });
  });

  it('takes two prompts with one id as one', () => {
    expect(planArm([...prompts, ...prompts], 1, [], 2)).toMatchObject({ total: 6 });
  });
});

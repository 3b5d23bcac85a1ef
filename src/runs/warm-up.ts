/** Loads a local model before anything is timed, so that no answer's latency holds it. */
import { ArmError } from '../arms/arm.ts';
import { ruleOf } from '../records/outcomes.ts';
import { backOff } from './again.ts';
import { windowWords } from './asked-with.ts';
import type { Lane } from './lane.ts';
import type { RunnerEvent } from './runner-events.ts';
import { isTransportFailure } from './trial.ts';

/** Tried so often before the arm is stopped. */
const tries = 3;

export interface WarmUpTools {
  signal: AbortSignal;
  /** Returns when the signal aborts, too. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  rng(): number;
  emit(event: RunnerEvent): void;
}

/** Undefined when the arm is ready, or when the signal ended it; else why the arm cannot be used. */
export async function warmUp(lane: Lane, contextTokens: number, tools: WarmUpTools): Promise<ArmError | undefined> {
  const { signal, sleep, rng, emit } = tools;
  emit({ kind: 'warming', arm: lane.name });
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      const {
        context,
        contextAsked,
        onGpu,
        ms = 0,
      } = (await lane.arm.warmUp?.(signal, { contextTokens, digest: lane.record.digest })) ?? {};
      const served = context === undefined ? {} : { context };
      emit({ kind: 'warmed', arm: lane.name, ms, ...served });
      if (context !== undefined || onGpu !== undefined) {
        const asked = contextAsked === undefined ? {} : { contextAsked };
        const less = context === undefined ? {} : lessServed(context, contextAsked);
        emit({ kind: 'observed', arm: lane.name, ...served, ...asked, ...(onGpu !== undefined && { onGpu }), ...less });
      }
      return undefined;
    } catch (error) {
      const problem = error instanceof ArmError ? error : new ArmError('server', String(error), { cause: error });
      const { failure, message, retryAfterMs } = problem;
      if (signal.aborted) return undefined;
      const { again } = ruleOf({ outcome: failure, cause: problem.why });
      if (!isTransportFailure(failure) || typeof again === 'string' || failures >= tries) return problem;
      const ms = 'everyMs' in again ? again.everyMs : backOff(again, failures, retryAfterMs, rng);
      emit({ kind: 'paused', arm: lane.name, cause: failure, ms, message });
      await sleep(ms, signal);
    }
  }
  return undefined;
}

/** A window that is smaller than what was asked for cuts prompts without a word. */
const lessServed = (served: number, asked: number | undefined) =>
  asked === undefined || served >= asked ? {} : { warning: windowWords(asked, served) };

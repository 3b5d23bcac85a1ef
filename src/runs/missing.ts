/** Why answers are missing: one reason per cause and sentence, with the number of prompts. */
import type { StepOutcome } from '../records/attempt-record.ts';
import { type Fault, failedInLog, faultOf, nextOf, ruleOf } from '../records/outcomes.ts';
import type { Trial } from './trial.ts';

export interface MissingReason {
  cause: string;
  fault?: Fault;
  /** As the server said it, of the first such prompt. */
  message: string;
  count: number;
  /** `--resume` does not ask again. */
  forGood: boolean;
  /** The way out, where one is known. */
  hint?: string;
}

export interface Failed {
  outcome: StepOutcome;
  cause?: string;
  fault?: Fault;
  message?: string;
}

/** The same sentence about another prompt: numbers and ids in it differ. */
export const sentenceKey = (message: string): string => message.replace(/\d+(?:[.,]\d+)*/g, '#');

/** Counts one more failed trial among the reasons. */
export function addReason(reasons: Map<string, MissingReason>, failed: Failed, told?: string): void {
  const rule = ruleOf(failed);
  const { message = failed.outcome } = failed;
  // A log has as many sentences as failed calls, and one thing can be done about them all: nothing.
  const key = rule.cause === failedInLog ? rule.cause : `${rule.cause} ${sentenceKey(message)}`;
  const known = reasons.get(key);
  if (known) {
    known.count += 1;
    if (rule.cause === failedInLog) known.message = withOther(known.message, message);
    return;
  }
  const fault = faultOf(failed);
  const hint = told ?? nextOf(failed);
  reasons.set(key, {
    cause: rule.cause,
    ...(fault && { fault }),
    message,
    count: 1,
    forGood: rule.ends === 'missing for good',
    ...(hint !== undefined && { hint }),
  });
}

const mostMessages = 3;

/** `failed in the log: Request timed out; Rate limit reached`: each kind of sentence once, the first few of them. */
function withOther(known: string, message: string): string {
  const own = withoutStop(message.replace(/^failed in the log: /, ''));
  const all = withoutStop(known).split('; ');
  const isKnown = all.some((one) => sentenceKey(one).endsWith(sentenceKey(own)));
  return isKnown || all.length >= mostMessages ? known : [...all, own].join('; ');
}

/** The sentence goes on behind it, or ends with a stop of its own. */
const withoutStop = (message: string): string => message.trimEnd().replace(/(?<![.!?])\.$/, '');

/** Calls that failed in the log itself: whatever is asked now, these answers are not to be had. */
export const failedInLogOf = (reasons: Iterable<MissingReason>): number =>
  [...reasons].reduce((sum, { cause, count }) => sum + (cause === failedInLog ? count : 0), 0);

/** Most frequent first. */
export const sortedReasons = (reasons: ReadonlyMap<string, MissingReason>): MissingReason[] =>
  [...reasons.values()].sort((a, b) => b.count - a.count);

/** Reasons of the trials of one arm that are missing, from their last attempts. Those never asked have none. */
export function missingReasons(trials: Iterable<Trial>): MissingReason[] {
  const reasons = new Map<string, MissingReason>();
  for (const { state, attempts } of trials) {
    const last = attempts.at(-1)?.steps.at(-1);
    if (state === 'missing' && last) addReason(reasons, last);
  }
  return sortedReasons(reasons);
}

const whose: Record<Fault, string> = {
  setup: 'your setup',
  provider: 'the provider',
  network: 'the network',
  model: 'a limit of the model',
};

/** `12 of 36: does not fit: 9,000 tokens of 4,096 (a limit of the model)` */
export const reasonWords = (
  { count, message, fault }: Pick<MissingReason, 'count' | 'message'> & { fault?: Fault | null },
  of: number,
): string => `${count} of ${of}: ${withoutStop(message)}${fault ? ` (${whose[fault]})` : ''}`;

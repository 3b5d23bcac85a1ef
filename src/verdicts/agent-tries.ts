/** The ledger's lines about whole agents, folded into tries by arm. Pure. */
import type { RunEvent } from '../records/run-events.ts';
import type { AgentTry } from './survival.ts';

type Ended = Extract<RunEvent, { event: 'trial-ended' }>;
type Interrupted = Extract<RunEvent, { event: 'trial-interrupted' }>;

/**
 * One try per `trial-started`. A try without an end was interrupted; what nobody wrote down of it is unknown. Where a
 * trial ended twice, only the last end is its end: the earlier one was paid for and made again.
 */
export function agentTries(events: readonly RunEvent[]): Record<string, AgentTry[]> {
  const byTrial = new Map<string, { arm: string; tries: AgentTry[]; open: boolean }>();
  const trialOf = ({ arm, prompt, trial }: Pick<Ended, 'arm' | 'prompt' | 'trial'>) => {
    const key = `${arm} ${prompt} ${trial}`;
    const found = byTrial.get(key) ?? { arm, tries: [], open: false };
    byTrial.set(key, found);
    return found;
  };
  for (const event of events) {
    if (event.event === 'trial-started') {
      const found = trialOf(event);
      if (found.open) found.tries.push(unknownTry(event));
      found.open = true;
    }
    if (event.event === 'trial-ended' || event.event === 'trial-interrupted') {
      const found = trialOf(event);
      found.tries.push(tryOf(event));
      found.open = false;
      if (event.event === 'trial-ended') found.tries = lastEndOnly(found.tries);
    }
  }
  const byArm: Record<string, AgentTry[]> = {};
  for (const { arm, tries } of byTrial.values()) byArm[arm] = [...(byArm[arm] ?? []), ...tries];
  return byArm;
}

const unknownTry = ({ prompt, trial }: Pick<Ended, 'prompt' | 'trial'>): AgentTry => ({
  prompt,
  trial,
  end: 'interrupted',
  seconds: null,
  steps: null,
  failedSteps: 0,
  costUsd: null,
});

const tryOf = (event: Ended | Interrupted): AgentTry => ({
  prompt: event.prompt,
  trial: event.trial,
  end: event.event === 'trial-ended' ? event.end : 'interrupted',
  ...(event.event === 'trial-ended' && { why: event.why }),
  seconds: event.seconds,
  steps: event.steps,
  failedSteps: event.event === 'trial-ended' ? event.failedSteps : 0,
  costUsd: event.costUsd,
});

const lastEndOnly = (tries: readonly AgentTry[]): AgentTry[] =>
  tries.map((one, at) => (at === tries.length - 1 ? one : { ...one, end: 'interrupted' }));

/** What a run sent for a task's prompts: what a request that says nothing of it goes out with under its route. */
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';

export interface Sent {
  /** Null: none was sent. */
  temperature: number | null;
  maxTokens: number;
}

type Asked = Pick<PromptRecord, 'params'>;

/** The value of most prompts; of the cap the largest, because a smaller one would cut answers. */
export function sentFor(prompts: readonly Asked[], settings: Pick<RunSettings, 'temperature' | 'maxTokens'>): Sent {
  const temperatures = prompts.map(({ params }) => params?.temperature ?? settings.temperature);
  const caps = prompts.map(({ params }) => params?.max_tokens ?? settings.maxTokens);
  return {
    temperature: prompts.length === 0 ? settings.temperature : mostFrequent(temperatures),
    maxTokens: prompts.length === 0 ? settings.maxTokens : caps.reduce((most, cap) => Math.max(most, cap)),
  };
}

function mostFrequent<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

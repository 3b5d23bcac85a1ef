/** Conversations with tools: the records of one become one prompt, which every model is asked from the user's turn. */
import type { LoadedPrompts } from '../../logs/load.ts';
import { asReplays } from '../../logs/trajectory.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import { hashing } from '../../store/hashing.ts';
import { plural, thousands } from '../../text/numbers.ts';
import { recordedResults } from '../../text/recorded-results.ts';

export interface ReplayCounts {
  conversations: number;
  /** Of the log: one for each step that it holds. */
  records: number;
}

interface Replayed extends Pick<LoadedPrompts, 'strata'> {
  prompts: PromptRecord[];
  /** Undefined where no prompt has recorded results to play back. */
  counts: ReplayCounts | undefined;
}

/** What a run asks of these prompts. The sizes of the tasks are those of the whole log, also where a part was kept. */
export function replayedPrompts(loaded: Pick<LoadedPrompts, 'prompts' | 'strata'>): Replayed {
  const prompts = asReplays(loaded.prompts, hashing);
  const [before, after] = [countsOf(loaded.prompts), countsOf(prompts)];
  const share = (task: string): number => (after.get(task) ?? 0) / (before.get(task) ?? 1);
  const strata = loaded.strata.map((stratum) => ({
    ...stratum,
    prompts: before.has(stratum.task) ? Math.round(stratum.prompts * share(stratum.task)) : stratum.prompts,
  }));
  const conversations = prompts.filter((prompt) => recordedResults(prompt).length > 0).length;
  const records = loaded.prompts.length - prompts.length + conversations;
  return { prompts, strata, counts: conversations === 0 ? undefined : { conversations, records } };
}

function countsOf(prompts: readonly PromptRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { task } of prompts) counts.set(task, (counts.get(task) ?? 0) + 1);
  return counts;
}

export function replayWords({ conversations, records }: ReplayCounts): string {
  const from = records > conversations ? ` (${thousands(records)} records, one a step)` : '';
  const asked = conversations === 1 ? 'is asked' : 'are asked';
  return `${plural(conversations, 'conversation')} with tools${from} ${asked} from the user’s turn; the log’s tool results are played back`;
}

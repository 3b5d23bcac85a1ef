/** What people read of a plan: how many ballots, how long that takes, and what needs no vote. */
import { providerOf } from '../../arms/registry.ts';
import { votingMinutes } from '../../blind/session/pace.ts';
import type { LoggedAnswer, PromptRecord } from '../../records/prompt-record.ts';
import type { ArmRecord, RunRecord } from '../../records/run-record.ts';
import { plural } from '../../text/numbers.ts';
import { answerKey, recordedText } from '../../text/same-answer.ts';

export type PlanRow = readonly [label: string, text: string];

/** Over all pairs: each pair has its own ballots. `asked`: the prompts that are answered. */
export function votingRows(run: RunRecord, asked: readonly PromptRecord[]): PlanRow[] {
  const { n, raters } = run.settings;
  const same = sameBefore(run, asked.slice(0, n * raters));
  const ballots = n * Math.max(1, run.pairs.length) - (raters > 1 ? 0 : same);
  const minutes = votingMinutes(ballots);
  const each = raters > 1 ? ' each' : '';
  const over = run.pairs.length > 1 ? ` over ${run.pairs.length} pairs` : '';
  const most = raters > 1 && same > 0 ? 'at most ' : '';
  return [
    [
      'voting',
      `${plural(raters, 'rater')}, ${most}${plural(ballots, 'ballot')}${each}${over}, about ${plural(minutes, 'minute')}${each}`,
    ],
    ...(same > 0 ? [['', sameWords(same)] as const] : []),
  ];
}

const sameWords = (same: number): string =>
  same === 1
    ? '1 more prompt has the same answer twice: it counts as a tie and needs no vote'
    : `${same} more prompts have the same answer twice: they count as ties and need no vote`;

/** Pairs of answers that came with the prompts and are equal: nobody has to compare them. */
function sameBefore({ arms, pairs }: RunRecord, asked: readonly PromptRecord[]): number {
  const named = new Map(arms.map((arm) => [arm.name, arm]));
  const isSame = (prompt: PromptRecord, a: string, b: string): boolean => {
    const [one, other] = [keyOf(prompt, named.get(a)), keyOf(prompt, named.get(b))];
    return one !== undefined && one === other;
  };
  return pairs.reduce((sum, { a, b }) => sum + asked.filter((prompt) => isSame(prompt, a, b)).length, 0);
}

function keyOf(prompt: PromptRecord, arm: ArmRecord | undefined): string | undefined {
  const answer = arm && providerOf(arm.provider)?.ready?.answer(prompt, arm.model);
  return answer === undefined || answer.error !== undefined ? undefined : answerKey(asRecorded(answer));
}

/** As the run will record it. */
const asRecorded = ({ text, refusal, tool_calls = [], earlier_calls = [] }: LoggedAnswer) => ({
  text: recordedText({ text, refusal }),
  toolCalls: [...earlier_calls.map((call) => ({ ...call, earlier: true as const })), ...tool_calls],
});

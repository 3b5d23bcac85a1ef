/** The ballots of a rater: which side each arm is shown on, what of its answer is on it, and which ones need nobody. */
import type { Ballot, CallView } from '../blind/ballot.ts';
import { dealSides, otherSide } from '../blind/deal.ts';
import type { Masked, RawAnswer } from '../blind/mask.ts';
import { withoutHarnessFiles } from '../blind/steps.ts';
import type { BallotId } from '../records/ids.ts';
import { ballotId, type Hashing, type PromptId } from '../records/ids.ts';
import type { PromptRecord, ToolCall } from '../records/prompt-record.ts';
import { type PairRecord, pairName, type RunRecord } from '../records/run-record.ts';
import type { Side } from '../records/vote-lines.ts';
import { type AgentWork, type Attempt, type Trial, trialKey } from '../runs/trial.ts';
import { compactJson } from '../text/json-lines.ts';
import { judgedText, type Known } from '../text/judged.ts';
import { recordedResults } from '../text/recorded-results.ts';
import { isBlank, recordedText, sameAnswer } from '../text/same-answer.ts';

export interface DealBallotsInput {
  run: string;
  version: number;
  seed: Uint8Array;
  rater: string;
  /** The plan, in frozen order. */
  prompts: readonly Pick<PromptRecord, 'id' | 'task'>[];
  pairs: readonly Pick<PairRecord, 'a' | 'b'>[];
  /** Prompts added by `more` or by a watched day, one list per draw; dealt apart, so earlier sides never change. */
  draws?: readonly (readonly Pick<PromptRecord, 'id' | 'task'>[])[];
  /** 2 also makes each ballot's hidden repeat. Default 1. */
  copies?: 1 | 2;
  hashing: Hashing;
}

/** Every ballot this rater could get, in frozen order: copies of a prompt stand together. */
export function dealBallots(input: DealBallotsInput): DealtBallot[] {
  const { run, version, seed, rater, prompts, pairs, draws = [], copies = 1, hashing } = input;
  const sides = dealSides({ run, version, rater, seed, batches: [prompts, ...draws], pairs, hashing });
  return sides.flatMap(({ prompt, pair, aSide }) =>
    Array.from({ length: copies }, (_, index): DealtBallot => {
      const copy = index + 1;
      const id = ballotId({ run, rater, prompt, pair, copy }, seed, hashing);
      return { id, prompt, pair, rater, copy, aSide: copy === 1 ? aSide : otherSide(aSide) };
    }),
  );
}

/** The same of a whole run, hidden repeats included: the plan first, then each draw by itself. */
export const ballotsOf = (
  { id, pairs, dealVersion }: Pick<RunRecord, 'id' | 'pairs' | 'dealVersion'>,
  seed: Uint8Array,
  rater: string,
  { plan, draws }: { plan: DealBallotsInput['prompts']; draws: NonNullable<DealBallotsInput['draws']> },
  hashing: Hashing,
): DealtBallot[] =>
  dealBallots({ run: id, version: dealVersion, seed, rater, prompts: plan, draws, pairs, copies: 2, hashing });

/** The recorded answer of a trial, whatever a check says of it; undefined when there is none. */
export function answerOf(trial: Trial | undefined): RawAnswer | undefined {
  if (trial?.answer?.outcome !== 'answered') return undefined;
  return {
    text: recordedText(trial.answer.steps.at(-1) ?? {}),
    ...callsOf(trial.answer),
    ...(trial.work && { diff: trial.work.diff }),
  };
}

/** The same as checks see it and raters read it: without thought and template tokens. */
export function judgedAnswer(trial: Trial | undefined, known: Known): RawAnswer | undefined {
  if (trial?.answer?.outcome !== 'answered') return undefined;
  const { text } = judgedText(trial.answer.steps.at(-1) ?? {}, known);
  return { text, ...callsOf(trial.answer), ...(trial.work && shownWork(trial.work)) };
}

/** Files that the harness brought are no part of the work. */
const shownWork = ({ diff, steps, folders }: AgentWork): Partial<RawAnswer> => ({
  diff: withoutHarnessFiles(diff),
  steps,
  folders,
});

/** Calls of earlier steps came before the text, whoever made them: those of the last step stand behind it. */
function callsOf({ steps }: Attempt): Pick<RawAnswer, 'toolCalls'> {
  const last = steps.at(-1);
  const calls = steps.flatMap((step) => [
    ...shownCalls(step.earlier_calls, { earlier: true }),
    ...shownCalls(step.tool_calls, step === last ? {} : { earlier: true }),
  ]);
  return calls.length === 0 ? {} : { toolCalls: calls };
}

const shownCalls = (calls: readonly ToolCall[] | undefined, when: { earlier?: true }): CallView[] =>
  (calls ?? []).map(({ name, arguments: args }) => ({ name, arguments: compactJson(args), ...when }));

/** Characters of the judged answers of a pair, tool calls included: what a rater has to read, whatever is masked in it. */
export const answerLengths = (
  { arms }: Pick<RunRecord, 'arms'>,
  prompts: ReadonlyMap<PromptId, PromptRecord>,
  trials: Record<string, ReadonlyMap<string, Trial>>,
  pair: PairRecord,
): LengthOf => {
  const templates = new Map(arms.map(({ name, templateEnds }) => [name, templateEnds]));
  return (id, side) => {
    const prompt = prompts.get(id);
    const arm = pair[side];
    const trial = trials[arm]?.get(trialKey(id, 1));
    const answer = prompt && judgedAnswer(trial, { prompt, templateEnds: templates.get(arm) });
    if (!answer || isBlank(answer)) return undefined;
    const calls = answer.toolCalls ?? [];
    return (
      answer.text.length +
      (answer.diff ?? '').length +
      calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0)
    );
  };
};

/**
 * The ballot the screen receives. `answers` holds the answers by arm name: one that is missing there becomes
 * `unusable`, the same for every arm. `mask` comes from `createMask` for this prompt.
 */
export function toBallot(
  dealt: DealtBallot,
  prompt: Pick<PromptRecord, 'task' | 'messages' | 'tools' | 'tool_log'>,
  pair: Pick<PairRecord, 'a' | 'b'>,
  answers: ReadonlyMap<string, RawAnswer>,
  mask: (answer: RawAnswer | undefined) => Masked,
): Ballot {
  if (pairName(pair) !== dealt.pair) throw new Error(`ballot ${dealt.id} is of another pair`);
  const a = mask(answers.get(pair.a)).view;
  const b = mask(answers.get(pair.b)).view;
  const { task, messages, tools } = prompt;
  const recorded = recordedResults(prompt);
  return {
    id: dealt.id,
    task,
    prompt: { messages, ...(tools ? { tools } : {}), ...(recorded.length > 0 && { recorded }) },
    left: dealt.aSide === 'left' ? a : b,
    right: dealt.aSide === 'left' ? b : a,
  };
}

/** Why nobody is asked about a pair: its records are equal, or there is nothing to read on either side. */
export function settledAs(a: TwoTexts, b: TwoTexts): 'identical' | 'no-answer' | undefined {
  if ([a, b].every(({ judged }) => judged === undefined || isBlank(judged))) return 'no-answer';
  return a.recorded && b.recorded && sameAnswer(a.recorded, b.recorded) ? 'identical' : undefined;
}

/** One answer as recorded and as judged. */
export interface TwoTexts {
  recorded: RawAnswer | undefined;
  judged: RawAnswer | undefined;
}

/** What the key says about a ballot. */
export interface DealtBallot {
  id: BallotId;
  prompt: PromptId;
  pair: string;
  rater: string;
  /** 1, or 2 for a hidden repeat. */
  copy: number;
  /** The side on which arm `a` of the pair is shown. */
  aSide: Side;
}

/** Length of the answer as shown, in characters; undefined where there is none. */
export type LengthOf = (prompt: PromptId, arm: 'a' | 'b') => number | undefined;

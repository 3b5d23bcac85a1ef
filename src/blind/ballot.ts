/**
 * What the screen receives. Blindness is a type: no arm, no latency, no token count, no model, no side's history.
 * The pairing of sides and arms exists only in `verdicts/`, which has the key.
 */
import type { BallotId } from '../records/ids.ts';
import type { Message, Tool } from '../records/prompt-record.ts';
import type { RecordedResult } from '../text/recorded-results.ts';
import type { StepView } from './steps.ts';

/** A tool call. `earlier`: it was made before the text was written, which rests on its result. */
export interface CallView {
  name: string;
  arguments: string;
  earlier?: true;
}

/** An answer as a rater sees it, masked; a failed answer is the same neutral sentence for every arm. */
export type AnswerView =
  | {
      kind: 'text';
      text: string;
      toolCalls?: CallView[];
      /** Of an agent: what it changed, a unified diff; empty where it changed nothing. */
      diff?: string;
      /** Of an agent, behind a key: what it did. */
      steps?: StepView[];
    }
  | { kind: 'unusable'; steps?: StepView[] };

export interface Ballot {
  id: BallotId;
  task: string;
  prompt: { messages: Message[]; tools?: Tool[]; recorded?: RecordedResult[] };
  left: AnswerView;
  right: AnswerView;
  /** English name of the prompt's language; absent where nothing tells it. */
  language?: string;
  /** Characters of the prompt's last request that others of this run begin with as well; absent for none. */
  shared?: number;
}

export const unusableSentence = 'No usable answer.';

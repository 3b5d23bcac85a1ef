/**
 * What a trial ended with, what stands on its ballot for it, and what the report counts it as: the one table. A check
 * decides nothing here but whether words decline the request: it hides no text.
 */
import type { StepRecord } from '../records/attempt-record.ts';
import { faultOf } from '../records/outcomes.ts';
import type { Attempt, Trial } from '../runs/trial.ts';
import { isFiltered } from '../text/finish-words.ts';
import { isBlankText, type Known } from '../text/judged.ts';
import { isBlank } from '../text/same-answer.ts';
import { judgedAnswer } from './ballots.ts';

/**
 * `partial`: declines a part and does the rest. `withheld` and `empty` have neither text nor tool call. `unread`: the server
 * wrote a call and did not hand it over. `lost`: the call failed, or was never made. `not-taken`: the server refused the request. `limit`: the model cannot be asked this.
 */
export type Came =
  | 'answered'
  | 'refused'
  | 'partial'
  | 'withheld'
  | 'empty'
  | 'unread'
  | 'lost'
  | 'not-taken'
  | 'limit';

/** `unusable` is the same sentence for every arm; with `none` the prompt is put to nobody. */
export const ballotKinds = {
  answered: 'answer',
  refused: 'answer',
  partial: 'answer',
  withheld: 'unusable',
  empty: 'unusable',
  unread: 'unusable',
  lost: 'none',
  'not-taken': 'none',
  limit: 'none',
} as const satisfies Record<Came, 'answer' | 'unusable' | 'none'>;

/** Whether something came that a ballot can show, be it nothing to read. Asked of every ballot at each key. */
export const isBalloted = (trial: Trial | undefined): trial is Trial =>
  trial !== undefined && trial.state !== 'missing';

export function whatCame(trial: Trial | undefined, known: Known): Came {
  if (!isBalloted(trial)) return missingAs(trial);
  const reading = readingOf(trial);
  if (!mayBeBlank(trial) || !isBlank(judgedAnswer(trial, known) ?? { text: '' })) return reading ?? 'answered';
  const last = trial.answer?.steps.at(-1);
  if (last?.cause === 'tool-call-unreadable' || last?.cause === 'output-unreadable') return 'unread';
  return isWithheld(last) ? 'withheld' : 'empty';
}

function missingAs(trial: Trial | undefined): 'lost' | 'not-taken' | 'limit' {
  const last = trial?.attempts.at(-1)?.steps.at(-1);
  if (trial?.forGood !== true || !last) return 'lost';
  return faultOf(last) === 'model' ? 'limit' : 'not-taken';
}

export type Reading = 'refused' | 'partial' | 'answered';

/** By the words of the API's own field, or by what the refusal check found; undefined without an answer. */
export function readingOf(trial: Trial | undefined): Reading | undefined {
  const answer = trial?.answer;
  if (answer?.outcome !== 'answered') return undefined;
  if (answer.steps.some(({ refusal = '' }) => refusal !== '')) return 'refused';
  const found = answer.checks.find(({ check }) => check === 'refusal')?.kind;
  if (found === 'refusal') return 'refused';
  return found === 'partial-refusal' ? 'partial' : 'answered';
}

/** Reading every answer again would take longer than the rest of a report: one that ended well by its record has text. */
function mayBeBlank({ answer, work }: Trial): boolean {
  const last = answer?.steps.at(-1);
  if (answer === undefined || last === undefined || answer.outcome !== 'answered' || work !== undefined) return true;
  return last.cause !== undefined || answer.checks.length === 0 || isBlankText(last.text ?? '') || saysEmpty(answer);
}

const saysEmpty = ({ checks }: Attempt): boolean =>
  checks.some(({ check, pass, kind }) => (check === 'empty' && !pass) || (check === 'refusal' && kind === 'refusal'));

/** The provider's filter, or its policy, ended it: no word of the model came through. */
const isWithheld = (last: StepRecord | undefined): boolean =>
  last?.cause === 'content-filter' || isFiltered(last?.finish ?? '') || last?.finish?.toLowerCase() === 'refusal';

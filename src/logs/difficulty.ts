/**
 * How hard a prompt looks before anybody answered it: 0 (plain) to 1. A documented rule of thumb, not a measurement:
 * points for what separates easy traffic from the hard 20 %, added up and capped. 0.5 or more is `hard`.
 */

import type { Difficulty } from '../records/prompt-record.ts';
import { isJson } from '../text/json-lines.ts';
import { type Draft, plainText } from './draft.ts';

const hardFrom = 0.5;

/** Each sign with its points; several together make a prompt hard. */
const points = {
  /** 1,000 / 4,000 / 16,000 characters of prompt. */
  long: [0.1, 0.2, 0.4],
  /** 3 / 6 / 10 constraints ("must", "at most", "do not", "exactly", list items that order something). */
  constraints: [0.1, 0.25, 0.4],
  /** Demands that pull against each other ("but", "however", "unless", "except" beside a constraint). */
  conflict: 0.15,
  /** Tools offered: one, or three and more. */
  tools: [0.15, 0.25],
  /** Tool results already in the conversation: a later step of a workflow. */
  toolSteps: 0.2,
  /** Five or more turns. */
  turns: 0.15,
  /** A JSON schema to keep to. */
  schema: 0.1,
  /** Reasoning in steps: proofs, debugging, planning, comparing. */
  reasoning: 0.2,
  /** Very short and open: what is wanted is left to guess. */
  ambiguous: 0.1,
  /** Mostly not English. */
  foreign: 0.15,
  /** The log's own call failed, was cut off, or was refused. */
  failed: 0.3,
  /** The log's own answer is not the JSON that was asked for. */
  noJson: 0.3,
  /** Somebody gave the log's own answer a thumb down: hard by itself. */
  disliked: 0.5,
  /** The log has the same request twice in one session: hard by itself. */
  again: 0.5,
  /** The log's own answer fails a check of the run: hard by itself. */
  failedCheck: 0.5,
} as const;

/** The tag of a request that was made again in its session. */
export const askedAgain = 'asked-again';
/** The tag of a prompt whose logged answer fails a check. */
export const failedCheck = 'failed-check';
const dislikedTag = 'rated:bad';
/** Tags that make a prompt hard by themselves. */
export const hardTags: readonly string[] = [askedAgain, failedCheck, dislikedTag];

/** What a reader is told of a sign. */
const signWords = {
  long: 'long',
  constraints: 'many demands',
  conflict: 'demands that pull against each other',
  tools: 'tools',
  toolSteps: 'a later step of a tool workflow',
  turns: 'many turns',
  schema: 'a schema to keep to',
  reasoning: 'reasoning in steps',
  ambiguous: 'very short',
  foreign: 'not English',
  failed: "the log's own call failed, was cut or refused",
  noJson: "the log's own answer is not the JSON that was asked for",
  disliked: 'a thumb down in the log',
  again: 'asked again in the log',
  failedCheck: "the log's own answer fails a check",
} as const satisfies Record<keyof typeof points, string>;

type Note = (sign: keyof typeof points) => void;
const unheard: Note = () => {};

const lengthLimits = [1000, 4000, 16_000];
const constraintLimits = [3, 6, 10];

const constraintWords =
  "must|should|only|exactly|at least|at most|no more than|do not|don't|never|always|without|ensure|include|avoid|limit|format|required?";
const conflictWords = /\b(?:but|however|unless|except|although|on the other hand|at the same time)\b/i;
const reasoningWords =
  /^(?:step by step|prove|derive|debug|refactor|trade-?offs?|compare|analy[sz]e|plan|optimi[sz]e|root cause|diagnose|evaluate)$/i;
/** Both kinds in one sweep: half the time on a big log. */
const tellingWords = new RegExp(`\\b(?:${constraintWords}|${reasoningWords.source.slice(4, -2)})\\b`, 'gi');

export function difficultyOf(draft: Draft): { score: number; difficulty: Difficulty } {
  if (draft.difficulty)
    return { score: draft.difficulty_score ?? (draft.difficulty === 'hard' ? 1 : 0), difficulty: draft.difficulty };
  const sum = pointsOf(draft, unheard);
  const score = Math.min(1, Math.round(sum * 100) / 100);
  return { score, difficulty: score >= hardFrom ? 'hard' : 'easy' };
}

/** Why a prompt looks hard, in words. */
export function signsOf(prompt: Scored): string[] {
  const signs: string[] = [];
  pointsOf(prompt, (sign) => signs.push(signWords[sign]));
  return signs;
}

type Scored = Pick<Draft, 'messages' | 'tools' | 'response_format' | 'ref' | 'tags'>;

function pointsOf(draft: Scored, note: Note): number {
  let length = 0;
  let text = '';
  for (const message of draft.messages) {
    const part = plainText(message.content);
    length += part.length;
    // The beginning and end of long texts hold the orders; what is between is mostly material.
    const telling = part.length > 6000 ? `${part.slice(0, 4000)} ${part.slice(-2000)}` : part;
    text = text === '' ? telling : `${text}\n${telling}`;
  }
  return textPoints(text, length, note) + shapePoints(draft, note) + logPoints(draft, note);
}

/** The points of a sign that is there. */
function worth(sign: keyof typeof points, there: boolean, value: number, note: Note): number {
  if (!there || value === 0) return 0;
  note(sign);
  return value;
}

function textPoints(text: string, length: number, note: Note): number {
  const telling = text.match(tellingWords);
  const reasoning = telling === null ? 0 : telling.filter((words) => reasoningWords.test(words)).length;
  const constraints = telling === null ? 0 : telling.length - reasoning;
  return (
    worth('long', true, step(length, lengthLimits, points.long), note) +
    worth('constraints', true, step(constraints, constraintLimits, points.constraints), note) +
    worth('conflict', constraints > 0 && conflictWords.test(text), points.conflict, note) +
    worth('reasoning', reasoning > 0, points.reasoning, note) +
    worth('ambiguous', length < 40, points.ambiguous, note) +
    worth('foreign', foreignShare(text) > 0.3, points.foreign, note)
  );
}

function shapePoints(draft: Scored, note: Note): number {
  let toolTurns = 0;
  let turns = 0;
  for (const { role } of draft.messages) {
    if (role === 'tool') toolTurns += 1;
    if (role !== 'system' && role !== 'developer') turns += 1;
  }
  return (
    worth('tools', true, draft.tools ? step(draft.tools.length, [1, 3], points.tools) : 0, note) +
    worth('toolSteps', toolTurns > 0, points.toolSteps, note) +
    worth('turns', turns >= 5, points.turns, note) +
    worth('schema', draft.response_format?.type === 'json_schema', points.schema, note)
  );
}

/** What became of the prompt in the log: the best sign there is, where the log says it. */
function logPoints({ ref, tags, response_format: format }: Scored, note: Note): number {
  const felt =
    worth('disliked', tags?.includes(dislikedTag) === true, points.disliked, note) +
    worth('again', tags?.includes(askedAgain) === true, points.again, note) +
    worth('failedCheck', tags?.includes(failedCheck) === true, points.failedCheck, note);
  if (!ref) return felt;
  const cut = ref.finish === 'length' || ref.finish === 'max_tokens';
  const failed = ref.error !== undefined || ref.refusal !== undefined || cut;
  const wantsJson = format !== undefined && format.type !== 'text';
  return (
    felt +
    worth('failed', failed, points.failed, note) +
    worth('noJson', !failed && wantsJson && ref.text !== '' && !isJson(ref.text), points.noJson, note)
  );
}

function step(value: number, limits: readonly number[], worth: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < limits.length; at += 1) if (value >= (limits[at] as number)) sum = worth[at] ?? sum;
  return sum;
}

/** Share of letters beyond ASCII in the first 1,000 characters, by every eighth of them. */
function foreignShare(text: string): number {
  const end = Math.min(1000, text.length);
  let foreign = 0;
  let seen = 0;
  for (let at = 0; at < end; at += end < 80 ? 1 : 8) {
    seen += 1;
    if (text.charCodeAt(at) > 0xbf) foreign += 1;
  }
  return seen ? foreign / seen : 0;
}

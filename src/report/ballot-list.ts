/** All ballots, unblinded: what was asked, what both arms said, who voted what. */

import type { PromptId } from '../records/ids.ts';
import type { Difficulty, Message, PromptRecord, ToolCall } from '../records/prompt-record.ts';
import { type Trial, trialKey } from '../runs/trial.ts';
import { compactJson } from '../text/json-lines.ts';
import { isBlankText, judgedText, type Known } from '../text/judged.ts';
import { thousands } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { type RecordedResult, recordedResults } from '../text/recorded-results.ts';
import type { EvidenceUnit, PairVerdicts } from '../verdicts/verdict-shapes.ts';
import { readingOf, whatCame } from '../voting/what-came.ts';
import type { HeldTexts } from './held-texts.ts';
import type { ReportInput } from './report-input.ts';

export interface BallotVote {
  rater: string;
  outcome: 'open' | 'both-fine' | 'both-bad' | 'closed';
  redo: { open: boolean; closed: boolean };
  shownLeft: 'open' | 'closed';
  /** Null: time unknown. */
  seconds: number | null;
  note: string | null;
  recognised: { cause: string; right: boolean } | null;
}

export interface BallotTexts {
  /** Without its leading system messages, which are the rules. */
  prompt: string;
  rules: string | null;
  open: string | null;
  closed: string | null;
}

/** `open` is arm `a` of the pair, `closed` arm `b`, also in pairs with a control arm. */
export interface ReportBallot {
  /** Place of its prompt in the run, from 1: the same for every pair, and after more votes. */
  n: number;
  pair: string;
  prompt: PromptId;
  /** Its id in the user's own log. */
  sourceId: string | null;
  task: string;
  difficulty: Difficulty;
  identical: boolean;
  noAnswer: boolean;
  /** Whose answer declines the request as a whole. */
  refused: { open: boolean; closed: boolean };
  score: number;
  votes: BallotVote[];
  /** Null where the report holds no texts: too many, too long, or left out. Answers alone are null while they stay hidden. */
  texts: BallotTexts | null;
}

/** At most this many ballots carry their texts; the rest is in the run folder. */
export const mostTexts = 500;
const longestText = 6_000;
/** Characters of all texts together, so that a page of 500 long ballots still opens. */
const textBudget = 3_000_000;

/** The number that report, losses and `--prompt` give a prompt: its place among the frozen prompts, from 1. */
export const promptPlaces = (prompts: readonly Pick<PromptRecord, 'id'>[]): ReadonlyMap<PromptId, number> =>
  new Map(prompts.map(({ id }, at) => [id, at + 1]));

export function ballotList(input: ReportInput, held: HeldTexts['held']): ReportBallot[] {
  if (input.pairs === 'sealed') return [];
  const prompts = new Map(input.prompts.map((prompt) => [prompt.id, prompt]));
  const places = promptPlaces(input.prompts);
  let left = textBudget;
  let full = 0;
  return input.pairs.flatMap((pair) =>
    pair.evidence.map((unit) => {
      const wanted = held !== 'none' && full < mostTexts && left > 0;
      const texts = wanted ? textsOf({ unit, pair, prompt: prompts.get(unit.prompt), input, held }) : null;
      if (texts) full += 1;
      left -= texts
        ? texts.prompt.length + (texts.rules ?? '').length + (texts.open ?? '').length + (texts.closed ?? '').length
        : 0;
      const withNotes = held !== 'none';
      const sourceId = prompts.get(unit.prompt)?.source_id ?? null;
      const n = places.get(unit.prompt) ?? 0;
      return reportBallot({ unit, pair, n, texts, withNotes, refused: refusedOf(unit, pair, input), sourceId });
    }),
  );
}

function refusedOf({ prompt }: EvidenceUnit, { pair }: PairVerdicts, { trials }: ReportInput): ReportBallot['refused'] {
  const refused = (arm: string): boolean => readingOf(trials[arm]?.get(trialKey(prompt, 1))) === 'refused';
  return { open: refused(pair.a), closed: refused(pair.b) };
}

interface Parts extends Pick<ReportBallot, 'n' | 'refused' | 'sourceId' | 'texts'> {
  unit: EvidenceUnit;
  pair: PairVerdicts;
  /** A note may quote what it is about. */
  withNotes: boolean;
}

function reportBallot({ unit, pair, n, texts, refused, withNotes, sourceId }: Parts): ReportBallot {
  return {
    n,
    pair: `${pair.pair.a}:${pair.pair.b}`,
    prompt: unit.prompt,
    sourceId,
    task: unit.task,
    difficulty: unit.difficulty,
    identical: unit.identical,
    noAnswer: unit.noAnswer,
    refused,
    score: unit.score,
    votes: unit.votes.map((vote) => ({
      rater: vote.rater,
      outcome: vote.outcome === 'a' ? 'open' : vote.outcome === 'b' ? 'closed' : vote.outcome,
      redo: { open: vote.redo.a, closed: vote.redo.b },
      shownLeft: vote.aSide === 'left' ? 'open' : 'closed',
      seconds: vote.ms === null ? null : Math.round(vote.ms / 100) / 10,
      note: withNotes ? (vote.note ?? null) : null,
      recognised: vote.recognised ? { cause: vote.recognised.cause, right: vote.recognised.right } : null,
    })),
    texts,
  };
}

interface Wanted {
  unit: EvidenceUnit;
  pair: PairVerdicts;
  prompt: PromptRecord | undefined;
  input: ReportInput;
  held: HeldTexts['held'];
}

function textsOf({ unit, pair: { pair }, prompt, input, held }: Wanted): BallotTexts | null {
  if (!prompt) return null;
  const { run, trials } = input;
  const answer = (name: string): string | null => {
    if (held !== 'all') return null;
    const templateEnds = run.arms.find((arm) => arm.name === name)?.templateEnds;
    return cut(answerText(trials[name]?.get(trialKey(unit.prompt, 1)), { prompt, templateEnds }));
  };
  return {
    ...askedTexts(prompt),
    open: answer(pair.a),
    closed: answer(pair.b),
  };
}

/** Of what was asked: its rules, which are the leading system messages, and the rest, with what tools gave back in the log. */
export function askedOf(prompt: Pick<PromptRecord, 'messages' | 'tool_log'>): { asked: string; rules: string } {
  const { messages } = prompt;
  const first = messages.findIndex(({ role }) => role !== 'system');
  const until = first === -1 ? 0 : first;
  return {
    asked: [...messages.slice(until).map(messageText), ...recordedResults(prompt).map(resultText)].join('\n\n'),
    rules: messages.slice(0, until).map(plainText).join('\n\n'),
  };
}

function askedTexts(prompt: PromptRecord): Pick<BallotTexts, 'prompt' | 'rules'> {
  const { asked, rules } = askedOf(prompt);
  return { prompt: cut(asked), rules: rules === '' ? null : cut(rules) };
}

const resultText = ({ name, result }: RecordedResult): string => `[recorded result of ${name}] ${result}`;

function messageText(message: Message): string {
  const text = plainText(message);
  return message.role === 'user' ? text : `[${message.role}] ${text}`;
}

function plainText(message: Message): string {
  const parts =
    typeof message.content === 'string' ? message.content : (message.content ?? []).map(partText).join('\n');
  return [parts, ...(message.tool_calls ?? []).map(callText)].filter((part) => part !== '').join('\n');
}

const partText = (part: Exclude<Message['content'], string | null>[number]): string =>
  part.type === 'text' ? part.text : `[${part.media}]`;

const callText = ({ name, arguments: args }: ToolCall): string => `${name}(${compactJson(args)})`;

/** The judged answer, whole; behind it the checks that it failed. */
export function answerText(trial: Trial | undefined, known: Known): string {
  const checks = trial?.answer?.outcome === 'answered' ? trial.answer.checks : [];
  const failed = checks.filter((check) => !check.pass).map((check) => check.why ?? check.check);
  const notes = failed.length > 0 ? [`(failed a check: ${failed.join('; ')})`] : [];
  return [judgedAnswer(trial, known), ...notes].join('\n');
}

/** Without what checks say of it. */
export function judgedAnswer(trial: Trial | undefined, known: Known): string {
  const answer = trial?.answer;
  const last = answer?.steps.at(-1);
  if (!answer || !last) return '(no answer)';
  if (answer.outcome !== 'answered') return `(no answer: ${last.message ?? answer.outcome})`;
  const before = [...answer.steps.slice(0, -1), { tool_calls: last.earlier_calls }];
  const earlier = before.flatMap((step) => step.tool_calls ?? []).map(callText);
  const calls = (last.tool_calls ?? []).map(callText);
  const { text } = judgedText(last, known);
  const diff = trial.work?.diff.trim() ?? '';
  const shown = [diff, ...earlier, isBlankText(text) ? '' : text, ...calls].filter((part) => part !== '').join('\n');
  const nothing = whatCame(trial, known) === 'withheld' ? '(withheld by a filter)' : '(empty answer)';
  return shown === '' ? nothing : shown;
}

function cut(text: string): string {
  const visible = printable(text);
  if (visible.length <= longestText) return visible;
  const kept = Array.from(visible.slice(0, longestText)).slice(0, -1).join('');
  return `${kept}\n… ${thousands(visible.length - kept.length)} more characters in the run folder`;
}

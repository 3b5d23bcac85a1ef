/** YES, NO, NOT YET, YOUR CALL or NEITHER: what a reader acts on, in front of every other word, in every format. */
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import { listed } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { hastyRaters, type QualityByPair } from '../verdicts/haste.ts';
import type { MayRest } from '../verdicts/may-rest-on.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { PairVerdicts, ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { conflictHeadline } from './conflict-words.ts';
import type { BlindPart } from './report-parts.ts';
import { overallFacts, overallWords, scopeWords } from './verdict-words.ts';

export const answers = ['YES', 'NO', 'NOT YET', 'YOUR CALL', 'NEITHER'] as const;
export type Answer = (typeof answers)[number];

/** Votes that nothing may rest on answer no question, whatever they say. */
export function answerOf(scope: ScopeVerdict, rest: MayRest): Answer {
  if (scope.units === 0 || scope.toGo > 0 || !rest.ok) return 'NOT YET';
  if (scope.neither) return 'NEITHER';
  if (scope.verdict === 'keep-closed') return scope.withinMargin ? 'YOUR CALL' : 'NO';
  return scope.verdict === 'undecided' ? 'NOT YET' : 'YES';
}

const unreliable = {
  haste: 'too fast to have been read',
  recognised: 'not blind: raters could tell the models apart',
  seal: 'opened early or changed',
} satisfies Record<Extract<MayRest, { ok: false }>['cause'], string>;

/** Of guesses after the votes that were right too often for chance. */
export const recognisedWords = 'Raters could tell which answer came from which model: do not call this result blind.';

/** How an interval leads to an answer; counts of unusable answers have another scale. */
export const answerRule = ({ endpoint, margin }: { endpoint: 'preference' | 'retry'; margin: number }): string =>
  endpoint === 'preference'
    ? ` From ${fewestVotes} votes on, all of it above −${Math.round(100 * margin)} is a YES, all of it below 0 a NO, and both together YOUR CALL.`
    : '';

/** Raters of some pair knew the models, as a report says. */
export const isRecognised = ({ blind }: { blind: readonly Pick<BlindPart, 'adjusted'>[] }): boolean =>
  blind.some(({ adjusted }) => adjusted?.word === 'recognised');

/** One line, one meaning: whole votes that nothing may rest on give no answer, whatever they say. */
export function firstLine(
  { overall, tasks }: Pick<PairVerdicts, 'overall' | 'tasks'>,
  rest: MayRest,
  { run, quality }: { run: RunRecord; quality?: QualityByPair | undefined },
): string {
  const isVoted = overall.units > 0 && overall.toGo === 0;
  if (!rest.ok && isVoted) return noDecision(rest, hastyRaters(quality));
  const conflict = conflictHeadline([overall, ...tasks], run.settings.endpoint);
  return `${overallWords(overall, tasks, overallFacts(run))}${conflict}`;
}

/** In the place of the first line's answer, where nothing may rest on the votes; each row says how they stand. */
function noDecision({ cause, why }: Extract<MayRest, { ok: false }>, hasty: ReadonlyMap<string, number>): string {
  if (cause === 'recognised')
    return 'No decision: raters could tell which answer came from which model, so the votes were not blind.';
  const [rater] = hasty.keys();
  if (cause === 'seal' || rater === undefined) return `No decision. ${why}`;
  const seconds = (Math.max(...hasty.values()) / 1000).toFixed(1);
  const whose =
    hasty.size === 1
      ? `half of ${oneLine(rater, 40)}'s votes`
      : `half of the votes of each of ${listed([...hasty.keys()].map((name) => oneLine(name, 40)))}`;
  return `No decision: ${whose} took ${seconds} s or less, too short to read both answers.`;
}

/** How a NO is looked at again: what a new release can change, and what has to be there for it. */
export type LookAgain = 'outdated' | 'lock' | 'answers' | 'run';

/** Ready answers change with no release; a week and whole agents cannot be locked. `hasLock` absent: there is one. */
export function lookAgainOf({ settings }: Pick<RunRecord, 'settings'>, open: ArmRecord, hasLock = true): LookAgain {
  if (isReplay(open)) return 'answers';
  if (settings.agent || settings.watch) return 'run';
  return hasLock ? 'outdated' : 'lock';
}

/** Said once for all tasks; null where no answer is NO. */
export function lookAgainLine(scopes: readonly { answer: Answer }[], again: LookAgain = 'outdated'): string | null {
  return scopes.some(({ answer }) => answer === 'NO')
    ? `A NO is about this open model alone: ${lookAgainWords[again]}.`
    : null;
}

const lookAgainWords = {
  outdated: 'look again at the next release (gapcheck outdated)',
  lock: 'look again at the next release (lock this run for it: gapcheck run --resume --lock)',
  answers: 'look again with new answers of a newer model',
  run: 'look again with a newer model',
} satisfies Record<LookAgain, string>;

const unreliableStart = 'the votes were ';
/** Nothing may rest on these votes: more of them settle nothing. */
export const isUnreliable = ({ words }: { words: string }): boolean => words.startsWith(unreliableStart);

/** "the votes were too fast to have been read". */
export const unreliableWords = ({ cause }: Extract<MayRest, { ok: false }>): string =>
  `${unreliableStart}${unreliable[cause]}`;

/** What stands behind the answer: the verdict's own words, and why nothing may rest on them. */
export function answerWords(scope: ScopeVerdict, rest: MayRest): string {
  if (answerOf(scope, rest) === 'NO') return 'keep closed';
  if (rest.ok || scope.units === 0) return scopeWords(scope);
  return `${unreliableWords(rest)}; the votes alone would say: ${scopeWords(scope).replace(' (a hint)', ', a hint')}`;
}

/** YES, NO, NOT YET, YOUR CALL or NEITHER: what a reader acts on, in front of every other word, in every format. */
import type { ArmRecord, RunRecord } from '../records/run-record.ts';
import { isReplay } from '../runs/trial.ts';
import type { MayRest } from '../verdicts/may-rest-on.ts';
import type { ScopeVerdict } from '../verdicts/verdict-shapes.ts';
import { scopeWords } from './verdict-words.ts';

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
  recognised: 'not blind: raters recognised the models',
  seal: 'opened early or changed',
} satisfies Record<Extract<MayRest, { ok: false }>['cause'], string>;

/** How a NO is looked at again: what a new release can change, and what has to be there for it. */
export type LookAgain = 'outdated' | 'lock' | 'answers' | 'run';

/** Ready answers change with no release; a week and whole agents cannot be locked. `hasLock` absent: there is one. */
export function lookAgainOf({ settings }: Pick<RunRecord, 'settings'>, open: ArmRecord, hasLock = true): LookAgain {
  if (isReplay(open)) return 'answers';
  if (settings.agent || settings.watch) return 'run';
  return hasLock ? 'outdated' : 'lock';
}

const lookAgainWords = {
  outdated: 'look again at the next release (gapcheck outdated)',
  lock: 'look again at the next release (lock this run for it: gapcheck run --resume --lock)',
  answers: 'look again with new answers of a newer model',
  run: 'look again with a newer model',
} satisfies Record<LookAgain, string>;

/** What stands behind the answer: the verdict's own words, and why nothing may rest on them. */
export function answerWords(scope: ScopeVerdict, rest: MayRest, again: LookAgain = 'outdated'): string {
  if (answerOf(scope, rest) === 'NO') return `keep closed; ${lookAgainWords[again]}`;
  if (rest.ok || scope.units === 0) return scopeWords(scope);
  return `the votes were ${unreliable[rest.cause]} (${scopeWords(scope)})`;
}

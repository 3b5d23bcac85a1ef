/** The first thing anyone reads: yes, no or not decided; where; what to do next; what the words promise. */

import { votesRead } from '../stats/task-verdict.ts';
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { Block, Section } from './blocks.ts';
import { shownCaveats } from './caveats.ts';
import { costWords, gapWords } from './cost-words.ts';
import { isUnreliable } from './five-answers.ts';
import { frozenPrompts } from './frozen-prompts.ts';
import type { PairReport, Report, ScopeReport } from './model.ts';
import { noTaskMoves } from './next-step.ts';
import { isWarning } from './rater-notices.ts';
import { answeredScopes, countsShown, scopeName, tone } from './scopes.ts';

export function answerSection(report: Report): Section {
  return {
    id: 'answer',
    title: 'Answer',
    blocks: [...demoBlocks(report), ...leadBlocks(report), ...nextBlocks(report)],
  };
}

export const demoWords = 'DEMO: hand-written answers. This compares no real models.';

const demoBlocks = ({ run }: Report): Block[] => (run.demo ? [{ kind: 'warning', text: demoWords }] : []);

/** With every warning and without the fine print: for short forms. */
export function answerBlocks(report: Report): Block[] {
  const warnings = report.notices.map((text): Block => ({ kind: isWarning(text) ? 'warning' : 'text', text }));
  return [...demoBlocks(report), ...leadBlocks(report), ...nextBlocks(report), ...warnings];
}

function leadBlocks(report: Report): Block[] {
  const pairs = report.pairs.filter((pair) => pair.decides);
  if (report.sealed) return [{ kind: 'lead', text: `No result yet: ${report.sealed.reason}` }];
  const cost = costWords(report).map((text): Block => ({ kind: 'cost', text }));
  const gap = gapWords(report).map((text): Block => ({ kind: 'text', text }));
  return [...pairs.flatMap((pair) => pairBlocks(pair, report)), ...bestOfBlocks(report), ...cost, ...gap];
}

const pairBlocks = (pair: PairReport, report: Report): Block[] => [
  { kind: 'lead', text: `${pair.question} ${pair.reply}` },
  {
    kind: 'verdicts',
    items: answeredScopes(pair).map((scope) => ({
      name: scopeName(scope),
      answer: scope.answer,
      words: `${scope.words}${countsWords(scope)}${behindWords(pair, scope, report)}`,
      tone: tone(scope),
    })),
  },
  ...(pair.overall.units > 0 ? [{ kind: 'text' as const, text: namedLegend(pair, report) }] : []),
  ...againLines(pair, report).map((text) => ({ kind: 'text' as const, text })),
];

/** Below the answers, unless the next step says it. */
export const againLines = ({ lookAgain }: PairReport, { next }: Report): string[] =>
  lookAgain === null || next.words.startsWith(noTaskMoves) ? [] : [lookAgain];

/** Behind the counts: how many more votes would settle it and how many the run has, or that tasks differ. */
export function behindWords({ tasks, decides }: PairReport, scope: ScopeReport, report: Report): string {
  const { task, answer, units } = scope;
  const isAll = task === null && tasks.length > 1;
  if (isAll)
    return units > 0 && tasks.some((one) => one.answer !== answer && one.answer !== 'NOT YET')
      ? '; decide by task'
      : '';
  if (!decides || answer !== 'NOT YET') return '';
  // A hint alone does not say that the votes are too few for any verdict.
  if (scope.leaning !== 'none' && units < fewestVotes)
    return `; ${plural(units, 'vote')}, and a verdict needs at least ${fewestVotes}`;
  return canGoOn(scope) ? `; ${missingVotesWords(scope, report)}` : '';
}

/** Votes that nothing may rest on are not settled by more of them. */
const canGoOn = (scope: ScopeReport): boolean => {
  const { verdict, toGo, read, units, withdrawn } = scope;
  const mayRest = !isUnreliable(scope);
  return mayRest && verdict === 'undecided' && toGo === 0 && read > 0 && units >= fewestVotes && withdrawn === null;
};

/** An estimate, not a border: with what is left in reserve the chance stands beside the command. What a new run takes is its step. */
function missingVotesWords(scope: ScopeReport, report: Report): string {
  const { remaining, settlesAs, read } = scope;
  if (read >= votesRead) return `no vote of a task is read after the first ${votesRead}`;
  const left = promptsLeft(scope, report);
  if (left === 0) return 'this run has no more prompts';
  const wanted =
    remaining === null
      ? 'too close to call: if votes go on like this, more than 60 further ones are needed'
      : `if votes go on like this, about ${remaining} more ${remaining === 1 ? 'makes' : 'make'} it ${settlesAs === 'keep-closed' ? 'a NO' : 'a YES'}`;
  if (remaining !== null && read + remaining > votesRead)
    return `${wanted}, but no vote of a task is read after the first ${votesRead}`;
  return left < (remaining ?? 61) ? `${wanted}; this run has only ${plural(left, 'more prompt')}` : wanted;
}

/** Prompts left to vote on; a week gets new ones every day. */
function promptsLeft({ task, planned }: ScopeReport, { week, tasks }: Report): number {
  if (week !== null) return Number.POSITIVE_INFINITY;
  return frozenPrompts(tasks, task) - planned;
}

/** " (7:1:0)": 22:2:0 is another "good enough" than 9:6:9. */
export const countsWords = (scope: ScopeReport): string => (scope.units === 0 ? '' : ` (${countsShown(scope)})`);

export const countsLegend = (pair: PairReport): string =>
  `In brackets: prompts on which open was better, neither (${neitherWords(pair)}), closed was better.`;

/** All that the middle figure counts, and nothing that it does not. */
function neitherWords(pair: PairReport): string {
  const scopes = answeredScopes(pair);
  const some = (key: 'identical' | 'noAnswer'): boolean => scopes.some(({ counts }) => counts[key] > 0);
  const kinds = [
    'both fine',
    'both unusable',
    ...(some('identical') ? ['identical'] : []),
    ...(some('noAnswer') ? ['no answer from either'] : []),
  ];
  return `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;
}

/** With the models' names: a page is read by people who do not know which is which. */
function namedLegend(pair: PairReport, { arms }: Report): string {
  const named = (word: string, name: string): string => {
    const model = oneLine(arms.find((arm) => arm.name === name)?.model ?? name, 40);
    return model === word ? word : `${word} (${model})`;
  };
  return `In brackets: prompts on which ${named('open', pair.open)} was better, neither (${neitherWords(pair)}), ${named('closed', pair.closed)} was better.`;
}

const bestOfBlocks = ({ bestOf }: Report): Block[] => (bestOf ? [{ kind: 'text', text: bestOf.words }] : []);

function nextBlocks({ next: { command, first, words } }: Report): Block[] {
  if (command === null) return [{ kind: 'text', text: words }];
  return [
    ...(first === null ? [] : [{ kind: 'text' as const, text: thenWords(first) }]),
    { kind: 'command', command, words },
  ];
}

/** Before its command. */
export const thenWords = (first: string): string => `${first}. Then:`;

/** Sealed, only what warns. */
export function caveatSection(report: Report): Section {
  const { shown, rest } = report.sealed
    ? { shown: report.notices.map((text) => ({ text, warns: true })), rest: [] }
    : shownCaveats(report);
  return {
    id: 'caveats',
    title: 'Before you rely on this',
    blocks: shown.length === 0 ? [] : [{ kind: 'caveats', shown, rest }, ...marginBlocks(report)],
  };
}

/** The signs show preferences: of unusable answers they would say something else. */
const marginBlocks = ({ run, sealed }: Report): Block[] =>
  sealed || run.endpoint === 'retry' ? [] : [{ kind: 'chart', chart: 'margin' }];

/** Answers with neither text nor tool call: "No usable answer." on a ballot, and here why. */
import { listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';
import { type ArmReport, armTitle } from './arm-report.ts';
import type { Report } from './model.ts';

type Answers = Pick<Report, 'arms' | 'tasks'>;

export const hasNoText = ({ arms }: Pick<Report, 'arms'>): boolean =>
  arms.some(({ figures: { empty, withheld } }) => (empty ?? 0) + (withheld ?? 0) > 0);

/** "gpt-5 (closed): 3 of 24 answers have no text. Empty: 1. Withheld by a filter: 2 (reply 2)."; none while sealed. */
export const noTextWords = (report: Answers): string[] => report.arms.flatMap((arm) => wordsOf(arm, report));

function wordsOf(arm: ArmReport, report: Answers): string[] {
  const { empty, withheld, trials, missing } = arm.figures;
  const none = (empty ?? 0) + (withheld ?? 0);
  if (none === 0) return [];
  const have = none === 1 ? 'has' : 'have';
  return [
    [
      `${armTitle(arm)}: ${none} of ${plural(trials - missing, 'answer')} ${have} no text.`,
      `Empty: ${empty ?? 0}${byTask(arm, 'empty', report)}.`,
      `Withheld by a filter: ${withheld ?? 0}${byTask(arm, 'withheld', report)}.`,
    ].join(' '),
  ];
}

/** " (reply 2, code 1)", where there are several tasks. */
function byTask({ name }: ArmReport, kind: 'empty' | 'withheld', { tasks }: Answers): string {
  const counts = tasks.flatMap(({ task, arms }) => {
    const figures: ArmFigures | undefined = arms.find(({ arm }) => arm === name);
    const found = figures?.[kind] ?? 0;
    return found === 0 ? [] : [`${oneLine(task, 40)} ${found}`];
  });
  return tasks.length < 2 || counts.length === 0 ? '' : ` (${listed(counts)})`;
}

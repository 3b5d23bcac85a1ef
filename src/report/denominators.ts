/** Why two figures of one report are counted on different wholes. */
import { isReplay } from '../runs/trial.ts';
import { count, listed, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Report } from './model.ts';

/** People vote on some of the prompts that the machine checked. */
export function denominatorWords(report: Report): string[] {
  const voted = report.pairs.find(({ decides }) => decides)?.overall.redo.asked ?? 0;
  const checked = Math.max(0, ...report.arms.map(({ figures }) => figures.firstFailed?.n ?? 0));
  if (voted === 0 || checked === 0 || voted === checked) return [];
  const measured = report.arms.filter(({ figures }) => figures.firstFailed !== null);
  const whose = listed(measured.map(({ model }) => oneLine(model, 60)));
  const each = measured.length > 1 ? ' each' : '';
  const rest = report.arms.some((arm) => arm.figures.firstFailed === null && isReplay(arm))
    ? ' An answer that was there before may be a second try, so it is none of them.'
    : '';
  return [
    `Unusable is counted on the ${plural(voted, 'prompt')} that people voted on; failed checks on the first answers of ${whose}, ${count(checked)}${each}.${rest}`,
  ];
}

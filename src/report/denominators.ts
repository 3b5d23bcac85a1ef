/** Why two figures of one report are counted on different wholes. */
import { count, plural } from '../text/numbers.ts';
import type { Report } from './model.ts';

/** People vote on some of the prompts that the machine checked. */
export function denominatorWords(report: Report): string[] {
  const voted = report.pairs.find(({ decides }) => decides)?.overall.redo.asked ?? 0;
  const checked = Math.max(0, ...report.arms.map(({ figures }) => figures.firstFailed?.n ?? 0));
  if (voted === 0 || checked === 0 || voted === checked) return [];
  return [
    `Unusable is counted on the ${plural(voted, 'prompt')} that people voted on; failed checks on every first answer that was checked, ${count(checked)} for a model.`,
  ];
}

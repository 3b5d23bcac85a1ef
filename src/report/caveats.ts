/** What a reader must know before relying on the answer, most weighty first. */
import { oneLine } from '../text/shell.ts';
import type { Caveat } from './blocks.ts';
import type { Report } from './model.ts';
import { recognitionLines } from './section-blind.ts';

/** What voids the result first, then what its words mean, then what was compared, then licences. */
export function caveatsOf(report: Report): Caveat[] {
  const [margin, risk, ...others] = report.terms;
  const rest = [
    ...[margin, risk].flatMap((text) => text ?? []),
    ...quantizationOf(report),
    ...recognitionLines(report),
    ...licenceLines(report),
    ...others,
  ];
  return [...report.notices.map((text) => ({ text, warns: true })), ...rest.map((text) => ({ text, warns: false }))];
}

const mostCaveats = 7;

/** At most seven, and what stands behind them; a warning is never the one that is left out. */
export function shownCaveats(report: Report): { shown: Caveat[]; rest: Caveat[] } {
  const all = caveatsOf(report);
  const most = Math.max(mostCaveats, report.notices.length);
  return { shown: all.slice(0, most), rest: all.slice(most) };
}

export const quantizationOf = ({ arms }: Report): string[] =>
  arms.flatMap((arm) => (arm.quantizationWords && arm.role !== 'closed' ? [arm.quantizationWords] : []));

/** Only those with a catch: what a reader of the short form must not miss. */
function licenceLines({ licences, arms }: Report): string[] {
  return licences.flatMap(({ arm, licence, catch: snag }) => {
    const model = oneLine(arms.find(({ name }) => name === arm)?.model ?? arm, 60);
    return licence === null || snag === null ? [] : [`${model}: ${licence}. ${snag}`];
  });
}

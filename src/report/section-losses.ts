/** Every prompt on which a side lost, so that a reader sees what would change for users. */
import { plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Block, Section } from './blocks.ts';
import { lostBallots } from './losses.ts';
import type { Report } from './model.ts';
import { againWords } from './section-ballots.ts';

/** More would make the page slow; the rest is among all ballots. */
const mostLosses = 150;

export function lossSections(report: Report): Section[] {
  return report.pairs
    .filter(({ decides }) => decides)
    .map((pair, at) => {
      const open = lostBallots(report, pair, 'open');
      const closed = lostBallots(report, pair, 'closed');
      const model = oneLine(report.arms.find(({ name }) => name === pair.open)?.model ?? pair.open, 60);
      const more = Math.max(0, open.length - mostLosses);
      const words = `${model} lost ${plural(open.length, 'ballot')} and won ${closed.length}.${more > 0 ? ` The clearest ${mostLosses} are shown.` : ''} ${report.texts.words}${againWords(report)}`;
      const losses = [...open.slice(0, mostLosses), ...closed.slice(0, mostLosses)];
      const blocks: Block[] =
        losses.length === 0
          ? []
          : [
              { kind: 'text', text: words },
              { kind: 'losses', losses },
            ];
      return { id: `losses-${at + 1}`, title: pair.who === null ? 'Every loss' : `Every loss: ${pair.who}`, blocks };
    });
}

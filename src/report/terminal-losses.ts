/** Prompts on which open lost, a few of them, in the terminal. */
import { oneLine } from '../text/shell.ts';
import { toWidth } from '../text/wrap.ts';
import { lostBallots, whyLost } from './losses.ts';
import type { PairReport, Report } from './model.ts';
import { promptLine, toldApart } from './prompt-lines.ts';

const shownLosses = 3;

interface Layout {
  columns: number;
  wrapped(text: string, indent?: string): string[];
}

/** By prompt and note alone, so that they may stand while more votes are proposed. */
export function lossLines(report: Report, pair: PairReport, { columns, wrapped }: Layout): string[] {
  const losses = lostBallots(report, pair, 'open');
  if (losses.length === 0) return [];
  const shown = losses.slice(0, shownLosses);
  const { command } = report.texts;
  const digits = Math.max(...shown.map(({ ballot }) => String(ballot.n).length));
  const model = oneLine(report.arms.find(({ name }) => name === pair.open)?.model ?? pair.open, 60);
  const room = Math.max(20, columns - 50);
  const asked = toldApart(
    shown.map(({ ballot }) => promptLine(ballot)),
    room,
    report.ballots.map(promptLine),
  );
  return [
    ...wrapped(
      losses.length > shown.length
        ? `Where ${model} lost (${shown.length} of ${losses.length}, unusable answers first)`
        : `Where ${model} lost`,
    ),
    ...shown.flatMap((loss, at) => {
      const { n, task } = loss.ballot;
      const why = whyLost(loss);
      const prompt = toWidth(asked[at] ?? '', room).trimEnd();
      return wrapped(
        `  ${String(n).padStart(digits)}  ${oneLine(task, 24)}  "${prompt}"${why === '' ? '' : `  ${why}`}`,
        '    ',
      );
    }),
    ...(command === null
      ? []
      : wrapped(`  To see prompt ${shown[0]?.ballot.n} again: ${command} ${shown[0]?.ballot.n}`, '    ')),
    '',
  ];
}

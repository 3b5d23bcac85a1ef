/** Prompts on which open lost, a few of them, in the terminal. */
import { commonStart, sharedOpenings } from '../text/shared-opening.ts';
import { oneLine } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import { toWidth } from '../text/wrap.ts';
import type { ReportBallot } from './ballot-list.ts';
import { lostBallots, whyLost } from './losses.ts';
import type { PairReport, Report } from './model.ts';

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

export const promptLine = ({ texts, prompt }: ReportBallot): string => oneLine(texts?.prompt ?? prompt, 400);

/** Shorter beginnings in common leave room for what differs. */
const longestCommon = 20;

/**
 * A prompt that does not fit is shown from the word on in which it differs from the others, and without the template that
 * prompts of `all` begin with.
 */
export function toldApart(prompts: readonly string[], room: number, all: readonly string[] = prompts): string[] {
  if (prompts.every((prompt) => textWidth(prompt) <= room)) return [...prompts];
  const openings = sharedOpenings(all);
  return prompts.map((prompt, at) => {
    if (textWidth(prompt) <= room) return prompt;
    const others = prompts.filter((other, index) => index !== at && other !== prompt);
    const common = Math.max(0, ...others.map((other) => commonStart(prompt, other)));
    const opening = openings[all.indexOf(prompt)] ?? 0;
    const apart = prompt.lastIndexOf(' ', common - 1) + 1;
    // A word or two more in common are the prompt's own: "The lift …", "The boiler …".
    const word = apart - opening < longestCommon ? opening : apart;
    return word < longestCommon ? prompt : `…${prompt.slice(word)}`;
  });
}

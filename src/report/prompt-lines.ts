/** Prompts on a line each, so that they can be told from one another. */
import { commonStart, sharedOpenings } from '../text/shared-opening.ts';
import { oneLine } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import type { ReportBallot } from './ballot-list.ts';

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

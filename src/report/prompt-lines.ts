/** Prompts on a line each, so that they can be told from one another. */
import { commonStart, sharedOpenings } from '../text/shared-opening.ts';
import { oneLine, shortened } from '../text/shell.ts';
import { textWidth } from '../text/width.ts';
import type { ReportBallot } from './ballot-list.ts';

/** Breaks between lines stay until it is known where the template ends. */
export function promptLine({ texts, prompt }: ReportBallot): string {
  const lines = (texts?.prompt ?? prompt).split('\n').filter((line) => line.trim() !== '');
  return shortened(lines.map((line) => oneLine(line, longest)).join('\n'), longest) || oneLine('');
}

const longest = 400;
const onOneLine = (prompt: string): string => prompt.replaceAll('\n', ' ');

/** Shorter beginnings in common leave room for what differs. */
const longestCommon = 20;

/**
 * A prompt that does not fit is shown from the word on in which it differs from the others, and without the template that
 * prompts of `all` begin with.
 */
export function toldApart(prompts: readonly string[], room: number, all: readonly string[] = prompts): string[] {
  if (prompts.every((prompt) => textWidth(onOneLine(prompt)) <= room)) return prompts.map(onOneLine);
  const openings = sharedOpenings(all);
  return prompts.map((prompt, at) => {
    if (textWidth(onOneLine(prompt)) <= room) return onOneLine(prompt);
    const others = prompts.filter((other, index) => index !== at && other !== prompt);
    const common = Math.max(0, ...others.map((other) => commonStart(prompt, other)));
    const opening = openings[all.indexOf(prompt)] ?? 0;
    const apart = onOneLine(prompt).lastIndexOf(' ', common - 1) + 1;
    // A word or two more in common are the prompt's own: "The lift …", "The boiler …".
    const word = apart - opening < longestCommon ? opening : apart;
    return onOneLine(word < longestCommon ? prompt : `…${prompt.slice(word)}`);
  });
}

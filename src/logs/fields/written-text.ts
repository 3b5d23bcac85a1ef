/** Whether texts are what somebody asked: no ids, dates, names, addresses or paths, and no answers. */

import { isJson } from '../../text/json-lines.ts';

/** Scripts that write without blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;
const question = /[?？؟;]["'”»)\s]*$/u;

/** A sentence or a demand: some words, one of them small, as names and addresses have not. */
function isWritten(text: string): boolean {
  const line = text.trim();
  if ((line.match(unspaced)?.length ?? 0) >= 6) return true;
  const words = line.match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  if (words.length < 3 || !/\s/.test(line) || isData(line)) return false;
  return !/\p{Lu}/u.test(line) || question.test(line) || words.some((word) => /^\p{Ll}/u.test(word));
}

/** JSON, markup of a page, or a trace of a program. */
const isData = (line: string): boolean =>
  /^(?:<(?:!doctype|html|\?xml)|Traceback \(most recent|\s+at \S+ \(|(?:GET|POST|PUT|DELETE|HEAD|PATCH) \/)/i.test(
    line,
  ) ||
  (/^[[{]/.test(line) && isJson(line));

/** How assistants begin. */
const replies =
  /^\W*(?:sure[,!. ]|certainly|absolutely|of course[,!. ]|here(?:'s|’s| is| are) |i(?:'m|’m| am) (?:sorry|happy to|glad to)|i apologi[sz]e|as an ai|thank(?:s| you) for (?:your|reaching|contacting|asking)|(?:great|good) question|to (?:reset|change|cancel) your |you can )/i;

const least = 16;
/** Tickets come again in the same words; labels do so too, but they are no sentences. */
const different = 5;
const sentence = /[.!?…。？！]["'”»)\s]*$/u;

/**
 * True where nearly all texts are written ones that mostly differ. `asked`: what holds them is named as a question;
 * without such a name most of them must end with a question mark.
 */
export function areAsked(texts: readonly string[], asked: boolean): boolean {
  const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
  const share = (fits: (text: string) => boolean): number => filled.filter(fits).length / filled.length;
  if (filled.length === 0) return false;
  const kinds = new Set(filled).size;
  const isRepeated = asked && kinds >= different && share((text) => sentence.test(text)) >= 0.8;
  if (kinds * 2 < filled.length && !isRepeated) return false;
  if (share(isWritten) < 0.8 || share((text) => replies.test(text)) > 0.25) return false;
  const mean = filled.reduce((sum, text) => sum + text.length, 0) / filled.length;
  const questions = share((text) => question.test(text));
  return asked ? mean >= least || questions >= 0.5 || share((text) => unspacedIn(text) >= 6) >= 0.5 : questions >= 0.6;
}

const unspacedIn = (text: string): number => text.match(unspaced)?.length ?? 0;

/** No ids, dates or numbers: enough where the names of a format or a table say what holds the prompt. */
export const areTexts = (texts: readonly string[]): boolean =>
  texts.length > 0 &&
  texts.filter((text) => /\p{L}/u.test(text) && !/^(?=\D*\d)[\w:.-]+$/.test(text)).length * 2 > texts.length;

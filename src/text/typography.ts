/**
 * Typography in the `plain` view, on both sides alike: quotes, dashes, bullets, blank lines and decorative emoji.
 * `raw` shows the text as it came. Code fences keep every character.
 */

import type { AnswerView } from '../blind/ballot.ts';
import type { View } from '../records/vote-lines.ts';
import { isAscii } from './width.ts';

/** Prose with even typography. Pure and idempotent. */
export function plainText(text: string): string {
  let inCode = false;
  const lines = text.split('\n').map((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) inCode = !inCode;
    return inCode ? line : plainLine(line);
  });
  return collapseBlank(lines).join('\n');
}

const emoji =
  /(?:\p{Extended_Pictographic}(?:\ufe0f|\u{1f3fb}|\u{1f3fc}|\u{1f3fd}|\u{1f3fe}|\u{1f3ff})?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*|\p{Regional_Indicator}{2}) ?/gu;
const notPictures = /[©®™‼⁉ℹ↔-↪▪▫◀▶☎✔✖]/u;

const asciiBullet = /^(\s*)[*+](?=\s+\S)/;

function plainLine(line: string): string {
  if (line.length > 20_000) return line;
  if (isAscii(line)) return line.replace(asciiBullet, '$1-').trimEnd();
  const even = line
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/\u00a0|\u202f/g, ' ')
    .replace(/^(\s*)[*+•‣◦▪●–](?=\s+\S)/, '$1-')
    .replace(/\s?—\s?|(?<=\s)–(?=\s)/g, (dash) => (/\s/.test(dash) ? ' - ' : dash === '–' ? '-' : ' - '))
    .trimEnd();
  // A line that is nothing but emoji says something; beside words they decorate.
  const bare = even.replace(emoji, (hit) => (notPictures.test(hit) ? hit : ''));
  return /[\p{L}\p{N}]/u.test(bare) ? bare.trimEnd() : even;
}

function collapseBlank(lines: readonly string[]): string[] {
  let inCode = false;
  return lines.filter((line, at) => {
    if (/^\s*(?:```|~~~)/.test(line)) inCode = !inCode;
    return inCode || line.trim() !== '' || (lines[at - 1] ?? '').trim() !== '';
  });
}

/** Whether an answer is code rather than prose: then `raw` is the view to begin with. JSON reads better indented. */
export function looksLikeCode(text: string): boolean {
  const trimmed = text.trim();
  if (/^<[a-z!?][\s\S]*>$/i.test(trimmed)) return true;
  const lines = trimmed.split('\n', 400);
  const coded = lines.filter((line) =>
    /[;{}]\s*$|^\s*(?:def|class|import|from|function|const|let|var|return|if|for|while|SELECT|#include)\b.*[({:;]?\s*$|=>|^\s*(?:\/\/|#!)/.test(
      line,
    ),
  );
  return lines.length >= 3 && coded.length / lines.length > 0.6;
}

/** The view a ballot opens in: the same for both sides. */
export function defaultView(left: AnswerView, right: AnswerView): View {
  const texts = [left, right].flatMap((answer) => (answer.kind === 'text' && answer.text !== '' ? [answer.text] : []));
  return texts.length > 0 && texts.every(looksLikeCode) ? 'raw' : 'plain';
}

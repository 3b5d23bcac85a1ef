/** The last gate before the terminal: whatever text comes, no control sequence, link, title, bell or bidi override. */
import { printable, printableLine } from './printable.ts';

/** Text of several lines: `\n` is the only control character left. */
export const sanitise = (text: string): string => printable(text);

/** One line: newlines become spaces. */
export const sanitiseLine = (text: string): string => printableLine(text);

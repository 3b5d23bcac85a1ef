/** The parts of a fenced stretch of an answer. */

/** With escapes in it, words of a fence's JSON are not those of the text. */
export const hasFence = (source: string): boolean => source.includes('```') || source.includes('~~~');

/** Its first line, what is in it, and its last line where that closes it. */
export function partsOfFence(fence: string): { open: string; inner: string; close: string } {
  const head = fence.indexOf('\n') + 1;
  const body = fence.trimEnd();
  const last = body.lastIndexOf('\n');
  const closes = last >= head - 1 && /^[ \t]*(?:```|~~~)/.test(body.slice(last + 1, last + 20));
  const end = Math.max(head, closes ? last : body.length);
  return { open: fence.slice(0, head), inner: fence.slice(head, end), close: fence.slice(end) };
}

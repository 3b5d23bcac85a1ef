/** The beginning that a prompt has in common with others: the template above the words that differ. */

/** Shorter beginnings leave room for what differs. */
const shortest = 20;
const readAtMost = 2_000;

/**
 * For each text, how many characters of its beginning `others` other texts have as well. The beginning ends with a line,
 * else with a colon, else with a whole word. 0 where it is shorter than 20, or where nothing follows it.
 */
export function sharedOpenings(texts: readonly string[], others = 2): number[] {
  const sorted = texts.map((text, at) => ({ text: text.slice(0, readAtMost), at })).sort(byText);
  const shared = texts.map(() => 0);
  // In order, texts with the longest beginning in common stand beside each other.
  for (let from = 0; from + others < sorted.length; from += 1) {
    const group = sorted.slice(from, from + others + 1);
    const common = commonStart(group[0]?.text ?? '', group.at(-1)?.text ?? '');
    for (const { at } of group) shared[at] = Math.max(shared[at] ?? 0, common);
  }
  return texts.map((text, at) => openingEnd(text, shared[at] ?? 0));
}

const byText = (one: { text: string }, other: { text: string }): number =>
  one.text < other.text ? -1 : Number(one.text > other.text);

/** Characters that both begin with. */
export function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return at;
}

/** In scripts without blanks every character ends a word. */
const insideWord = /(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])[\p{L}\p{M}\p{N}]/u;

function openingEnd(text: string, common: number): number {
  const start = text.slice(0, common);
  const ends = [/^[\s\S]*\n\s*/, /^[\s\S]*(?::(?=\s)|：)\s*/].map((form) => form.exec(start)?.[0].length ?? 0);
  let end = ends.find((length) => length >= shortest) ?? common;
  while (end > 0 && insideWord.test(text[end - 1] ?? '') && insideWord.test(text[end] ?? '')) end -= 1;
  return end < shortest || text.slice(end).trim() === '' ? 0 : end;
}

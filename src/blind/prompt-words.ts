/** What a prompt, folded, holds and asks for: a name that it holds is never masked. */

/** As a whole word: "metal" does not hold Meta. In scripts without blanks, anywhere. */
export function holdsWord(folded: string, name: string): boolean {
  const isLatin = /[\p{Script=Latin}]/u.test(name);
  for (let at = folded.indexOf(name); at !== -1; at = folded.indexOf(name, at + 1)) {
    if (!isLatin) return true;
    const [before, after] = [folded[at - 1] ?? ' ', folded[at + name.length] ?? ' '];
    if (!latinLetter.test(before) && !latinLetter.test(after)) return true;
  }
  return false;
}

/** A change of script ends a word: "Geminiは". */
const latinLetter = /[\p{Script=Latin}\p{M}_]/u;

/** A question about a word, a thing or a person: no role to play, no text to write, no model that is spoken to. */
export const asksForWords = (prompt: string): boolean =>
  prompt.length < 400 &&
  /[?？]\s*$/.test(prompt) &&
  !/\b(?:you|your|you're|named|called|role-?play|pretend|act as|persona|character|story|poem|write|translate|say|ai|models?|assistants?|chatbots?|llms?)\b|[^\u0000-\u024f\u2010-\u2030]/.test(
    prompt,
  );

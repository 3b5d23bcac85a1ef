/** "meta-llama/Llama-3.1-8B": the owner of a model that is named as a repository. */
import type { Word } from './name-list.ts';

interface Named {
  first: number;
  start: number;
  end: number;
}

/** Words of an owner's name: "meta - llama" has three. */
const mostWords = 6;

/** The name with its owner before it. One without a version may be a choice: "ChatGPT/Claude". */
export function withOwner<Name extends Named>(words: readonly Word[], name: Name, folded: string): Name {
  const slash = words[name.first - 1];
  if (slash?.text !== '/' || slash.end !== name.start || !/\d/.test(folded.slice(name.start, name.end))) return name;
  let first = name.first - 1;
  for (let steps = 0; steps < mostWords; steps += 1) {
    const before = words[first - 1];
    if (!before || before.end !== words[first]?.start || !/^[\p{L}\p{N}_.-]+$/u.test(before.text)) break;
    first -= 1;
  }
  const owner = words[first];
  return owner && first < name.first - 1 ? { ...name, first, start: owner.start } : name;
}

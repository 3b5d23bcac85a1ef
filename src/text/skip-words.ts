/** Sentences on skipped ballots. */
import { plural } from './numbers.ts';

/** What skips do to a verdict, in the words of session and report alike; `stats/lost-prompts.ts` decides it. */
export const skipRuleWords =
  'A skip is no vote. A verdict must also hold if every skipped ballot had gone against it; a single skip among 20 ballots or more takes no verdict back.';

/** What skips do to the chance of "within your margin", 0..1: with none, one, two and three of them. */
export function skipCostWords(planned: number, [none = 0, one = 0, two = 0, three = 0]: readonly number[]): string {
  // One skip of 20 prompts changes the rule in nothing, and the chance by one vote more or less.
  const start =
    Math.abs(of100(one) - of100(none)) <= 2
      ? `${of100(none)} of 100 such sessions without a skip or with one`
      : `${of100(none)} of 100 such sessions without a skip, in ${of100(one)} after one`;
  return `With ${plural(planned, 'prompt')} and equal models, "within your margin" comes in about ${start}, in ${of100(two)} after two, in ${of100(three)} after three.`;
}

const of100 = (chance: number): number => Math.round(100 * chance);

/** What skips do to a verdict, in the words of session and report alike; `stats/lost-prompts.ts` decides it. */
export const skipRuleWords =
  'A skip is no vote. A verdict must also hold if every skipped ballot had gone against it; only a single skip among 20 ballots or more is let pass.';

/**
 * What holds where neither a flag nor the config says otherwise, for the schema, the help and `init`. Imports nothing:
 * every start loads it.
 */
export const configDefaults = {
  // About 27 minutes of voting.
  n: 36,
  // Of 1, by what the verdict is about. Another one needs quantiles of its own in stats/planned-look.ts.
  margin: { preference: 0.3, retry: 0.15 },
  retries: 2,
  maxTokens: 2048,
  // An unchanged model gives unchanged answers at 0, so a later release asks people only about what changed.
  temperature: 0,
  maxSteps: 10,
} as const;

/** The margin where nobody sets one, by what the verdict is about. Published in docs/verdicts.md. */
export const defaultMargin = { preference: 0.3, retry: 0.15 } as const;

/** How providers say that a filter ended an answer, in lower case. */
const filterWords: readonly string[] = [
  ...['content_filter', 'content-filter', 'content_filtered', 'content_blocked', 'safety', 'prohibited_content'],
  ...['blocklist', 'recitation', 'spii', 'sensitive', 'moderation', 'guardrail_intervened'],
];

/** The words of a finish reason: Gemini's `content_filter: RECITATION` has two. */
export const finishWords = (finish: string): string[] => finish.toLowerCase().split(/: ?/);

export const isFiltered = (finish: string): boolean => finishWords(finish).some((word) => filterWords.includes(word));

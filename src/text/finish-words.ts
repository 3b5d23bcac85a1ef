/** How providers say that a filter ended an answer, in lower case. */
export const filterWords: readonly string[] = [
  ...['content_filter', 'content-filter', 'content_filtered', 'content_blocked', 'safety', 'prohibited_content'],
  ...['blocklist', 'recitation', 'spii', 'sensitive', 'moderation', 'guardrail_intervened'],
];

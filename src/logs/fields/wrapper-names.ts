/** Pages and kinds of lists are the wrapper's own. */
export const wrapperNames = new Set([
  'object',
  'has_more',
  'first_id',
  'last_id',
  'next_page_token',
  'next_cursor',
  'total',
  'count',
  'page',
  'limit',
]);

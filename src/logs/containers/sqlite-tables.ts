/** Which table of a database holds the prompts, from the names of its columns. */

export interface TableShape {
  name: string;
  rows: number;
  columns: string[];
  /** Columns declared as text, or without a type. */
  textColumns: string[];
  score: number;
}

const prompt =
  /^(?:prompt|question|query|instruction|user_?(?:input|prompt|message)|input(?:_text)?|messages|request(?:_(?:body|json|payload))?|prompt_(?:text|json|messages)|chat|conversation)$/i;
const answer =
  /^(?:response(?:_(?:body|json|payload|text))?|answer|output(?:_text)?|completion(?:_text)?|reply|bot_response|assistant(?:_message|_response)?|result)$/i;
const role = /^(?:role|sender|author|from|is_user|type|speaker)$/i;
const content = /^(?:content|text|message|body|value|msg)$/i;

/** 4: messages, or prompts with answers; 2: prompts alone; 0: neither. */
export function scoreOf({ columns, rows }: TableShape): number {
  if (rows === 0) return 0;
  const has = (pattern: RegExp): boolean => columns.some((name) => pattern.test(name));
  if (has(role) && has(content)) return columns.some((name) => /^(?:role|sender|is_user|speaker)$/i.test(name)) ? 4 : 3;
  if (has(prompt) && has(answer)) return 4;
  // LangChain keeps a session id and the message as JSON.
  if (has(/^session_id$/i) && has(/^message$/i)) return 4;
  return has(prompt) ? 2 : 0;
}

/** The only table with the best score, or the only one with rows; undefined where several could be meant. */
export function likelyTable(tables: readonly TableShape[]): TableShape | undefined {
  const scored = tables.map((table) => Object.assign(table, { score: scoreOf(table) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const first = scored.filter(({ score }) => score === best);
  const filled = scored.filter(({ rows }) => rows > 0);
  if (best === 0) return filled.length === 1 ? filled[0] : undefined;
  return first.length === 1 ? first[0] : undefined;
}

export const tableText = ({ name, rows, textColumns }: TableShape): string =>
  `${name} (${rows} ${rows === 1 ? 'row' : 'rows'}${textColumns.length ? `; text in ${textColumns.slice(0, 6).join(', ')}${textColumns.length > 6 ? ', …' : ''}` : ''})`;

/** A name as SQL takes it: bare where it can be, so that a shell line stays readable. */
export const quoted = (name: string): string => (/^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

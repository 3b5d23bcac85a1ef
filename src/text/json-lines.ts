/** JSON printed token by token: no number, escape or duplicate key changes, as parse-and-print would. */

const longestJson = 500_000;
const deepestJson = 64;

/**
 * JSON over several lines. Undefined when the text is no JSON object or array, or when indenting would blow it up instead of opening it up:
 * deeper than 64 levels, or over 4 times the length.
 */
export function indentJson(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || trimmed.length > longestJson || !isJson(trimmed)) return undefined;
  const longest = 4 * trimmed.length + 1000;
  const pieces: string[] = [];
  let length = 0;
  let depth = 0;
  let before = '';
  for (const [token] of trimmed.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const isEmpty = closes && (before === '{' || before === '[');
    const startsLine = before !== '' && (closes ? !isEmpty : /^[{[,]$/.test(before));
    const piece = `${startsLine ? `\n${'  '.repeat(depth)}` : ''}${token}${token === ':' ? ' ' : ''}`;
    if (token === '{' || token === '[') depth += 1;
    length += piece.length;
    if (depth > deepestJson || length > longest) return undefined;
    pieces.push(piece);
    before = token;
  }
  return pieces.join('');
}

/** Any JSON value, a bare number too. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON on one line without blanks between its tokens; what is no JSON keeps all but its outer blanks. */
export const compactJson = (text: string): string =>
  isJson(text) ? text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, '$1') : text.trim();

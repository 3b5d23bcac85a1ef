/** The string values of a JSON text, each with its key and the keys of the same object. */
export interface JsonString {
  /** Where its quotation marks stand in the text. */
  from: number;
  to: number;
  /** Of the field that holds it, also through a list; empty at the top. */
  key: string;
  /** Keys of the object that holds it, and the key of that object. */
  beside: readonly string[];
}

interface Open {
  /** Of the field that is being read, or of the field that holds this list. */
  key: string;
  keys: string[];
}

/** `source` is valid JSON. Linear in its length. */
export function stringsOf(source: string): JsonString[] {
  const found: JsonString[] = [];
  const stack: Open[] = [];
  for (const { 0: token, 1: colon, index } of source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g)) {
    const top = stack.at(-1);
    if (token === '{') stack.push({ key: '', keys: top?.key ? [top.key] : [] });
    else if (token === '[') stack.push({ key: top?.key ?? '', keys: top?.keys ?? [] });
    else if (token === '}' || token === ']') stack.pop();
    else if (colon !== undefined && top) {
      top.key = JSON.parse(token.slice(0, -colon.length)) as string;
      top.keys.push(top.key);
    } else found.push({ from: index, to: index + token.length, key: top?.key ?? '', beside: top?.keys ?? [] });
  }
  return found;
}

/** The line of a config that an error is about: `gapcheck.config.yaml:7`. Looked up only when there is an error. */
import { GapcheckError, userError } from '../../errors.ts';

/** Takes the key from the message itself (`FILE: checks.extract[0] …`, `FILE: there is no key "…"`). */
export async function withLine(error: unknown, file: string, text: string): Promise<unknown> {
  if (!(error instanceof GapcheckError) || !error.message.startsWith(`${file}: `)) return error;
  const rest = error.message.slice(file.length + 2);
  const line = await lineOf(text, keysIn(rest));
  return line === undefined ? error : userError(error.code, `${file}:${line}: ${rest}`, error.hint, error);
}

function keysIn(message: string): string[] {
  const empty = /^a key(?: of (\S+))? is empty/.exec(message);
  if (empty) return [...pathOf(empty[1] ?? ''), ''];
  const named = /^there is no key "([^"]*)"/.exec(message) ?? /^([^\s:]+)/.exec(message);
  return pathOf(named?.[1] ?? '');
}

/** `checks["*"][0].flag` and `open.1.think`, key by key. */
const pathOf = (path: string): string[] =>
  [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );

/** As deep as the keys lead; undefined when not even the first is there. JSON is read as the YAML it is. */
async function lineOf(text: string, keys: readonly string[]): Promise<number | undefined> {
  const { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  let node: unknown = parseDocument(text, { lineCounter: lines }).contents;
  let offset: number | undefined;
  for (const key of keys) {
    if (!isCollection(node)) break;
    const item: unknown = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value ?? '') === key)
      : node.items[Number(key)];
    if (item === undefined) break;
    // An empty key stands nowhere: its value does.
    const at = isPair(item) && key !== '' ? item.key : isPair(item) ? item.value : item;
    offset = (at as { range?: [number, number, number] | null } | null)?.range?.[0] ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

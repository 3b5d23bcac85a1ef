/** Rows of a database or a column file, handed on as lines of JSON: everything behind reads them as any other log. */
import type { Json } from '../../records/plain-json.ts';

const batch = 1 << 16;

/** Chunks of about 64 KB; line N is row N. */
export async function* jsonLines(rows: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row, plain)}\n`;
    if (text.length < batch) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** Whole numbers beyond 2^53 and bytes that are text become text; other bytes hold nothing for us. */
function plain(_key: string, value: unknown): Json | unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (value instanceof Uint8Array) return textIn(value);
  return value;
}

function textIn(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

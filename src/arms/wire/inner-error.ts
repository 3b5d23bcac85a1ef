/** What a proxy was told by the server behind it: its own words are only "Provider returned error" or a class name. */
import { isObject } from '../../records/plain-json.ts';
import { messageIn } from './guarded-fetch.ts';

interface Told {
  message: string;
  body?: Record<string, unknown>;
}

/** OpenRouter's `metadata.raw`, or JSON at the end of a sentence; undefined where nobody else spoke. */
export function innerError({ message, body = {} }: Told): Required<Told> | undefined {
  const raw = rawReply(body);
  const parsed = parse(raw ?? /^[^{]{0,200}(\{[\s\S]*\})\s*$/.exec(message)?.[1]);
  const error = isObject(parsed) ? (parsed.error ?? parsed) : undefined;
  const said = error === undefined ? raw : messageIn(error);
  return said === undefined ? undefined : { message: said, body: isObject(error) ? error : {} };
}

/** As a text, or as the text inside what OpenRouter made of it. */
export function rawReply({ metadata }: Record<string, unknown>): string | undefined {
  const raw = isObject(metadata) ? metadata.raw : undefined;
  if (isObject(raw)) return typeof raw.data === 'string' ? raw.data : undefined;
  return typeof raw === 'string' ? raw : undefined;
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

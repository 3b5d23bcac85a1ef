/** The part of an answer in which its writer speaks: no code, no quotations; of a JSON answer, its message. */
import { readCharacters } from './clauses.ts';

const quotations = /"[^"\n]{1,300}"|“[^”\n]{1,300}”|«[^»\n]{1,300}»|„[^“”\n]{1,300}[“”]|「[^」\n]{1,300}」/g;
const fenced = /^```(\w*)[^\n]*\n([\s\S]*?)\n?```\s*$/;
const listed = /^(?:[-*•]|\d{1,2}[.)])\s/;

/** undefined: nobody speaks (code, data, a list). */
export function spokenText(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length <= readCharacters) {
    const fence = fenced.exec(trimmed);
    const inner = (fence?.[2] ?? trimmed).trim();
    if (inner.startsWith('{')) return messageOf(inner);
    if (fence) return fence[1] === '' || fence[1] === 'text' || fence[1] === 'markdown' ? inner : undefined;
  }
  if (trimmed.startsWith('```') || listed.test(trimmed)) return undefined;
  const opening = trimmed.slice(0, readCharacters);
  const bare = /^["“]([^"“”\n]{1,300})["”]$/.exec(opening)?.[1] ?? opening;
  return bare.replace(quotations, '"…"');
}

/** Where services put words for a person; a quotation or an example has other names. */
const messageKeys =
  /^(?:message|error|reason|refusal|response|answer|text|content|result|output|reply|explanation|detail|details|note|description|assistant|final|final_answer|summary)$/i;
const fewFields = 6;

/** The message of an answer in JSON that holds nothing else worth reading. */
function messageOf(json: string): string | undefined {
  const fields = fieldsOf(json);
  if (fields === undefined) return json.includes('":') ? undefined : json;
  const sentences = fields.filter(([, value]) => typeof value === 'string' && /\s/.test(value.trim()));
  const others = fields.filter((field) => !sentences.includes(field));
  const isData = ([, value]: [string, unknown]): boolean =>
    typeof value === 'number' || (Array.isArray(value) && value.length > 0);
  if (fields.length > fewFields || others.some(isData)) return undefined;
  if (sentences.length === 0 || !sentences.every(([key]) => messageKeys.test(key))) return undefined;
  return sentences.map(([, value]) => value).join('\n');
}

/** Names and values, two levels deep: `{"error": {"message": "…"}}`. */
function fieldsOf(json: string): [string, unknown][] | undefined {
  try {
    const entries = (value: object): [string, unknown][] => Object.entries(value);
    return entries(JSON.parse(json)).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? entries(value) : [[key, value]],
    );
  } catch {
    return undefined;
  }
}

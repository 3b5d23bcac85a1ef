/** promptfoo tests: vars (JSON, JSON lines, CSV columns), put into the prompt template given with --template. */
import type { JsonObject } from '../../records/plain-json.ts';
import { isObject } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { listed } from '../../text/numbers.ts';
import { shellWord } from '../../text/shell.ts';
import { type Mapped, reject, settle } from '../draft.ts';
import { compact, decoded, filled, objectOf } from '../fields.ts';
import { messagesFrom } from '../messages.ts';
import type { Draft, LogFormat, MapOptions } from './format.ts';

export const promptfoo: LogFormat = {
  name: 'promptfoo',
  title: 'promptfoo tests',
  sign: (record) => {
    // Results have the whole prompt beside the variables.
    if (isObject(record.prompt) && record.prompt.raw !== undefined) return undefined;
    if (isObject(record.vars)) return { score: 0.95, why: 'tests have vars' };
    const special = Object.keys(record).find((key) =>
      /^__(?:expected\d*|description|prefix|suffix|metric|threshold|metadata:.+|config:.+)$/.test(key),
    );
    return special ? { score: 0.95, why: `it has the column ${special}` } : undefined;
  },
  map: mapTest,
  noPrompts: (file, records) => {
    const [name, ...others] = Object.keys(varsOf(records[0] ?? {}));
    const marked = [name ?? 'name', ...others.slice(0, 2)].map((one) => `{{${one}}}`);
    return `these tests hold only variables: write the prompt that they go into to template.txt, with ${listed(marked)} in their places; then gapcheck import ${shellWord(file)} --template template.txt -o prompts.jsonl`;
  },
};

/** Own fields, or the columns of a table without promptfoo's own. */
const varsOf = (record: JsonObject): JsonObject =>
  objectOf(record.vars) ?? Object.fromEntries(Object.entries(record).filter(([key]) => !key.startsWith('__')));

function mapTest(record: JsonObject, { template }: MapOptions): Mapped {
  const vars = varsOf(record);
  const metadata = objectOf(record.metadata);
  const expected = filled(record.__expected) ?? filled(record.__expected1);
  const messages = template === undefined ? wholePrompt(vars) : rendered(template, vars, record);
  if (typeof messages === 'string') return reject(messages);
  return settle(
    compact<Draft>({
      messages,
      // `__expected` may be an assertion (contains:…, javascript:…): only plain text is an answer.
      ref: expected && !/^[\w-]+(?:\([^)]*\))?:/.test(expected) ? { text: expected } : undefined,
      task:
        filled(record['__metadata:task']) ??
        filled(record['__metadata:category']) ??
        filled(metadata?.task) ??
        filled(metadata?.category),
      source_id: filled(record.description) ?? filled(record.__description),
    }),
  );
}

/** Without a template only a variable that is the prompt itself will do. */
function wholePrompt(vars: JsonObject): Message[] | string {
  const text = filled(vars.prompt) ?? filled(vars.question) ?? filled(vars.input) ?? filled(vars.query);
  return text === undefined ? 'variables without a prompt (--template FILE)' : [{ role: 'user', content: text }];
}

/** The template with its variables filled in, or why that cannot be done. */
export function rendered(template: string, vars: JsonObject, record: JsonObject): Message[] | string {
  const missing = new Set<string>();
  const fill = (text: string): string =>
    text.replace(/\{\{-?\s{0,9}([\w.]{1,100})\s{0,9}-?\}\}/g, (whole, name: string) => {
      const value = vars[name];
      if (value === undefined) missing.add(name);
      return value === undefined ? whole : typeof value === 'string' ? value : JSON.stringify(value);
    });
  // A chat template is filled message by message: a variable must not break its JSON.
  const chat = messagesFrom(decoded(template));
  const messages: Message[] = chat
    ? chat.map((message) => ({
        ...message,
        content: typeof message.content === 'string' ? fill(message.content) : message.content,
      }))
    : [{ role: 'user', content: `${filled(record.__prefix) ?? ''}${fill(template)}${filled(record.__suffix) ?? ''}` }];
  return missing.size ? `the template's variable ${[...missing].join(', ')} has no value` : messages;
}

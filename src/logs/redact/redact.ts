/** Takes personal data and secrets out of a prompt: messages, tools and logged answers alike, one fake per value. */
import { userError } from '../../errors.ts';
import type { Json } from '../../records/plain-json.ts';
import type { CheckSpec, ContentPart, LoggedAnswer, Message, Tool, ToolCall } from '../../records/prompt-record.ts';
import type { Draft } from '../draft.ts';
import { replaceInColumns } from './column-secrets.ts';
import type { Detector } from './detector.ts';
import { detectors } from './detectors.ts';
import { fakeFor, isReserved } from './fakes.ts';
import { canonical, nationalDigits, replaceNational } from './same-number.ts';
import { isUnmistakable } from './secret-value.ts';

/** A pattern of the user's own: what it matches becomes `[name-1]`. */
export interface OwnPattern {
  name: string;
  /** A regular expression, flags `g` and `u` added. */
  pattern: string;
}

export interface Redactor {
  /** A copy without personal data; counts go up by what was replaced. */
  redact(draft: Draft): Draft;
  /** Replacements by kind; values are never kept. */
  counts: Record<string, number>;
  /** Examples from reserved ranges that stay, by kind: they name nobody. */
  examples: Record<string, number>;
}

/** Throws exit 2 where an own pattern is no regular expression. */
export function createRedactor(own: readonly OwnPattern[] = []): Redactor {
  const compiled = own.map(compile);
  const counts: Record<string, number> = {};
  const examples: Record<string, number> = {};
  const clean = new CleanTexts();
  return {
    counts,
    examples,
    redact: (draft) => {
      const fakes = new Fakes(compiled, counts, examples, clean);
      const redacted = redactDraft(draft, (text) => fakes.text(text));
      return fakes.hasMore ? redactDraft(redacted, (text) => fakes.again(text)) : redacted;
    },
  };
}

const cleanCharacters = 2_000_000;

/**
 * Texts in which nothing was found: the turns of a long conversation come again in each of its prompts, and a system
 * prompt in thousands.
 */
class CleanTexts {
  private readonly texts = new Set<string>();
  private characters = 0;

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    if (this.characters > cleanCharacters) {
      this.texts.clear();
      this.characters = 0;
    }
    this.texts.add(text);
    this.characters += text.length;
  }
}

/** Fake values of an earlier import are among them. */
export const exampleWords = (addresses: number): string[] =>
  addresses === 0
    ? []
    : [
        `${addresses} e-mail address${addresses === 1 ? ' is a reserved example' : 'es are reserved examples'} (such as example.com) and ${addresses === 1 ? 'stays as it is: it names' : 'stay as they are: they name'} nobody.`,
      ];

function compile({ name, pattern }: OwnPattern): { name: string; pattern: RegExp } {
  try {
    return { name, pattern: new RegExp(pattern, 'gu') };
  } catch (error) {
    throw userError(
      'logs.redact-pattern',
      `The redaction pattern "${name}" is no regular expression: ${pattern}`,
      'correct it under `redact` in the config',
      error,
    );
  }
}

/** The fakes of one record: the same value gets the same fake everywhere in it. */
class Fakes {
  private readonly own: { name: string; pattern: RegExp }[];
  private readonly counts: Record<string, number>;
  private readonly examples: Record<string, number>;
  private readonly clean: CleanTexts;
  /** Something was found in this text. */
  private found = false;
  private readonly known = new Map<string, number>();
  private readonly used = new Map<string, number>();
  /** Values that are nothing but a secret, wherever they stand. */
  private readonly secrets = new Map<string, string>();
  /** Numbers of phones without their country's digits. */
  private readonly phones = new Map<string, number>();

  constructor(
    own: { name: string; pattern: RegExp }[],
    counts: Record<string, number>,
    examples: Record<string, number>,
    clean: CleanTexts,
  ) {
    this.own = own;
    this.counts = counts;
    this.examples = examples;
    this.clean = clean;
  }

  text(text: string): string {
    if (this.clean.has(text)) return text;
    this.found = false;
    const redacted = this.redacted(text);
    if (!this.found && redacted === text) this.clean.add(text);
    return redacted;
  }

  private redacted(text: string): string {
    let at = text;
    for (const { name, pattern } of this.own) {
      at = at.replace(pattern, (value) =>
        value === '' || /^\[[\w-]+-\d+\]$/.test(value)
          ? value
          : this.fake(name, value, (index) => `[${name}-${index + 1}]`),
      );
    }
    if (at.includes('\n')) at = replaceInColumns(at, (value) => this.secret(value));
    for (const detector of detectors) if (detector.hint.test(at)) at = this.apply(detector, at);
    return at;
  }

  /** Goes on right behind what was replaced: what `shrink` gave back may be a value of its own. */
  private apply(detector: Detector, text: string): string {
    const { kind, pattern, group } = detector;
    let result = '';
    let done = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const found = detector.quoted ? match.slice(1).find((part) => part !== undefined) : match[group];
      const start = match.index + (found ? match[0].lastIndexOf(found) : 0);
      const value = found && validPart(detector, found, text, start);
      if (!value) {
        // What was refused must not hide the next one: look again one character on.
        pattern.lastIndex = Math.max(match.index + 1, kind === 'secret' ? match.index + 1 : pattern.lastIndex);
        continue;
      }
      pattern.lastIndex = start + value.length;
      if (isReserved(kind, value)) {
        this.found = true;
        this.examples[kind] = (this.examples[kind] ?? 0) + 1;
        continue;
      }
      result += text.slice(done, start) + this.fake(kind, value, (index) => fakeFor(kind, value, index));
      done = start + value.length;
    }
    return done ? result + text.slice(done) : text;
  }

  private secret(value: string): string {
    return isReserved('secret', value) ? value : this.fake('secret', value, (index) => fakeFor('secret', value, index));
  }

  /** A secret that its name gave away once, in the places where no name stands beside it; a phone number without its country. */
  again(text: string): string {
    let at = text;
    for (const [value, fake] of this.secrets) {
      const parts = at.split(value);
      if (parts.length === 1) continue;
      this.counts.secret = (this.counts.secret ?? 0) + parts.length - 1;
      at = parts.join(fake);
    }
    const count = (): void => {
      this.counts.phone = (this.counts.phone ?? 0) + 1;
    };
    for (const [digits, index] of this.phones) at = replaceNational(at, digits, index, count);
    return at;
  }

  get hasMore(): boolean {
    return this.secrets.size + this.phones.size > 0;
  }

  private fake(kind: string, value: string, make: (index: number) => string): string {
    this.found = true;
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
    const key = `${kind}\u0001${canonical(kind, value)}`;
    const index = this.known.get(key) ?? this.used.get(kind) ?? 0;
    if (!this.known.has(key)) this.used.set(kind, index + 1);
    this.known.set(key, index);
    const fake = make(index);
    const national = kind === 'phone' ? nationalDigits(value) : undefined;
    if (national !== undefined && this.phones.size < mostPhones) this.phones.set(national, index);
    if (kind === 'secret' && value.length >= 8 && isUnmistakable(value)) this.secrets.set(value, fake);
    return fake;
  }
}

/** Phone numbers of one record that are looked for without their country: a directory has thousands. */
const mostPhones = 40;

/** How much of a text beside a value is read to judge it. */
const beside = 80;

/** The value, or with `shrink` its longest beginning of whole groups, that passes the detector's rule. */
function validPart({ valid, shrink, trim }: Detector, found: string, text: string, start: number): string | undefined {
  let part = trim ? found.replace(/[.,;:)]{1,3}$/, '') : found;
  if (!valid) return part;
  const before = text.slice(Math.max(0, start - beside), start);
  while (!valid(part, before, text.slice(start + part.length, start + part.length + beside))) {
    const cut = shrink ? Math.max(part.lastIndexOf(' '), part.lastIndexOf('-'), part.lastIndexOf('.')) : -1;
    if (cut <= 0) return undefined;
    part = part.slice(0, cut);
  }
  return part;
}

function redactDraft(draft: Draft, text: TextMap): Draft {
  const redacted: Draft = { ...draft, messages: draft.messages.map((message) => redactMessage(message, text)) };
  if (draft.tools) redacted.tools = draft.tools.map((tool) => redactTool(tool, text));
  if (draft.response_format?.type === 'json_schema') {
    redacted.response_format = { ...draft.response_format, schema: deep(draft.response_format.schema, text) };
  }
  if (draft.ref) redacted.ref = redactAnswer(draft.ref, text);
  if (draft.answers) {
    redacted.answers = Object.fromEntries(
      Object.entries(draft.answers).map(([name, answer]) => [name, redactAnswer(answer, text)]),
    );
  }
  if (draft.tool_log) {
    redacted.tool_log = draft.tool_log.map((entry) => ({
      ...entry,
      arguments: text(entry.arguments),
      result: text(entry.result),
    }));
  }
  // What a check looks for must be what the prompt holds now.
  if (draft.checks) redacted.checks = deep(draft.checks as Json[], text) as CheckSpec[];
  if (draft.session_id) redacted.session_id = text(draft.session_id);
  if (draft.source_id) redacted.source_id = text(draft.source_id);
  if (draft.tags) redacted.tags = draft.tags.map(text);
  return redacted;
}

type TextMap = (text: string) => string;

function redactMessage(message: Message, text: TextMap): Message {
  const { content } = message;
  const redacted: Message = {
    ...message,
    content: typeof content === 'string' ? text(content) : (content?.map((part) => redactPart(part, text)) ?? null),
  };
  if (message.tool_calls) redacted.tool_calls = message.tool_calls.map((call) => redactCall(call, text));
  if (message.name) redacted.name = text(message.name);
  return redacted;
}

const redactPart = (part: ContentPart, text: TextMap): ContentPart =>
  part.type === 'text' ? { ...part, text: text(part.text) } : { ...part, value: deep(part.value, text) };

const redactCall = (call: ToolCall, text: TextMap): ToolCall => ({ ...call, arguments: text(call.arguments) });

function redactTool(tool: Tool, text: TextMap): Tool {
  const redacted = { ...tool };
  if (tool.description) redacted.description = text(tool.description);
  if (tool.parameters) redacted.parameters = deep(tool.parameters, text);
  return redacted;
}

function redactAnswer(answer: LoggedAnswer, text: TextMap): LoggedAnswer {
  const redacted = { ...answer, text: text(answer.text) };
  if (answer.tool_calls) redacted.tool_calls = answer.tool_calls.map((call) => redactCall(call, text));
  if (answer.refusal) redacted.refusal = text(answer.refusal);
  if (answer.error) redacted.error = text(answer.error);
  return redacted;
}

/** Base64 of images is no text: long unbroken strings are left alone. */
const isBlob = (value: string): boolean => value.length > 4096 && !value.slice(0, 1000).includes(' ');

function deep<T extends Json>(value: T, text: TextMap): T {
  if (typeof value === 'string') return (isBlob(value) ? value : text(value)) as T;
  if (Array.isArray(value)) return value.map((item) => deep(item, text)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item as Json, text)])) as T;
}

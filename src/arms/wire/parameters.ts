/**
 * Parameters that a provider refuses: each is left out or renamed once, remembered for the arm, and recorded in
 * `adjusted`. Never silently: what one arm could not honour is on the report.
 */
export type Adjustment = 'max_tokens' | 'max_completion_tokens' | 'developer' | 'strict' | Droppable;

type Droppable = (typeof droppable)[number];

const droppable = [
  // Before temperature: where both together are refused, this one goes.
  'top_p',
  'temperature',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'stop',
  'stream_options',
  'tool_choice',
  'response_format',
] as const;

const refusals =
  /unsupported|not support|unexpected|unrecognized|unknown (parameter|field|argument|name)|extra[_ ](forbidden|inputs|fields)|not permitted|not allowed|only the default|cannot both|deprecated|use '?max_/i;

interface Refusal {
  status: number | undefined;
  /** `param` of the error body. */
  param?: unknown;
  code?: unknown;
  message: string;
}

/** What to change for the next try, if this error is about a parameter that was sent; undefined otherwise. */
export function adjustmentFor(refusal: Refusal, sent: Record<string, unknown>): Adjustment | undefined {
  const { status, param, code, message } = refusal;
  if (status !== 400 && status !== 422) return undefined;
  const says = `${code ?? ''} ${message}`;
  if (/strict/i.test(String(param ?? '')) || /invalid schema for (response_format|function)/i.test(message)) {
    return hasStrict(sent) ? 'strict' : undefined;
  }
  if (!refusals.test(says)) return undefined;
  const names: Adjustment[] = ['max_completion_tokens', 'max_tokens', ...droppable];
  const named =
    names.find((name) => name in sent && name === param) ??
    names.find((name) => name in sent && mentions(message, name));
  if (named) return named;
  return /developer/i.test(message) && JSON.stringify(sent.messages).includes('"role":"developer"')
    ? 'developer'
    : undefined;
}

const mentions = (message: string, name: string): boolean =>
  new RegExp(`(^|[^a-z_])${name}([^a-z_]|$)`, 'i').test(message);

const hasStrict = (sent: Record<string, unknown>): boolean =>
  /"strict":true/.test(JSON.stringify([sent.response_format, sent.tools]));

/** In words, for the record. */
const adjustmentNote: Record<Adjustment, string> = {
  max_tokens: 'max_tokens: sent as max_completion_tokens',
  max_completion_tokens: 'max_completion_tokens: sent as max_tokens',
  developer: 'role developer: sent as system',
  strict: 'strict: not sent',
  temperature: 'temperature: model default',
  top_p: 'top_p: model default',
  presence_penalty: 'presence_penalty: model default',
  frequency_penalty: 'frequency_penalty: model default',
  seed: 'seed: not sent',
  stop: 'stop: not sent',
  stream_options: 'token counts: not sent while streaming',
  tool_choice: 'tool_choice: not sent',
  response_format: 'response_format: not sent',
};

/** The body with every adjustment made. */
export function adjust(body: Record<string, unknown>, adjustments: ReadonlySet<Adjustment>): Record<string, unknown> {
  if (adjustments.size === 0) return body;
  const result: Record<string, unknown> = { ...body };
  for (const one of adjustments) apply[one]?.(result) ?? dropOf(result, one);
  return result;
}

const dropOf = (body: Record<string, unknown>, name: string): void => {
  if ((droppable as readonly string[]).includes(name)) delete body[name];
};

const rename = (from: string, to: string) => (body: Record<string, unknown>) => {
  if (!(from in body)) return;
  body[to] = body[from];
  delete body[from];
};

const apply: Partial<Record<Adjustment, (body: Record<string, unknown>) => void>> = {
  max_tokens: rename('max_tokens', 'max_completion_tokens'),
  max_completion_tokens: rename('max_completion_tokens', 'max_tokens'),
  developer: (body) => {
    const messages = body.messages as { role: string }[];
    body.messages = messages.map((message) =>
      message.role === 'developer' ? { ...message, role: 'system' } : message,
    );
  },
  strict: (body) => {
    for (const key of ['response_format', 'tools']) if (key in body) body[key] = withoutStrict(body[key]);
  },
};

const withoutStrict = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, item) => (key === 'strict' && item === true ? undefined : item));

/** Adjustments that change this body: a renamed parameter is a note only where the parameter was sent. */
export const notesFor = (body: Record<string, unknown>, adjustments: ReadonlySet<Adjustment>): string[] =>
  [...adjustments]
    .filter((one) => one in body || one === 'developer' || one === 'strict')
    .map((one) => adjustmentNote[one]);

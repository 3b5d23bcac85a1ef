/** What a reply looks like on each provider's wire. The shapes are those of recorded bodies; see model-server.ts. */
import type { ReplyOptions } from './model-server.ts';

export type Protocol = 'openai' | 'anthropic' | 'ollama';

export interface WireCall {
  protocol: Protocol;
  stream: boolean;
  model: string;
  promptWords: number;
  includeUsage: boolean;
  text: string;
  options: ReplyOptions;
}

/** Streamed: head, pieces (one per chunk), tail. Not streamed: everything is in `tail`. */
export interface Frames {
  head: string;
  pieces: string[];
  tail: string;
  type: string;
}

export const frames = (call: WireCall): Frames => makers[call.protocol](call);

const makers: Record<Protocol, (call: WireCall) => Frames> = { openai, anthropic, ollama };

/** Splits into at most `count` pieces that join to the same text, never inside a surrogate pair. */
function pieces(text: string, count?: number): string[] {
  const points = [...text];
  const wanted = Math.max(1, Math.min(count ?? Math.min(8, text.split(/\s+/).length), points.length));
  const parts: string[] = [];
  for (let index = 0; index < wanted; index += 1) {
    const from = Math.floor((index * points.length) / wanted);
    parts.push(points.slice(from, Math.floor(((index + 1) * points.length) / wanted)).join(''));
  }
  return parts;
}

const words = (text: string) => text.split(/\s+/).filter(Boolean).length;

function counts({ options, promptWords, text }: WireCall) {
  if (options.usage === null) return undefined;
  return { in: promptWords, out: words(text) + words(options.reasoning ?? ''), ...options.usage };
}

const defaultFinish = ({ options }: WireCall) => options.finish ?? (options.toolCalls ? 'tool_calls' : 'stop');

function openai(call: WireCall): Frames {
  const { options, text } = call;
  const base = {
    id: 'chatcmpl-1',
    created: 1795220876,
    model: options.model ?? call.model,
    ...(options.fingerprint ? { system_fingerprint: options.fingerprint } : {}),
  };
  const used = counts(call);
  const usage = used && {
    prompt_tokens: used.in,
    completion_tokens: used.out,
    total_tokens: (used.in ?? 0) + (used.out ?? 0),
    ...(used.cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: used.cached } }),
    ...(used.reasoning === undefined ? {} : { completion_tokens_details: { reasoning_tokens: used.reasoning } }),
  };
  const finish = options.noFinish ? null : defaultFinish(call);
  const reasoningField = options.reasoningField ?? 'reasoning_content';
  const calls = options.toolCalls?.map((tool, index) => ({
    index,
    id: tool.id ?? `call_${index}`,
    type: 'function',
    function: { name: tool.name, arguments: tool.arguments },
  }));
  if (!call.stream) {
    const message = {
      role: 'assistant',
      content: options.refusal ? null : text,
      refusal: options.refusal ?? null,
      ...(options.reasoning ? { [reasoningField]: options.reasoning } : {}),
      ...(calls ? { tool_calls: calls.map(({ index: _, ...rest }) => rest) } : {}),
    };
    const whole = { ...base, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }] };
    return json({ ...whole, ...(usage ? { usage } : {}), ...options.extra });
  }
  const chunk = (delta: object, reason: string | null = null) =>
    sse({ ...base, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] });
  const reasoning = options.reasoning ? [chunk({ [reasoningField]: options.reasoning })] : [];
  const content = text ? pieces(text, options.chunks).map((piece) => chunk({ content: piece })) : [];
  const refusal = options.refusal ? [chunk({ refusal: options.refusal })] : [];
  // Arguments in two fragments, the second without id and name, as the wire does it.
  const tools = (calls ?? []).flatMap((tool) => {
    const half = Math.ceil(tool.function.arguments.length / 2);
    const first = { ...tool, function: { ...tool.function, arguments: tool.function.arguments.slice(0, half) } };
    const rest = { index: tool.index, function: { arguments: tool.function.arguments.slice(half) } };
    return [chunk({ tool_calls: [first] }), chunk({ tool_calls: [rest] })];
  });
  const last = options.noFinish ? '' : chunk({}, finish);
  const tail = call.includeUsage && usage ? sse({ ...base, object: 'chat.completion.chunk', choices: [], usage }) : '';
  return {
    head: chunk({ role: 'assistant', content: '' }),
    pieces: [...reasoning, ...content, ...refusal, ...tools],
    tail: `${last}${tail}data: [DONE]\n\n`,
    type: 'text/event-stream',
  };
}

const anthropicFinish: Record<string, string> = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' };

function anthropic(call: WireCall): Frames {
  const { options, text } = call;
  const used = counts(call);
  const input = used && {
    input_tokens: (used.in ?? 0) - (used.cached ?? 0),
    cache_read_input_tokens: used.cached ?? 0,
    cache_creation_input_tokens: 0,
  };
  const wanted = defaultFinish(call);
  const finish = options.noFinish ? null : (anthropicFinish[wanted] ?? wanted);
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: options.model ?? call.model };
  const tools = (options.toolCalls ?? []).map((tool, index) => ({
    type: 'tool_use',
    id: tool.id ?? `toolu_${index}`,
    name: tool.name,
    raw: tool.arguments,
  }));
  if (!call.stream) {
    const content = [
      ...(options.reasoning ? [{ type: 'thinking', thinking: options.reasoning, signature: 's' }] : []),
      ...(text ? [{ type: 'text', text }] : []),
      ...tools.map(({ raw, ...tool }) => ({ ...tool, input: JSON.parse(raw) })),
    ];
    return json({ ...message, content, stop_reason: finish, usage: { ...input, output_tokens: used?.out } });
  }
  const event = (type: string, data: object) => `event: ${type}\n${sse({ type, ...data })}`;
  const start = { ...message, content: [], stop_reason: null, usage: { ...input, output_tokens: 1 } };
  let index = -1;
  const block = (content_block: object, deltas: object[]) => {
    index += 1;
    const at = index;
    return [
      event('content_block_start', { index: at, content_block }),
      ...deltas.map((delta) => event('content_block_delta', { index: at, delta })),
      event('content_block_stop', { index: at }),
    ];
  };
  const parts = [
    ...(options.reasoning
      ? block({ type: 'thinking', thinking: '' }, [{ type: 'thinking_delta', thinking: options.reasoning }])
      : []),
    ...(text
      ? block(
          { type: 'text', text: '' },
          pieces(text, options.chunks).map((piece) => ({ type: 'text_delta', text: piece })),
        )
      : []),
    ...tools.flatMap(({ raw, ...tool }) =>
      block({ ...tool, input: {} }, [
        { type: 'input_json_delta', partial_json: raw.slice(0, 5) },
        { type: 'input_json_delta', partial_json: raw.slice(5) },
      ]),
    ),
  ];
  const delta = event('message_delta', {
    delta: { stop_reason: finish, stop_sequence: null },
    usage: { output_tokens: used?.out ?? 0 },
  });
  return {
    head: event('message_start', { message: start }),
    pieces: parts,
    tail: options.noFinish ? '' : delta + event('message_stop', {}),
    type: 'text/event-stream',
  };
}

function ollama(call: WireCall): Frames {
  const { options, text } = call;
  const used = counts(call);
  const base = { model: options.model ?? call.model, created_at: '2026-11-21T09:30:00.000000000Z' };
  const ns = 1e6;
  const tool_calls = options.toolCalls?.map((tool, index) => ({
    id: tool.id ?? `call_${index}`,
    function: { index, name: tool.name, arguments: JSON.parse(tool.arguments) },
  }));
  const workMs = (options.delayMs ?? 0) + (options.spreadMs ?? 0);
  const final = {
    done: true,
    done_reason: options.finish ?? 'stop',
    total_duration: Math.round((workMs + (options.loadMs ?? 0)) * ns) || 1,
    load_duration: Math.round((options.loadMs ?? 0) * ns) || undefined,
    ...(used ? { prompt_eval_count: used.in, prompt_eval_duration: ns, eval_count: used.out } : {}),
    eval_duration: Math.max(1, Math.round(workMs * ns)),
    ...options.extra,
  };
  const last = options.noFinish ? { done: false } : final;
  const thinking = options.reasoning ? { thinking: options.reasoning } : {};
  if (!call.stream) {
    const message = { role: 'assistant', content: text, ...thinking, ...(tool_calls ? { tool_calls } : {}) };
    return { ...json({ ...base, message, ...last }) };
  }
  const line = (message: object, rest: object = { done: false }) =>
    `${JSON.stringify({ ...base, message, ...rest })}\n`;
  const role = 'assistant';
  return {
    head: '',
    pieces: [
      ...(options.reasoning ? [line({ role, content: '', ...thinking })] : []),
      ...(text ? pieces(text, options.chunks).map((piece) => line({ role, content: piece })) : []),
      ...(tool_calls ? [line({ role, content: '', tool_calls })] : []),
    ],
    tail: options.noFinish ? '' : line({ role, content: '' }, final),
    type: 'application/x-ndjson',
  };
}

const sse = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
const json = (body: object): Frames => ({
  head: '',
  pieces: [],
  tail: JSON.stringify(body),
  type: 'application/json',
});

/** A body of chat completions as the Responses API takes it, for models that speak nothing else. */
import { isObject } from '../../records/plain-json.ts';
import type { Body } from './openai-request.ts';

/** What the Responses API has no word for. */
const unknown = ['seed', 'stop', 'presence_penalty', 'frequency_penalty'] as const;

export const notSent = (body: Body): string[] =>
  unknown.filter((name) => body[name] !== undefined).map((name) => `${name}: not sent`);

/** The server says that this model is asked elsewhere. */
export const isResponsesOnly = ({ message, code }: { message: string; code?: unknown }): boolean =>
  code === 'unsupported_api_for_model' ||
  /only (?:supported|available) (?:in|with|through|via) (?:the )?(?:v1\/)?responses|(?:v1\/responses|responses api).{0,60}(?:instead|only)/i.test(
    message,
  );

export function responsesBody(chat: Body): Body {
  const { messages, tools, tool_choice, response_format, max_tokens, max_completion_tokens, reasoning_effort } = chat;
  const { stream, stream_options: _options, messages: _messages, ...rest } = chat;
  const kept = Object.entries(rest).filter(([name]) => !converted.includes(name) && !isUnknown(name));
  const cap = max_completion_tokens ?? max_tokens;
  return {
    ...Object.fromEntries(kept),
    input: list(messages).flatMap(inputItems),
    store: false,
    ...(stream === true && { stream }),
    ...(cap !== undefined && { max_output_tokens: cap }),
    ...(reasoning_effort !== undefined && { reasoning: { effort: reasoning_effort } }),
    ...(Array.isArray(tools) && { tools: tools.map(toolOf) }),
    ...(tool_choice !== undefined && { tool_choice: choiceOf(tool_choice) }),
    ...(isObject(response_format) && { text: { format: formatOf(response_format) } }),
  };
}

const converted = [
  'tools',
  'tool_choice',
  'response_format',
  'max_tokens',
  'max_completion_tokens',
  'reasoning_effort',
];
const isUnknown = (name: string): boolean => (unknown as readonly string[]).includes(name);
const list = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** One message may be several items: its text, and each of its tool calls. */
function inputItems({ role, content, tool_calls, tool_call_id }: Body): Body[] {
  if (role === 'tool') return [{ type: 'function_call_output', call_id: tool_call_id, output: textOf(content) }];
  const calls = list(tool_calls).map(({ id, function: call }) => ({
    type: 'function_call',
    call_id: id,
    ...(isObject(call) && { name: call.name, arguments: call.arguments }),
  }));
  const isEmpty = content === null || content === undefined || (content === '' && calls.length > 0);
  return [...(isEmpty ? [] : [{ role, content: contentOf(content, role) }]), ...calls];
}

function contentOf(content: unknown, role: unknown): unknown {
  if (!Array.isArray(content)) return content;
  const text = role === 'assistant' ? 'output_text' : 'input_text';
  return list(content).map((part) => {
    if (part.type === 'text') return { type: text, text: part.text };
    if (part.type === 'image_url' && isObject(part.image_url))
      return { type: 'input_image', image_url: part.image_url.url, detail: part.image_url.detail ?? 'auto' };
    if (part.type === 'file' && isObject(part.file)) return { type: 'input_file', ...part.file };
    return part;
  });
}

const textOf = (content: unknown): string =>
  Array.isArray(content)
    ? list(content)
        .map(({ text }) => String(text ?? ''))
        .join('')
    : String(content ?? '');

/** Without a word this API takes a schema for strict, which chat completions do not. */
const toolOf = (tool: unknown): unknown =>
  isObject(tool) && isObject(tool.function) ? { type: 'function', strict: false, ...tool.function } : tool;

const choiceOf = (choice: unknown): unknown =>
  isObject(choice) && isObject(choice.function) ? { type: 'function', name: choice.function.name } : choice;

const formatOf = ({ type, json_schema }: Body): unknown =>
  isObject(json_schema) ? { type, strict: false, ...json_schema } : { type };

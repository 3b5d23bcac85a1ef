/** Our request as Ollama's native /api/chat: options spelled out, nothing left to silent defaults. */
import type { ContentPart, Message, SamplingParams } from '../../records/prompt-record.ts';
import { ArmError, type ArmRequest } from '../arm.ts';
import { toolParameters } from '../wire/tool-names.ts';

export type Think = boolean | 'low' | 'medium' | 'high';

/** Kept the same for every call of a run: a change reloads the model. */
const keepAlive = '15m';

export interface ChatBody {
  model: string;
  messages: unknown[];
  stream: true;
  think: Think;
  truncate: false;
  shift: false;
  keep_alive: string;
  options: Record<string, unknown>;
  format?: unknown;
  tools?: unknown[];
}

export function loadBody(model: string, think: Think, numCtx: number): ChatBody {
  return {
    model,
    messages: [],
    stream: true,
    think,
    // Too long is then an error and no silent cut; a full window ends the answer and drops no prompt.
    truncate: false,
    shift: false,
    keep_alive: keepAlive,
    options: { num_ctx: numCtx },
  };
}

export function chatBody(
  model: string,
  request: ArmRequest,
  think: Think,
  numCtx: number,
  more: Record<string, unknown> = {},
): ChatBody {
  const { messages, tools, toolChoice, responseFormat, params } = request;
  const format = formatOf(responseFormat);
  return {
    ...loadBody(model, think, numCtx),
    messages: messages.map((message) => ollamaMessage(message)),
    options: { num_ctx: numCtx, ...samplingOf(params), ...more },
    ...(format !== undefined && { format }),
    ...(tools?.length &&
      toolChoice !== 'none' && {
        tools: tools.map((tool) => ({
          type: 'function',
          function: { name: tool.name, description: tool.description ?? '', parameters: toolParameters(tool) },
        })),
      }),
  };
}

/** What /api/chat has no word for. */
export function notHonoured({ toolChoice, tools, responseFormat }: ArmRequest): string[] {
  const forced = tools?.length && (toolChoice === 'required' || typeof toolChoice === 'object');
  const strict = responseFormat?.type === 'json_schema' && responseFormat.strict === true;
  return [...(forced ? ['tool_choice: not sent'] : []), ...(strict ? ['strict: schema sent as a grammar'] : [])];
}

const samplingOf = ({ max_tokens, ...sampling }: SamplingParams) => ({
  ...(max_tokens !== undefined && { num_predict: max_tokens }),
  ...Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined)),
});

function formatOf(format: ArmRequest['responseFormat']): unknown {
  if (format?.type === 'json_object') return 'json';
  return format?.type === 'json_schema' ? format.schema : undefined;
}

function ollamaMessage({ role, content, name, tool_calls, tool_call_id }: Message): unknown {
  const parts: ContentPart[] = Array.isArray(content) ? content : [{ type: 'text', text: content ?? '' }];
  const images = parts.flatMap((part) => (part.type === 'media' ? [imageOf(part)] : []));
  return {
    // Ollama's templates know no developer.
    role: role === 'developer' ? 'system' : role,
    content: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    ...(images.length > 0 && { images }),
    ...(tool_calls?.length && {
      tool_calls: tool_calls.map((call, index) => ({
        id: call.id,
        function: { index, name: call.name, arguments: argumentsOf(call.arguments) },
      })),
    }),
    ...(role === 'tool' && name !== undefined && { tool_name: name }),
    ...(tool_call_id !== undefined && { tool_call_id }),
  };
}

/** Ollama takes an object; what the log's model wrote may be cut JSON. */
function argumentsOf(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
  } catch {
    // Falls through: the text itself is all there is.
  }
  return { arguments: text };
}

/** Base64 of an image that the prompt holds itself; nothing is fetched. */
function imageOf(part: Extract<ContentPart, { type: 'media' }>): string {
  const data = /data:image\/[\w.+-]+;base64,([A-Za-z0-9+/=]+)/.exec(JSON.stringify(part.value))?.[1];
  if (data) return data;
  throw new ArmError(
    'bad-request',
    `the prompt holds ${part.media} that is no embedded image; Ollama takes only those`,
  );
}

const step = 4096;

/** A window that holds `tokens`, in steps of 4096, never above the model's own maximum. */
export const windowFor = (tokens: number, most: number | undefined): number =>
  Math.min(Math.max(1, Math.ceil(tokens / step)) * step, most ?? Number.POSITIVE_INFINITY);

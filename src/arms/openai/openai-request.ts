/** Our request in OpenAI's chat completions. Message text goes through untouched, byte for byte. */
import type { Json } from '../../records/plain-json.ts';
import type { Message } from '../../records/prompt-record.ts';
import { ArmError, type ArmRequest } from '../arm.ts';
import { type ToolNames, toolParameters } from '../wire/tool-names.ts';

export type Body = Record<string, unknown>;

/** `capName`: what the provider calls the output cap. */
export function openaiBody(
  model: string,
  { messages, tools, toolChoice, responseFormat, params }: ArmRequest,
  names: ToolNames,
  capName: 'max_tokens' | 'max_completion_tokens',
): Body {
  const { max_tokens, ...sampling } = params;
  return {
    model,
    messages: messages.map((message) => openaiMessage(message, names)),
    ...sampling,
    [capName]: max_tokens,
    ...(tools?.length && {
      tools: tools.map((tool) => ({
        type: 'function',
        function: {
          name: names.toProvider(tool.name),
          ...(tool.description !== undefined && { description: tool.description }),
          parameters: toolParameters(tool),
          ...(tool.strict !== undefined && { strict: tool.strict }),
        },
      })),
    }),
    ...(toolChoice !== undefined &&
      tools?.length && {
        tool_choice:
          typeof toolChoice === 'string'
            ? toolChoice
            : { type: 'function', function: { name: names.toProvider(toolChoice.name) } },
      }),
    ...(responseFormat && responseFormat.type !== 'text' && { response_format: openaiFormat(responseFormat) }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

function openaiFormat(format: NonNullable<ArmRequest['responseFormat']>): unknown {
  if (format.type !== 'json_schema') return format;
  const { name = 'answer', schema, strict } = format;
  return { type: 'json_schema', json_schema: { name, schema, ...(strict !== undefined && { strict }) } };
}

function openaiMessage({ role, content, name, tool_calls, tool_call_id }: Message, names: ToolNames): unknown {
  return {
    role,
    content: Array.isArray(content) ? content.map(openaiPart) : content,
    ...(name !== undefined && { name: role === 'tool' ? names.toProvider(name) : name }),
    ...(tool_calls?.length && {
      tool_calls: tool_calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: names.toProvider(call.name), arguments: call.arguments },
      })),
    }),
    ...(tool_call_id !== undefined && { tool_call_id }),
  };
}

function openaiPart(part: { type: 'text'; text: string } | { type: 'media'; media: string; value: Json }): unknown {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { value } = part;
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value.type === 'string')
    return value;
  throw new ArmError('bad-request', `the prompt holds ${part.media} in a form that this provider does not take`);
}

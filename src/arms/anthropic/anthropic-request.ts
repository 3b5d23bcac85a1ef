/**
 * Our request as Anthropic's messages: system text is a field of its own, tool results are user content. The text of
 * every message goes through untouched.
 */
import type { ContentPart, Message } from '../../records/prompt-record.ts';
import { type ArmConfig, ArmError, type ArmRequest } from '../arm.ts';
import { type ToolNames, toolParameters } from '../wire/tool-names.ts';

type Block = Record<string, unknown>;
export interface AnthropicBody extends Record<string, unknown> {
  model: string;
  max_tokens: number;
  messages: { role: 'user' | 'assistant'; content: string | Block[] }[];
  stream: true;
}

export function anthropicBody(config: ArmConfig, request: ArmRequest, names: ToolNames): AnthropicBody {
  const { messages, tools, toolChoice, responseFormat, params } = request;
  const system = messages.filter(isSystem).flatMap(({ content }) => textBlocks(content));
  const schema = responseFormat?.type === 'json_schema' ? responseFormat.schema : undefined;
  const effort = typeof config.think === 'string' ? config.think : undefined;
  const output = { ...(effort && { effort }), ...(schema && { format: { type: 'json_schema', schema } }) };
  return {
    model: config.model,
    max_tokens: params.max_tokens,
    messages: turns(messages, names),
    stream: true,
    ...(system.length > 0 && { system }),
    // Thinking takes no temperature.
    ...(params.temperature !== undefined && !config.think && { temperature: Math.min(1, params.temperature) }),
    ...(params.top_p !== undefined && !config.think && { top_p: params.top_p }),
    ...(params.top_k !== undefined && !config.think && { top_k: params.top_k }),
    ...(params.stop?.length && { stop_sequences: params.stop }),
    ...(tools?.length && {
      tools: tools.map((tool) => ({
        name: names.toProvider(tool.name),
        ...(tool.description !== undefined && { description: tool.description }),
        input_schema: toolParameters(tool),
      })),
      ...(toolChoice !== undefined && { tool_choice: choiceOf(toolChoice, names) }),
    }),
    ...(config.think && { thinking: { type: 'adaptive', display: 'summarized' } }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
    ...config.params,
  };
}

/** What this API has no word for, or bends. */
export function notHonoured({ think }: ArmConfig, { params, responseFormat, messages }: ArmRequest): string[] {
  const firstTurn = messages.findIndex((message) => !isSystem(message));
  const late = firstTurn >= 0 && messages.slice(firstTurn).some(isSystem);
  return [
    ...(params.seed !== undefined ? ['seed: not sent'] : []),
    ...(params.presence_penalty ? ['presence_penalty: not sent'] : []),
    ...(params.frequency_penalty ? ['frequency_penalty: not sent'] : []),
    ...(!think && (params.temperature ?? 0) > 1 ? ['temperature: capped to 1'] : []),
    ...(think && params.temperature !== undefined ? ['temperature: model default'] : []),
    ...(responseFormat?.type === 'json_object' ? ['response_format: not sent'] : []),
    ...(late ? ['system messages: moved to the front'] : []),
  ];
}

const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';

const choiceOf = (choice: NonNullable<ArmRequest['toolChoice']>, names: ToolNames) => {
  if (typeof choice === 'object') return { type: 'tool', name: names.toProvider(choice.name) };
  return { type: choice === 'required' ? 'any' : choice };
};

/** Tool results that follow each other are one user turn, as the API wants it. */
function turns(messages: readonly Message[], names: ToolNames): AnthropicBody['messages'] {
  const result: AnthropicBody['messages'] = [];
  let results: Block[] | undefined;
  for (const message of messages) {
    if (isSystem(message)) continue;
    if (message.role !== 'tool') results = undefined;
    if (message.role === 'user') result.push({ role: 'user', content: userContent(message.content) });
    else if (message.role === 'assistant')
      result.push({ role: 'assistant', content: assistantContent(message, names) });
    else if (results) results.push(toolResult(message));
    else {
      results = [toolResult(message)];
      result.push({ role: 'user', content: results });
    }
  }
  return result;
}

const userContent = (content: Message['content']): string | Block[] =>
  Array.isArray(content) ? content.map(partOf) : (content ?? '');

const textBlocks = (content: Message['content']): Block[] =>
  Array.isArray(content) ? content.map(partOf) : content ? [{ type: 'text', text: content }] : [];

function assistantContent({ content, tool_calls }: Message, names: ToolNames): string | Block[] {
  if (!tool_calls?.length) return userContent(content);
  const calls = tool_calls.map(({ id, name, arguments: text }) => ({
    type: 'tool_use',
    id,
    name: names.toProvider(name),
    input: inputOf(text),
  }));
  return [...textBlocks(content), ...calls];
}

const toolResult = ({ tool_call_id, content }: Message): Block => ({
  type: 'tool_result',
  tool_use_id: tool_call_id ?? '',
  content: userContent(content),
});

/** The API takes an object; what the log's model wrote may be cut JSON. */
function inputOf(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed;
  } catch {
    // Falls through: the text itself is all there is.
  }
  return { arguments: text };
}

function partOf(part: ContentPart): Block {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const image = /data:(image\/[\w.+-]+);base64,([A-Za-z0-9+/=]+)/.exec(JSON.stringify(part.value));
  if (image) return { type: 'image', source: { type: 'base64', media_type: image[1], data: image[2] } };
  const { value } = part;
  const own = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  if (['image', 'document'].includes(String(own.type))) return own;
  throw new ArmError('bad-request', `the prompt holds ${part.media} in a form that this provider does not take`);
}

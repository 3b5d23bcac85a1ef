/** Tool definitions and tool calls of every provider → ours. */
import type { Json } from '../records/plain-json.ts';
import { isObject } from '../records/plain-json.ts';
import type { Tool, ToolCall, ToolChoice } from '../records/prompt-record.ts';
import { pythonLiteral } from './fields/python-literal.ts';
import { compact, decoded, filled, listOf, type Maybe, objectOf, textOf } from './fields.ts';

/** OpenAI (nested and flat), Anthropic, Gemini, legacy `functions`, JSON text. Unreadable ones are left out. */
export function toolsFrom(value: Maybe): Tool[] | undefined {
  const given = pythonList(decoded(value));
  const list = listOf(given) ?? otlpValues(given);
  if (!list) return undefined;
  const tools = list.flatMap((item) => toolFrom(decoded(item) as Json));
  return tools.length ? tools : undefined;
}

/** A table writes a list as Python prints it. */
const pythonList = (value: Maybe): Maybe =>
  typeof value === 'string' && /^\s*\[\s*\{\s*'/.test(value) ? pythonLiteral(value) : value;

/** An attribute that kept OTLP's form: `{values: [{stringValue}]}`. */
const otlpValues = (value: Maybe): Json[] | undefined =>
  listOf(objectOf(value)?.values ?? objectOf(objectOf(value)?.arrayValue)?.values)?.map((item) =>
    isObject(item) && item.stringValue !== undefined ? item.stringValue : item,
  );

function toolFrom(item: Json): Tool[] {
  if (!isObject(item)) return [];
  const nested = item.function_declarations ?? item.functionDeclarations;
  if (Array.isArray(nested)) return nested.flatMap(toolFrom);
  const tool = objectOf(item.function) ?? item;
  const name = filled(tool.name);
  if (!name) return [];
  const schema = decoded(tool.parameters ?? tool.input_schema ?? tool.inputSchema ?? tool.params_json_schema);
  const parameters = objectOf(schema && isObject(schema) ? (schema.jsonSchema ?? schema) : schema);
  const strict = typeof tool.strict === 'boolean' ? tool.strict : undefined;
  return [compact({ name, description: textOf(tool.description), parameters, strict }) as Tool];
}

/** Arguments as JSON text: kept as written, or serialised once where the log held an object. */
const argumentsText = (value: Maybe): string =>
  value === undefined || value === null ? '{}' : typeof value === 'string' ? value : JSON.stringify(value);

/** A call in any provider's shape; `index` makes an id where the log has none (Gemini, Ollama). */
export function toolCallFrom(item: Maybe, index: number): ToolCall | undefined {
  if (!isObject(item)) return undefined;
  const inner =
    objectOf(item.function) ??
    objectOf(item.custom) ??
    objectOf(item.functionCall) ??
    objectOf(item.function_call) ??
    item;
  // Inspect writes the name where others have an object.
  const name = filled(inner.name) ?? filled(item.function) ?? filled(item.toolName) ?? filled(item.tool_name);
  if (!name) return undefined;
  const id =
    filled(item.call_id) ?? filled(item.id) ?? filled(item.toolCallId) ?? filled(item.tool_call_id) ?? filled(inner.id);
  const args = inner.arguments ?? inner.args ?? inner.input ?? item.input ?? item.args ?? item.tool_kwargs;
  return { id: id ?? `call_${index + 1}`, name, arguments: argumentsText(args) };
}

export function toolCallsFrom(value: Maybe): ToolCall[] {
  const list = listOf(decoded(value)) ?? [];
  return list.flatMap((item, index) => toolCallFrom(decoded(item), index) ?? []);
}

/** `auto`, `none`, `required`/`any`, or one tool by name. */
export function toolChoiceFrom(value: Maybe): ToolChoice | undefined {
  const choice = decoded(value);
  const word = typeof choice === 'string' ? choice : isObject(choice) ? textOf(choice.type) : undefined;
  if (word === 'auto' || word === 'none' || word === 'required') return word;
  if (word === 'any') return 'required';
  if (!isObject(choice)) return undefined;
  const name = filled(objectOf(choice.function)?.name) ?? filled(choice.name) ?? filled(choice.toolName);
  return name ? { name } : undefined;
}

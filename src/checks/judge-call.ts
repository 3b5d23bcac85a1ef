/** Is one tool call something the program behind it could execute? Shared by the toolCall check and the tool loop. */

import { nearestName } from '../errors.ts';
import { isObject, type JsonObject, objectIn } from '../records/plain-json.ts';
import type { Tool, ToolCall } from '../records/prompt-record.ts';
import type { CheckTools } from './check.ts';
import { problemSentence } from './json-schema.ts';
import { quote } from './outcome.ts';
import { validatorFor } from './schema.ts';

type InvalidCallKind = 'unknown-tool' | 'bad-json' | 'schema-mismatch';
export type CallVerdict =
  | { valid: true; args: JsonObject; unjudged?: string }
  | { valid: false; kind: InvalidCallKind; why: string };

/** Arguments as an object; undefined when the text is none. Nothing at all means no arguments. */
export function callArguments(call: Pick<ToolCall, 'arguments'>): JsonObject | undefined {
  if (call.arguments.trim() === '') return {};
  return objectIn(call.arguments);
}

/** Known name, arguments that parse, arguments that fit. `strict` also rejects arguments the schema does not name. */
export function judgeCall(call: ToolCall, known: readonly Tool[], tools: CheckTools, strict = false): CallVerdict {
  const tool = known.find(({ name }) => name === call.name);
  if (!tool) return { valid: false, kind: 'unknown-tool', why: unknownTool(call.name, known) };
  const args = callArguments(call);
  if (!args) {
    return {
      valid: false,
      kind: 'bad-json',
      why: `${call.name} was called with arguments that are no JSON object: ${quote(call.arguments)}.`,
    };
  }
  const extra = strict || tool.strict ? extraArgument(args, tool) : undefined;
  if (extra !== undefined) {
    return {
      valid: false,
      kind: 'schema-mismatch',
      why: `${call.name} was called with ${quote(extra)}, which it does not take.`,
    };
  }
  return tool.parameters ? judgeArguments(call.name, args, tool.parameters, tools) : { valid: true, args };
}

function judgeArguments(name: string, args: JsonObject, schema: JsonObject, tools: CheckTools): CallVerdict {
  try {
    const verdict = validatorFor(schema, tools)(args);
    if (verdict === 'valid') return { valid: true, args };
    if (verdict === 'timeout')
      return { valid: true, args, unjudged: `A pattern in the schema of ${name} took too long.` };
    const why = `${name} was called with wrong arguments: ${problemSentence(verdict.problems, 'they')}`;
    return { valid: false, kind: 'schema-mismatch', why };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { valid: true, args, unjudged: `The schema of ${name} in the log cannot be used: ${reason}.` };
  }
}

function unknownTool(name: string, known: readonly Tool[]): string {
  const names = known.map((tool) => tool.name);
  const close = nearestName(name, names);
  return `It called ${quote(name)}, which is not among the tools${close ? ` (nearest: ${close})` : ''}.`;
}

function extraArgument(args: JsonObject, tool: Tool): string | undefined {
  const properties = tool.parameters?.properties;
  const named = isObject(properties) ? properties : {};
  return Object.keys(args).find((key) => !Object.hasOwn(named, key));
}

/** `gemini --output-format stream-json`. */
import type { JsonObject } from '../../../records/plain-json.ts';
import type { Usage } from '../../../records/prompt-record.ts';
import {
  type AgentStream,
  amountAt,
  exitTold,
  knownUsage,
  type Outcome,
  objectAt,
  openSteps,
  type StreamEvent,
  textAt,
} from './agent-stream.ts';
import { kindOfTool, textOfCall } from './tool-steps.ts';

export const geminiCliStream: AgentStream = {
  name: 'gemini-cli',
  command: /\bgemini\b[^\n]{0,300}(?:-p|--prompt|stream-json|-o)\b/,
  tellsCost: false,
  knows: (line) =>
    (line.type === 'init' && typeof line.session_id === 'string') ||
    (line.type === 'message' && typeof line.role === 'string' && typeof line.content === 'string') ||
    (line.type === 'tool_use' && typeof line.tool_name === 'string') ||
    (line.type === 'tool_result' && typeof line.tool_id === 'string') ||
    (line.type === 'result' && typeof line.status === 'string'),
  reader,
  exits: {
    42: { end: 'crash', why: 'bad-input' },
    53: { end: 'wrong-end', why: 'turn-limit' },
  },
};

function reader() {
  const open = openSteps();
  let text = '';

  function ended(line: JsonObject): StreamEvent[] {
    const error = objectAt(line.error);
    const failure = line.status === 'error' ? (textAt(error.type) ?? textAt(error.message) ?? 'error') : undefined;
    const said: StreamEvent = {
      type: 'result',
      ...(text !== '' && { text }),
      ...(failure !== undefined && { error: failure }),
    };
    return line.stats === undefined ? [said] : [{ type: 'usage', usage: usageOf(objectAt(line.stats)) }, said];
  }

  return {
    read(line: JsonObject, ms: number): StreamEvent[] {
      if (line.type === 'init') {
        const model = textAt(line.model);
        return model === undefined ? [] : [{ type: 'model', model }];
      }
      if (line.type === 'message' && line.role === 'assistant')
        text = line.delta === true ? text + (textAt(line.content) ?? '') : (textAt(line.content) ?? '');
      if (line.type === 'tool_use') {
        // What it says before a call is not its last word.
        text = '';
        const tool = textAt(line.tool_name) ?? '';
        open.begin(textAt(line.tool_id) ?? '', kindOfTool(tool), textOfCall(tool, line.parameters), ms);
      }
      if (line.type === 'tool_result') return open.end(textAt(line.tool_id) ?? '', outcomeOf(line), ms);
      return line.type === 'result' ? ended(line) : [];
    },
    rest: open.rest,
  };
}

/** A command's exit code is not told: a call that went through may have failed. */
const outcomeOf = ({ status, output }: JsonObject): Outcome =>
  status === 'error' ? false : exitTold(textAt(output) ?? '');

const usageOf = ({ input_tokens, output_tokens, cached }: JsonObject): Usage =>
  knownUsage({ in: amountAt(input_tokens), out: amountAt(output_tokens), cached: amountAt(cached) });

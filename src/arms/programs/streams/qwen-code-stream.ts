/** `qwen --output-format stream-json`: the messages of Claude Code, with OpenAI's counts. */
import { type AgentStream, exitTold } from './agent-stream.ts';
import { messagesReader } from './claude-code-stream.ts';

export const qwenCodeStream: AgentStream = {
  name: 'qwen-code',
  command: /\bqwen\b[^\n]{0,300}(?:-p|--prompt|stream-json|-o)\b/,
  tellsCost: false,
  knows: (line) => line.type === 'system' && typeof line.qwen_code_version === 'string',
  reader: () =>
    messagesReader({
      // A command that failed is no error to it.
      outcomeOf: ({ is_error, content }) =>
        is_error === true ? false : exitTold(JSON.stringify(content ?? '').replaceAll('\\n', '\n')),
      inputHoldsCache: true,
    }),
};

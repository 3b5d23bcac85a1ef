/** Every stream of an agent that is read: one file each, and one line here. */
import type { JsonObject } from '../../../records/plain-json.ts';
import type { AgentStream } from './agent-stream.ts';
import { claudeCodeStream } from './claude-code-stream.ts';
import { codexStream } from './codex-stream.ts';
import { geminiCliStream } from './gemini-cli-stream.ts';
import { opencodeStream } from './opencode-stream.ts';
import { otlpStream } from './otlp-stream.ts';
import { ownStream } from './own-stream.ts';
import { qwenCodeStream } from './qwen-code-stream.ts';

/** In the order in which a line is tried. */
export const agentStreams: readonly AgentStream[] = [
  ownStream,
  qwenCodeStream,
  claudeCodeStream,
  codexStream,
  geminiCliStream,
  opencodeStream,
  otlpStream,
];

export const streamOf = (line: JsonObject): AgentStream | undefined => agentStreams.find(({ knows }) => knows(line));

/** The stream of the agent that a script starts, where its text names one. */
export const streamOfScript = (script: string): AgentStream | undefined =>
  agentStreams.find(({ command }) => command?.test(script));

/** What has arrived of a reply so far, in every dialect. */
import type { Usage } from '../../records/prompt-record.ts';
import { ToolCalls } from './tool-calls.ts';

export interface Folded {
  text: string;
  reasoning: string;
  refusal: string;
  calls: ToolCalls;
  /** The provider's own word. */
  finish: string | undefined;
  /** The formal end of the dialect was seen: `[DONE]`, message_stop, done, response.completed. */
  ended: boolean;
  /** `[DONE]` came, and the body then broke off. */
  brokenEnd: boolean;
  model: string | undefined;
  fingerprint: string | undefined;
  usage: Usage;
  costUsd: number | undefined;
  tokensPerSecond: number | undefined;
  /** Prompt tokens per second, as the server says. */
  readPerSecond: number | undefined;
  /** The last object of Ollama's own dialect: its counts and durations. */
  last: Record<string, unknown> | undefined;
  /** Objects that said something. */
  objects: number;
  /** Bytes of the body had arrived, whatever they said. */
  begun: boolean;
  /** Dialects whose finish word is no end without their closing event. */
  needsEnd: boolean;
}

export const emptyFold = (): Folded => ({
  text: '',
  reasoning: '',
  refusal: '',
  calls: new ToolCalls(),
  finish: undefined,
  ended: false,
  brokenEnd: false,
  model: undefined,
  fingerprint: undefined,
  usage: {},
  costUsd: undefined,
  tokensPerSecond: undefined,
  readPerSecond: undefined,
  last: undefined,
  objects: 0,
  begun: false,
  needsEnd: false,
});

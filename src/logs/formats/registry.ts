/** Every log format, most specific first: one file, one fixture, one line. Tables of prompts (csv.ts) come after all. */
import { aiSdk } from './ai-sdk.ts';
import { anthropic } from './anthropic.ts';
import { batch } from './batch.ts';
import { braintrust } from './braintrust.ts';
import { chat } from './chat.ts';
import { datasets } from './datasets.ts';
import type { LogFormat } from './format.ts';
import { gapcheckPrompts } from './gapcheck.ts';
import { helicone } from './helicone.ts';
import { langfuse } from './langfuse.ts';
import { langsmith } from './langsmith.ts';
import { litellm } from './litellm.ts';
import { llmLogs } from './llm.ts';
import { openInference } from './openinference.ts';
import { otelGenAi } from './otel-genai.ts';
import { posthog } from './posthog.ts';
import { promptfoo } from './promptfoo.ts';
import { messageRows } from './row-messages.ts';
import { shareGpt } from './sharegpt.ts';
import { storedCompletions } from './stored-completions.ts';
import { weave } from './weave.ts';

export const formats: readonly LogFormat[] = [
  gapcheckPrompts,
  batch,
  braintrust,
  weave,
  posthog,
  langsmith,
  litellm,
  helicone,
  langfuse,
  aiSdk,
  openInference,
  otelGenAi,
  storedCompletions,
  shareGpt,
  llmLogs,
  promptfoo,
  datasets,
  messageRows,
  anthropic,
  chat,
];

export const formatNamed = (name: string): LogFormat | undefined => formats.find((format) => format.name === name);
export const formatNames = (): string[] => ['csv', ...formats.map((format) => format.name)];

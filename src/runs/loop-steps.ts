/** How many model calls a prompt may take: one, or a loop of steps where its tool calls can be answered. */
import type { PromptRecord } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { recordedResults } from '../text/recorded-results.ts';

type LoopSettings = Pick<RunSettings, 'tools' | 'maxSteps'>;

/** True when calls can be answered at all: without it a prompt with tools is one step, and its call is the answer. */
export const hasToolSource = (prompt: PromptRecord, { tools }: Pick<RunSettings, 'tools'>): boolean =>
  Boolean(prompt.tool_log?.length || tools?.exec || Object.keys(tools?.stubs ?? {}).length > 0);

/** Of a model: answers that are ready have nothing to ask. */
export const isToolLoop = (prompt: PromptRecord, settings: LoopSettings): boolean =>
  Boolean(prompt.tools?.length) && settings.maxSteps > 1 && hasToolSource(prompt, settings);

export const mostSteps = (prompt: PromptRecord, settings: LoopSettings): number =>
  isToolLoop(prompt, settings) ? settings.maxSteps : 1;

/** As many as the log took; where nobody knows, one call of a tool and the answer. */
export const likelySteps = (prompt: PromptRecord, settings: LoopSettings): number =>
  Math.min(mostSteps(prompt, settings), 1 + (recordedResults(prompt).length || 1));

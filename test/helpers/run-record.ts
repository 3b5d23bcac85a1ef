import { promptId } from '../../src/records/ids.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import { type RunRecord, schemaVersion } from '../../src/records/run-record.ts';
import { hashing } from '../../src/store/hashing.ts';
import { promptsText } from '../../src/store/prompts-file.ts';
import { drawSeal } from '../../src/store/run-folder.ts';

/** Prompts with real ids: `count` of them, dealt over the tasks in turn. */
export function makePrompts(count: number, tasks: string[] = ['a', 'b', 'c']): PromptRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const messages = [{ role: 'user' as const, content: `prompt ${index}` }];
    return {
      id: promptId({ messages }, hashing),
      task: tasks[index % tasks.length] ?? 'a',
      messages,
      difficulty: 'easy' as const,
      weight: 1,
      source: { format: 'csv', file: 'prompts.csv', line: index + 2 },
    };
  });
}

/** A valid run.json for these prompts, with its seed. */
export function makeRun(
  prompts: PromptRecord[],
  changes: Partial<RunRecord> = {},
): { run: RunRecord; seed: Uint8Array } {
  const { seed, keyCommitment, runId } = drawSeal();
  const arm = (name: string, role: 'closed' | 'open', model: string) => ({
    name,
    role,
    spec: `column:${name}`,
    provider: 'column',
    model,
    identity: hashing.sha256(model),
    host: null,
    leavesMachine: false,
  });
  const tasks = [...new Set(prompts.map((prompt) => prompt.task))];
  const run: RunRecord = {
    schema: schemaVersion,
    gapcheck: '0.0.0-test',
    id: runId,
    createdAt: '2026-11-21T09:30:00.000Z',
    arms: [arm('closed', 'closed', 'closed'), arm('open', 'open', 'open')],
    pairs: [{ a: 'open', b: 'closed', decides: true }],
    settings: {
      n: prompts.length,
      raters: 1,
      checkN: prompts.length,
      trials: 1,
      retries: 2,
      retryMode: 'same',
      seed: 1,
      maxTokens: 1024,
      temperature: 0,
      endpoint: 'preference',
      hard: null,
      redact: true,
      maxSteps: 10,
    },
    margin: 0.3,
    alpha: 0.05,
    plannedBallots: prompts.length,
    tasks: tasks.map((task) => {
      const planned = prompts.filter((prompt) => prompt.task === task).length;
      return { task, planned, reserve: 0, traffic: planned / prompts.length, hardTraffic: 0, hardPlan: 0 };
    }),
    leftOut: [],
    redacted: {},
    sources: [],
    promptsHash: hashing.sha256(promptsText(prompts)),
    keyCommitment,
    dealVersion: 1,
    ...changes,
  };
  return { run, seed };
}

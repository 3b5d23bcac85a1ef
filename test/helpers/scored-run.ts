import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import { promptId } from '../../src/records/ids.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import { hashing } from '../../src/store/hashing.ts';
import { openAppender } from '../../src/store/jsonl.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { createRun } from '../../src/store/run-folder.ts';
import { makeRun } from './run-record.ts';

/** What must never reach a rater's screen or packet. */
export const secrets = [
  'gpt-5.6',
  'openai',
  'api.openai.com',
  'qwen3',
  'ollama',
  '127.0.0.1:11434',
  'sha256:1a2b3c4d5e6f',
  'Q4_K_M',
  '4.2 s',
  '8192',
];

/** Those of them that stand in a text, in any case. */
export const namesSeen = (text: string): string[] =>
  secrets.filter((name) => text.toLowerCase().includes(name.toLowerCase()));

export interface SampleAnswer {
  open: string | null;
  closed: string | null;
  prompt?: string;
  task?: string;
}

/** A run of an OpenAI and an Ollama arm with these answers, null for a failed one, in a folder under `root`. */
export function makeAnsweredRun(
  root: string,
  answers: readonly SampleAnswer[],
  changes: Partial<RunRecord> = {},
): RunPaths {
  const prompts = answers.map(({ prompt, task }, at): PromptRecord => {
    const messages = [{ role: 'user' as const, content: prompt ?? `Reply to ticket ${at + 1}.` }];
    return {
      id: promptId({ messages }, hashing),
      task: task ?? 'reply',
      messages,
      difficulty: 'easy',
      weight: 1,
      source: { format: 'csv', file: 'tickets.csv', line: at + 2 },
    };
  });
  const made = makeRun(prompts, {
    arms: [
      {
        name: 'closed',
        role: 'closed',
        spec: 'openai:gpt-5.6',
        provider: 'openai',
        model: 'gpt-5.6',
        identity: 'aa',
        host: 'api.openai.com',
        leavesMachine: true,
      },
      {
        name: 'open',
        role: 'open',
        spec: 'ollama:qwen3:8b',
        provider: 'ollama',
        model: 'qwen3:8b',
        identity: 'bb',
        host: '127.0.0.1:11434',
        leavesMachine: false,
        digest: 'sha256:1a2b3c4d5e6f',
        quantization: 'Q4_K_M',
      },
    ],
    ...changes,
  });
  mkdirSync(root, { recursive: true });
  const paths = createRun(join(root, 'results'), 'tickets', { ...made, prompts });
  for (const arm of ['open', 'closed'] as const) {
    const file = openAppender(paths.attempts(arm));
    for (const [at, { id }] of prompts.entries()) file.append(stepOf(id, answers[at]?.[arm] ?? null));
    file.close();
  }
  return paths;
}

const stepOf = (prompt: PromptRecord['id'], text: string | null): StepRecord => ({
  prompt,
  trial: 1,
  attempt: 1,
  step: 1,
  last: true,
  at: '2026-11-21T09:31:00.000Z',
  ...(text === null
    ? { outcome: 'no-answer' as const, message: 'empty' }
    : { outcome: 'answered' as const, text, finish: 'stop', ms: { total: 4200 }, checks: [] }),
});

/** `n` plain ticket replies: the two sides differ, and neither says who it is. */
export const ticketAnswers = (n: number): SampleAnswer[] =>
  Array.from({ length: n }, (_, at) => ({
    open: `- We fixed the export in version 3.${at}.\n- Please update, then try again.`,
    closed: `Hello, thank you for ticket ${at + 1}. The export works again since version 3.${at}; please update.`,
  }));

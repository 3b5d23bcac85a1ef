import { expect, test } from 'vitest';
import { closedCandidates } from '../../src/app/plan/candidates.ts';
import type { PromptRecord } from '../../src/records/prompt-record.ts';

const prompts = (model: string): PromptRecord[] => [
  {
    id: 'p_1',
    task: 'a',
    messages: [{ role: 'user', content: 'x' }],
    ref: { text: 'y', model },
    difficulty: 'easy',
    difficulty_score: 0,
    weight: 1,
    source: { format: 'chat', file: 'a.jsonl', line: 1 },
  },
];
const specs = (model: string, env: Record<string, string>) =>
  closedCandidates(prompts(model), env).map(({ spec }) => spec);

test.each([
  ['gpt-5.6-2026-03-01', { OPENAI_API_KEY: 'k' }, ['openai:gpt-5.6-2026-03-01', 'logged']],
  ['o4-mini', { OPENAI_API_KEY: 'k' }, ['openai:o4-mini', 'logged']],
  ['claude-sonnet-4-5', { OPENAI_API_KEY: 'k' }, ['logged']],
  ['claude-sonnet-4-5', { ANTHROPIC_API_KEY: 'k' }, ['anthropic:claude-sonnet-4-5', 'logged']],
  // OpenAI does not serve Gemini; a compatible endpoint may.
  ['gemini-2.5-pro', { OPENAI_API_KEY: 'k' }, ['logged']],
  ['gemini-2.5-pro', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://x/v1' }, ['openai:gemini-2.5-pro', 'logged']],
  ['gpt-4o', {}, ['logged']],
])('a log of %s with %j offers %j', (model, env, expected) => {
  expect(specs(model, env as Record<string, string>)).toEqual(expected);
});

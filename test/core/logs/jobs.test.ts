/** Sessions of coding agents as a list of jobs: what a person asked first, and nothing of the work. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';

const logs = join(import.meta.dirname, '../../fixtures/logs');

async function jobsOf(file: string, jobs: boolean) {
  const now = new Date('2026-11-21T09:30:00Z');
  const { prompts, skipped } = await loadPrompts([join(logs, file)], {
    redact: false,
    now,
    seed: 1,
    hashing,
    cwd: logs,
    jobs,
  });
  return { asked: prompts.map(({ messages }) => messages), prompts, skipped };
}

describe('the first turn of each session is a job', () => {
  test.each([
    ['claude-code.jsonl', 'How hot is the kiln?', 1],
    ['codex.jsonl', undefined, 1],
    ['gemini-cli.json', undefined, 1],
    ['opencode.json', undefined, 1],
  ])('%s', async (file, text, count) => {
    const { asked, prompts } = await jobsOf(file, true);
    expect(asked).toHaveLength(count);
    for (const messages of asked) {
      expect(messages.every(({ role }) => role === 'user' || role === 'system')).toBe(true);
      expect(messages.at(-1)?.role).toBe('user');
    }
    if (text) expect(asked[0]?.at(-1)?.content).toBe(text);
    for (const prompt of prompts) expect(prompt).not.toHaveProperty('ref');
  });

  test('later turns are counted, with the reason', async () => {
    const { skipped } = await jobsOf('claude-code.jsonl', true);
    expect(skipped).toEqual([{ reason: 'later turns of a session: they rest on what was done before', count: 1 }]);
  });

  test('without --jobs every human turn is a prompt, with what stood before it', async () => {
    const { asked } = await jobsOf('claude-code.jsonl', false);
    expect(asked.map((messages) => messages.length)).toEqual([4, 6]);
  });
});

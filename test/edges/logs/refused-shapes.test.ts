/** Files without names for what they hold: the refusal leads out, and never proposes to read a row as a header. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const load = (cwd: string, file: string) =>
  loadPrompts([file], { redact: true, now: new Date('2026-11-20T00:00:00Z'), seed: 1, hashing, cwd });

async function hintOf(cwd: string, file: string, text: string): Promise<string> {
  writeFileSync(join(cwd, file), text);
  const error = await load(cwd, file).then(
    () => expect.fail('it was read'),
    (reason: Error & { hint: string }) => reason,
  );
  return error.hint;
}

const pairs = [
  ['What are your hours?', 'Nine to five.'],
  ['Do you ship to France?', 'Yes, in two days.'],
];

describe('shapes without names', () => {
  it('makes records of a list of pairs with the printed command', async () => {
    for (const [file, text] of [
      ['pairs.json', JSON.stringify(pairs)],
      ['pairs.jsonl', pairs.map((pair) => JSON.stringify(pair)).join('\n')],
    ] as const) {
      using folder = tempDir();
      const hint = await hintOf(folder.path, file, text);
      execFileSync('bash', ['-c', hint.slice(hint.indexOf('jq '))], { cwd: folder.path });
      const { prompts } = await load(folder.path, 'prompts-in.jsonl');
      expect(prompts.map(({ messages, ref }) => [messages[0]?.content, ref?.text])).toEqual(pairs);
    }
  });

  it('puts a header in front where the first line is a sentence', async () => {
    using folder = tempDir();
    const rows = 'What are your hours on Sundays?,We are closed.\nDo you ship to France?,Yes we do.\n';
    const hint = await hintOf(folder.path, 'sentences.csv', rows);
    expect(hint).not.toContain('--prompt-field');
    execFileSync('bash', ['-c', hint], { cwd: folder.path });
    const { prompts } = await load(folder.path, 'with-header.csv');
    expect(prompts.map(({ ref }) => ref?.text)).toEqual(['We are closed.', 'Yes we do.']);
  });

  it('says of the diagnostic logs of Azure that they never hold texts', async () => {
    await expect(
      load(join(import.meta.dirname, '../../fixtures/logs'), 'azure-diagnostics.jsonl'),
    ).rejects.toMatchObject({
      message: expect.stringContaining('never hold them'),
      hint: expect.stringContaining('API Management'),
    });
  });
});

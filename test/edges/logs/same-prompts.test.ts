/** What a file that was edited by hand holds: the same prompt with a space behind it, and addresses out of a manual. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type LoadedPrompts, loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

async function loaded(prompts: readonly string[]): Promise<LoadedPrompts> {
  using dir = tempDir();
  const rows = prompts.map((prompt) => `"${prompt}"`);
  writeFileSync(dir.at('p.csv'), ['prompt', ...rows].join('\n'));
  const now = new Date('2026-11-21T10:00:00.000Z');
  return await loadPrompts(['p.csv'], { redact: true, now, seed: 1, hashing, cwd: dir.path });
}

describe('the same prompt', () => {
  it('is one up to outer whitespace and line endings, and not up to case or words', async () => {
    const { prompts, logged } = await loaded([
      'Sum it up.\nBriefly.',
      'Sum it up.\r\nBriefly. ',
      '\tSum it up.\nBriefly.\n',
    ]);
    expect(prompts).toHaveLength(1);
    expect(logged).toMatchObject({ records: 3, different: 1 });
    expect((await loaded(['Sum it up.', 'sum it up.', 'Sum  it up.'])).logged).toMatchObject({ different: 3 });
  });
});

describe('reserved examples', () => {
  it('stay, and are counted beside what is replaced', async () => {
    const { prompts, redacted, warnings } = await loaded(['Write to jo@example.com and to jo@acme.co.uk.']);
    expect(prompts[0]?.messages[0]?.content).toBe('Write to jo@example.com and to ana@example.com.');
    expect(redacted).toEqual({ email: 1 });
    expect(warnings.join(' ')).toContain(
      '1 e-mail address is a reserved example (such as example.com) and stays as it is',
    );
    expect((await loaded(['Write to jo@acme.co.uk.'])).warnings.join(' ')).not.toContain('reserved');
  });
});

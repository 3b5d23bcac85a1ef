/** A word that a command does not take: what the command does, and what looks at a file. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const csv = 'prompt,answer:closed,answer:open\nHow do I pay?,By card.,With a card.\n';

describe('a word too many', () => {
  it.each(['doctor', 'list', 'outdated', 'init'])(
    '%s FILE says what it does and which command looks at a file',
    async (verb) => {
      using dir = tempDir();
      writeFileSync(dir.at('my tickets.csv'), csv);
      const { code, out, err } = await runVerb([verb, 'my tickets.csv'], { cwd: dir.path });
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('. What it does: ');
      expect(err).toContain(
        `error: gapcheck ${verb} takes no file and no other word: "my tickets.csv" is one too many.`,
      );
      const [, next = ''] = /\nNext: gapcheck (run .*? --dry-run)(?: {3}\(|$)/m.exec(err) ?? [];
      expect(next).toBe("run 'my tickets.csv' --dry-run");
      const tried = await runVerb(['run', 'my tickets.csv', '--dry-run'], { cwd: dir.path });
      expect(tried).toMatchObject({ code: 0, out: expect.stringContaining('Plan for my tickets.csv') });
    },
  );

  it('that is no file leads to the examples of the command', async () => {
    using dir = tempDir();
    const { code, err } = await runVerb(['report', 'one', 'two'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toContain('gapcheck report takes no more than 1 word: "two" is one too many.');
    expect(err).toMatch(/\nNext: gapcheck report --help/);
  });

  it('below a group of commands names the whole command', async () => {
    using dir = tempDir();
    const { code, err } = await runVerb(['votes', 'export', 'a-run', 'b'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(err).toMatch(/error: gapcheck votes export takes no more than 1 word: "b" is one too many\./);
  });
});

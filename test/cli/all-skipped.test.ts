/** Where a rater skipped every ballot, report and status say one thing, and the command they name works. */
import { describe, expect, it } from 'vitest';
import { playRun } from '../helpers/played-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

describe('a run of which every ballot was skipped', () => {
  it('asks for another rater everywhere, and shows no minutes', async () => {
    using dir = tempDir();
    const run = await playRun(dir.path, { tasks: { reply: 8 }, n: 8 });
    await run.sit('ann', () => 'skip');
    const said = await Promise.all([run.verb('report'), run.verb('status')]);
    const [report, status] = said.map(({ out }) => out.replace(/\s+/g, ' '));
    expect(report).toContain('8 prompts were skipped, and nobody voted.');
    expect(report).toContain('Next: gapcheck score --rater NAME');
    expect(status).toContain('0 of 8, 8 skipped');
    expect(status).toMatch(/Next: gapcheck score \S+ --rater NAME/);
    expect(`${report} ${status}`).not.toMatch(/minutes? (?:is|are) left|about \d+ min\b/);
    await run.sit('bob', () => 'open');
    expect((await run.verb('report')).out).toContain('8:0:0');
  });
});

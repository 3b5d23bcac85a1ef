import { describe, expect, test } from 'vitest';
import { reply, startModelServer, status } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { dayMs, firstDay, hour, logLine, pricedOpen, twoArms, watchedWeek } from '../helpers/watched-week.ts';

const calls = (day: number, count: number) =>
  Array.from({ length: count }, (_, at) => logLine(day * 100 + at, firstDay + day * dayMs + (at + 1) * hour));

/** Two days of two prompts each; the open model is an OpenAI server with a price. */
function priced(cwd: string, env: Record<string, string>, words: readonly string[] = [], days = '2d') {
  pricedOpen(cwd);
  return watchedWeek(cwd, ['--closed', 'logged', '--per-day', '2', '--for', days, '-j', '1', ...words], env);
}

describe('voting in a week', () => {
  test('answers that are missing on the last day keep the votes open, and the rater gets their ballots later', async () => {
    using dir = tempDir();
    let isDown = false;
    await using server = await startModelServer((call) =>
      isDown ? status(401) : reply(`Open answer to: ${call.lastUserText}`),
    );
    const week = watchedWeek(dir.path, [...twoArms, '--per-day', '2', '--for', '2d'], server.env);
    await week.begin(calls(0, 4));
    expect((await week.score()).out).toContain('There is nothing to vote on now. The week brings more: 2 days are');
    expect((await week.close(0)).out).toContain('(2 prompts,');
    isDown = true;
    week.write(calls(1, 4));
    const down = await week.close(1);
    expect(down.code).toBe(3);
    expect(down.out).toContain('Next: gapcheck score');
    const first = await week.score();
    expect({ shown: first.shown, final: first.out.includes('final.') }).toEqual({ shown: 2, final: false });
    expect(first.out).toContain('2 answers are missing. Your 2 votes are saved and not final yet.');
    expect((await week.type(['report'])).out).toContain('No result yet: the week is not complete');
    expect((await week.type(['status'])).out).toContain('Next: gapcheck run --resume');
    expect((await week.score(['--finish'])).err).toContain('The week is not complete');
    isDown = false;
    const up = await week.watch();
    expect({ code: up.code, next: up.out.includes('(2 prompts,') }).toEqual({ code: 0, next: true });
    const last = await week.score();
    expect({ shown: last.shown, final: last.out.includes('Your 4 votes are final.') }).toEqual({
      shown: 2,
      final: true,
    });
    expect((await week.type(['status'])).out).toContain('report ready');
  });

  test('a budget of nothing offers no voting; a higher one goes on, and is shown', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Open answer.', { usage: { in: 1_000, out: 1_000 } }));
    const week = priced(dir.path, server.env, [], '1d');
    await week.begin(calls(0, 4), ['--max-cost', '0']);
    const spent = await week.close(0, ['--max-cost', '0']);
    expect({ code: spent.code, offers: spent.out.includes('gapcheck score') }).toEqual({ code: 2, offers: false });
    expect((await week.type(['report'])).out).not.toContain('gapcheck score');
    const nothing = await week.score();
    expect(nothing.out).toContain('nothing was made final');
    expect(week.events().some(({ event }) => event === 'finished')).toBe(false);
    expect((await week.watch(['--max-cost', '100'])).out).toContain('$4.00 of $100.00\nNext: gapcheck score');
    // The old line of cron goes on under the higher limit.
    expect((await week.watch(['--max-cost', '0'])).out).toContain('of $100.00');
    const { shown, out } = await week.score();
    expect({ shown, final: out.includes('Your 2 votes are final.') }).toEqual({ shown: 2, final: true });
  });

  test('a lower limit than the first one is another week', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Open answer.', { usage: { in: 10, out: 10 } }));
    const week = priced(dir.path, server.env);
    await week.begin(calls(0, 4), ['--max-cost', '5']);
    expect((await week.watch(['--max-cost', '4'])).err).toContain('--max-cost was 5, and is 4 now');
  });

  test('a week of silent days offers no voting', async () => {
    using dir = tempDir();
    await using server = await startModelServer(reply('Open answer.'));
    const week = watchedWeek(dir.path, [...twoArms, '--per-day', '2', '--for', '1d'], server.env);
    await week.begin(calls(-1, 4));
    expect((await week.close(0)).out).not.toContain('gapcheck score');
    for (const verb of ['report', 'status', 'list']) {
      const { out } = await week.type([verb]);
      expect({ verb, offers: /gapcheck score/.test(out) }).toEqual({ verb, offers: false });
    }
  });

  test('after more, the daily line, list and report all say what is waiting', async () => {
    using dir = tempDir();
    await using server = await startModelServer((call) => reply(`Open answer to: ${call.lastUserText}`));
    const week = watchedWeek(dir.path, [...twoArms, '--per-day', '2', '--for', '1d'], server.env);
    await week.begin(calls(0, 8));
    await week.close(0);
    expect((await week.score()).shown).toBe(2);
    expect(await week.type(['more', '3', '--no-score'])).toMatchObject({ code: 0 });
    expect((await week.watch()).out).toContain('(3 prompts,');
    expect((await week.type(['list'])).out).toContain('3 ballots to vote on');
    expect((await week.score()).shown).toBe(3);
    expect((await week.type(['list'])).out).toContain('report ready');
  });

  test('after an early opening the next step is another week, under another name', async () => {
    using dir = tempDir();
    await using server = await startModelServer((call) => reply(`Open answer to: ${call.lastUserText}`));
    const week = watchedWeek(dir.path, [...twoArms, '--per-day', '2', '--for', '1d'], server.env);
    await week.begin(calls(0, 8));
    await week.close(0);
    const { out } = await week.type(['report', '--unblind']);
    expect(out.replace(/\s+/g, ' ')).toMatch(/gapcheck watch .* --name next-week/);
    expect(out).not.toContain('the same answers in a new left/right order');
  });
});

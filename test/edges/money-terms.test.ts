import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { playRun } from '../helpers/played-run.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const moneyOf = (out: string): Report['money'] => (JSON.parse(out) as Report).money;

it('takes the bill from the config, flags first, and reads a result although the config is broken', async () => {
  using dir = tempDir();
  const played = await playRun(dir.path, { tasks: { reply: 12 }, n: 12 });
  await played.sit('jo', () => 'open');
  const config = (text: string) => writeFileSync(join(dir.path, 'gapcheck.config.yaml'), text);
  const report = (...words: string[]) => runVerb(['report', '--json', ...words], { cwd: dir.path });

  expect(moneyOf((await report()).out)).toBeNull();
  config('money:\n  volume: 120000\n  peak: 3\n');
  const fromConfig = moneyOf((await report()).out);
  expect(fromConfig).toMatchObject({ volumePerMonth: 120_000, volumeBasis: 'stated' });
  expect(fromConfig?.assumptions[0]).toContain('120,000 calls a month (stated: money.volume of the config)');
  const flagged = moneyOf((await report('--volume', '5000', '--growth', '2%/month')).out);
  expect(flagged?.assumptions[0]).toContain('5,000 calls a month (stated: --volume)');
  expect(flagged?.assumptions[1]).toBe(
    'The volume grows by 2.0 % a month (stated: --growth); prices stay as they are.',
  );

  config('money:\n  volumes: 3\n');
  const broken = await report();
  expect(broken.code).toBe(0);
  expect(broken.err.replace(/\s+/g, ' ')).toMatch(
    /there is no key "money.volumes". Did you mean "volume"\?.*goes on without it/,
  );
});

it.each([
  ['--peak', '0.5', /ratio from 1/],
  ['--growth', 'fast', /growth such as 2%\/month/],
  ['--batch-share', '100%', /share such as 40%/],
  ['--wrong-cost', 'much', /amount in US dollars/],
])('refuses %s %s with what it takes', async (flag, value, words) => {
  using dir = tempDir();
  const { code, err } = await runVerb(['report', flag, value], { cwd: dir.path });
  expect(code).toBe(2);
  expect(err.replace(/\s+/g, ' ')).toMatch(words);
});

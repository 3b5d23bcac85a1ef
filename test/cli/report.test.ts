/** From votes on the disk to what a report says about several open models, in one go. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { voteOnPacket } from '../helpers/ci-run.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const published = fileURLToPath(new URL('../../schema/report.schema.json', import.meta.url));

test('three open columns: one may be picked, all four stand on one scale, and the JSON fits its published schema', async () => {
  using dir = tempDir();
  const rows = Array.from(
    { length: 12 },
    (_, n) => `reply,Reply to ticket ${n}.,Closed reply to ${n}.,First says ${n}.,Second says ${n}!,Third: ${n}`,
  );
  writeFileSync(dir.at('p.csv'), `task,prompt,answer:closed,answer:one,answer:two,answer:three\n${rows.join('\n')}\n`);
  const open = ['one', 'two', 'three'].flatMap((name) => ['--open', `column:${name}`]);
  const place = { cwd: dir.path };
  const made = await gapcheck(['run', 'p.csv', '--closed', 'column:closed', ...open, '--no-score', '--yes'], place);
  expect(made.code, made.err).toBe(0);
  const sealed = await gapcheck(['report'], place);
  expect(sealed.out).toContain('(36 ballots, about 27 min of voting)');

  await gapcheck(['packet', '--rater', 'maria', '-o', 'maria.json'], place);
  await voteOnPacket(join(dir.path, 'maria.json'), () => 'open');
  const merged = await gapcheck(['merge', 'maria.votes.jsonl'], place);
  expect(merged.code, merged.err).toBe(0);

  const shown = await gapcheck(['report', '--mau', '20,000', '--json'], place);
  expect(shown.code, shown.err).toBe(0);
  const report = JSON.parse(shown.out) as Report;
  expect(report.pairs.map(({ overall }) => overall.verdict)).toEqual(Array(3).fill('open-better'));
  expect(report.bestOf).toMatchObject({ of: 3, prompts: 12 });
  expect(report.ranking?.arms.map(({ arm }) => arm).at(-1)).toBe('closed');
  expect(report.ranking?.regularised).toBe(true);
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(published, 'utf8')),
  );
  validate(report);
  expect(validate.errors ?? []).toEqual([]);

  const wrong = await gapcheck(['report', '--mau', 'many'], place);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('It takes a whole number');
});

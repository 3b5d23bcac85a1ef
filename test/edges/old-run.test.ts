/** Run folders of version 0.1.0 are shown as they were decided; nothing is computed again and nothing is added. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { more } from '../../src/app/more-prompts.ts';
import { importVotes } from '../../src/app/result/arena-votes.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { score } from '../../src/app/score/score-run.ts';
import { readRun } from '../../src/store/run-folder.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { type RecordedRun, recordedRuns, unpackRun } from '../helpers/recorded-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const runs = new Map(recordedRuns().map((run) => [run.name, run]));
function runNamed(name: string): RecordedRun {
  const run = runs.get(name);
  if (!run) throw new Error(`there is no recorded run ${name}`);
  return run;
}

const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );

describe('gapcheck report on a run of 0.1.0', () => {
  it.each([...runs.keys()])('%s opens and is shown, and no byte of it changes', async (name) => {
    using dir = tempDir();
    const folder = unpackRun(runNamed(name), dir.at('results'));
    const before = bytesOf(folder);
    const { context, said } = quietContext(dir.path);
    expect(await report(undefined, {}, context)).toBe(0);
    expect(said.join('\n')).toContain('As recorded by the rule of 0.1.0; nothing is computed again.');
    expect(said.join('\n')).toMatch(/Next: gapcheck run .* --reuse\n/);
    expect(bytesOf(folder)).toEqual(before);
  });

  it('gives the recorded verdicts with the prompts that they rested on', async () => {
    using dir = tempDir();
    unpackRun(runNamed('open-wins'), dir.at('results'));
    const { context, said } = quietContext(dir.path);
    await report(undefined, { output: ['old.json'] }, context);
    expect(said.join('\n')).toContain('- open against closed, overall: open is good enough, reached after 8 prompts');
    expect(JSON.parse(readFileSync(dir.at('old.json'), 'utf8'))).toMatchObject({
      kind: 'gapcheck-old-run',
      gapcheck: '0.1.0',
      verdicts: [
        { pair: 'open:closed', task: null, verdict: 'open-good-enough', units: 8 },
        { pair: 'open:closed', task: 'reply', verdict: 'open-good-enough', units: 8 },
      ],
      undecided: [],
      raters: [{ rater: 'maria', votes: 12 }],
      next: 'gapcheck run tickets.csv --no-score -n all --name tickets --reuse',
    });
  });

  it('says of a sealed run no more than who has voted', async () => {
    using dir = tempDir();
    unpackRun(runNamed('one-in-the-middle'), dir.at('results'));
    const { context, said } = quietContext(dir.path);
    await report(undefined, {}, context);
    expect(said.join('\n')).toContain('- open against closed: no verdict was recorded');
    expect(said.join('\n')).toContain('Votes: jo 2, maria 6. No more can be given.');
  });

  it.each([
    [{ routes: ['routes.json'] }, '--routes'],
    [{ unblind: true }, '--unblind'],
    [{ output: ['report.html'] }, 'report.html'],
  ])('refuses what needs the rule of today: %j', async (options, named) => {
    using dir = tempDir();
    unpackRun(runNamed('unfinished'), dir.at('results'));
    await expect(report(undefined, options, quietContext(dir.path).context)).rejects.toMatchObject({
      code: 'old-run',
      exitCode: 2,
      message: expect.stringContaining(`${named} needs the rule of this version`),
    });
    expect(existsSync(dir.at('report.html'))).toBe(false);
  });
});

describe('a run of 0.1.0', () => {
  const verbs: Record<string, (context: ReturnType<typeof quietContext>['context']) => Promise<unknown>> = {
    score: (context) => score(undefined, { rater: 'maria' }, context),
    more: (context) => more(['4'], {}, context),
    packet: (context) => packet(undefined, { rater: 'jo', output: 'jo.json' }, context),
    merge: (context) => merge(['jo.votes.jsonl'], {}, context),
    'votes import': (context) => importVotes(['battles.jsonl'], {}, context),
  };

  it.each(Object.keys(verbs))('takes nothing more by %s', async (verb) => {
    using dir = tempDir();
    const folder = unpackRun(runNamed('unfinished'), dir.at('results'));
    writeFileSync(dir.at('battles.jsonl'), '');
    copyFileSync(join(folder, 'votes/maria.jsonl'), dir.at('jo.votes.jsonl'));
    const before = bytesOf(folder);
    await expect(verbs[verb]?.(quietContext(dir.path).context)).rejects.toMatchObject({
      code: 'old-run',
      exitCode: 2,
      hint: 'gapcheck run tickets.csv --no-score -n all --name tickets --reuse   (a new run that takes its answers over)',
    });
    expect(bytesOf(folder)).toEqual(before);
  });

  it.each([
    ['open-wins', ['nowhere', 'nowhere']],
    ['called', ['hosted', 'local']],
  ])('%s: says where its answers were made', (name, places) => {
    using dir = tempDir();
    const run = readRun(unpackRun(runNamed(name), dir.at('results')));
    expect(run.arms.map(({ where }) => where)).toEqual(places);
    expect(run.schema).toBe(1);
  });
});

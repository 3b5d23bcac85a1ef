/** A second run on the same prompts: the report says which run was before it, and what differs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRun } from '../../src/store/run-folder.ts';
import { type PlayedRun, playRun } from '../helpers/played-run.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { votePacket } from '../helpers/vote-packet.ts';

const since = async (run: PlayedRun): Promise<string> =>
  (await run.report()).notices.find((notice) => notice.startsWith('This is run ')) ?? '';

describe('a run after another one on its prompts', () => {
  it('names prompts that the one before did not have, and no rater who is the same', async () => {
    using dir = tempDir();
    const first = await playRun(dir.path, { tasks: { mail: 16 }, n: 8 });
    await first.sit('jo', () => 'tie');
    expect(await since(first)).toBe('');
    const second = await playRun(dir.path, { tasks: { mail: 16 }, n: 12 });
    await second.sit('jo', () => 'tie');
    const said = await since(second);
    expect(said).toMatch(
      /What differs from \S+-played, the one before: 4 of 12 prompts and the left\/right order\. The answers are the same\./,
    );
    expect(said).not.toContain('jo');
  });

  it('says that the tasks are others, and the answers the same, where only a task column is new', async () => {
    using dir = tempDir();
    const first = await playRun(dir.path, { tasks: { mail: 8 }, n: 8 });
    await first.sit('jo', () => 'tie');
    const file = dir.at('prompts.csv');
    const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
    const at = head.split(',').indexOf('task');
    expect(at).toBeGreaterThanOrEqual(0);
    writeFileSync(file, [head, ...rows.map((row) => row.replace(/\bmail\b/, 'post'))].join('\n'));
    const made = await runVerb(['run', 'prompts.csv', '-n', '8', '--name', 'again', '--no-score'], { cwd: dir.path });
    expect(made.code, made.err).toBe(0);
    const packet = await runVerb(['packet', '--rater', 'jo', '-o', 'jo.json'], { cwd: dir.path });
    expect(packet.code, packet.err).toBe(0);
    await runVerb(['merge', await votePacket(dir.at('jo.json'), () => 'tie')], { cwd: dir.path });
    const said = await since({ ...first, folder: findRun(dir.at('results'), undefined) });
    expect(said).toContain(
      'the one before: the tasks of 8 prompts and the left/right order. The answers are the same.',
    );
  });

  it('says that the answers are others where the file holds others', async () => {
    using dir = tempDir();
    const first = await playRun(dir.path, { tasks: { mail: 8 }, n: 8 });
    await first.sit('jo', () => 'tie');
    const file = dir.at('prompts.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Beta says so', 'Beta says so now'));
    const made = await runVerb(['run', 'prompts.csv', '-n', '8', '--name', 'again', '--no-score'], { cwd: dir.path });
    expect(made.code, made.err).toBe(0);
    const second = { ...first, folder: findRun(dir.at('results'), undefined) };
    expect(second.folder).toMatch(/again$/);
    const packet = await runVerb(['packet', '--rater', 'kim', '-o', 'kim.json'], { cwd: dir.path });
    expect(packet.code, packet.err).toBe(0);
    const votes = await votePacket(dir.at('kim.json'), () => 'tie');
    expect((await runVerb(['merge', votes], { cwd: dir.path })).out).toContain('kim: 8 votes, ');
    const said = await since(second);
    expect(said).toContain('the raters (kim, before: jo), the answers and the left/right order.');
    expect(said).not.toContain('The answers are the same');
  });

  it('says that raters of the one before could tell the models apart, if its report does and the answers are the same', async () => {
    using dir = tempDir();
    const first = await playRun(dir.path, { tasks: { mail: 8 }, n: 8 });
    await first.sit('jo', () => 'tie');
    await first.report();
    const second = await playRun(dir.path, { tasks: { mail: 8 }, n: 8 });
    await second.sit('kim', () => 'tie');
    const told = ', and in that run raters could tell which came from which model.';
    expect(await since(second)).not.toContain(told);
    const kept = join(first.folder, 'report.json');
    const report = JSON.parse(readFileSync(kept, 'utf8'));
    const [pair] = report.blind;
    writeFileSync(kept, JSON.stringify({ ...report, blind: [{ ...pair, adjusted: { word: 'recognised' } }] }));
    expect(await since(second)).toContain(`The answers are the same${told}`);
  });
});

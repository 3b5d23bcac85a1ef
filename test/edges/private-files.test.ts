/** Prompts of customers stand in a run folder: nobody but its owner can look into it, whatever wrote there. */
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepReport } from '../../src/app/result/write-reports.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { loadPrompts } from '../../src/logs/load.ts';
import { writeWhole } from '../../src/store/atomic-write.ts';
import { takeLock } from '../../src/store/folder-lock.ts';
import { hashing } from '../../src/store/hashing.ts';
import { makeFolder } from '../../src/store/make-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('a run folder', () => {
  it('is 0700, and everything in it is 0600 or 0700', async () => {
    using dir = tempDir();
    chmodSync(dir.path, 0o755);
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    const { context } = quietContext(dir.path);
    await packet(undefined, { rater: 'maria', output: 'maria.html' }, context);
    const seal = { id: 'r_0000000000000000', keyCommitment: '0'.repeat(64) };
    openVotesFile(paths.votes('jo'), seal, 'jo', 'plain', '2026-11-27T00:00:00.000Z').close();
    await keepReport(join(paths.folder, '..'), paths.folder, context).catch(() => undefined);
    makeFolder(join(paths.folder, 'ci/one'));
    writeWhole(join(paths.folder, 'ci/one/comment.md'), 'x');
    const lock = takeLock(paths.runLock, 'answering');
    expect(mode(paths.folder)).toBe('700');
    const names = readdirSync(paths.folder, { recursive: true, encoding: 'utf8' });
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const path = join(paths.folder, name);
      expect(`${name} ${mode(path)}`).toBe(`${name} ${statSync(path).isDirectory() ? '700' : '600'}`);
    }
    lock.release();
    // What is made to be sent is no secret of the folder.
    expect(mode(dir.at('maria.html'))).not.toBe('600');
  });
});

describe('an empty cell in a column of answers', () => {
  it('is an empty answer of that arm, and no reason to drop the prompt', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('answers.csv'), 'prompt,answer:closed,answer:open\nOne?,1,\nTwo?,,2\nThree?,3,3\n');
    const { prompts } = await loadPrompts([dir.at('answers.csv')], {
      redact: false,
      now: new Date(0),
      seed: 1,
      hashing,
      cwd: dir.path,
    });
    expect(prompts.map(({ answers }) => [answers?.closed?.text, answers?.open?.text])).toEqual([
      ['1', ''],
      ['', '2'],
      ['3', '3'],
    ]);
  });
});

/**
 * Above 512 MB no text holds a file and above 2 GB no buffer does. What a run records is read in pieces, whatever its
 * size: here more than 512 MB of answers, and votes of the same size that come from elsewhere.
 */
import { closeSync, ftruncateSync, openSync, readFileSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outdated } from '../../src/app/ci/what-changed.ts';
import { loadConfig } from '../../src/app/config/load-config.ts';
import type { Context } from '../../src/app/context.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { score } from '../../src/app/score/score-run.ts';
import { GapcheckError } from '../../src/errors.ts';
import { chainLine } from '../../src/records/vote-lines.ts';
import { sealAnswers } from '../../src/store/answers-seal.ts';
import { addEvents } from '../../src/store/events-file.ts';
import { hashing } from '../../src/store/hashing.ts';
import { lastLineHash, openAppender } from '../../src/store/jsonl.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { shorterWins, votePacket } from '../helpers/vote-packet.ts';

const MB = 1 << 20;
const tooLong = 512 * MB;
const lineBytes = 8 * MB;

let dir: ReturnType<typeof tempDir>;
let paths: RunPaths;

/** Further trials of the first prompt, until the file is longer than any string can be. */
function growAttempts(path: string): void {
  const [first = ''] = readFileSync(path, 'utf8').split('\n', 1);
  const step = JSON.parse(first) as { text: string; trial: number };
  const fd = openSync(path, 'a');
  const text = 'All is well again. '.repeat(Math.ceil(lineBytes / 19));
  for (let trial = 2; statSync(path).size <= tooLong; trial += 1)
    writeSync(fd, `${JSON.stringify({ ...step, trial, text })}\n`);
  closeSync(fd);
}

/** Votes and takes back, each time with a note of 8 MB, and then votes as `from` does. */
function growVotes(from: string, to: string): void {
  const [head = '', ...rest] = readFileSync(from, 'utf8').trimEnd().split('\n');
  const [vote] = rest.map((line) => JSON.parse(line));
  const fd = openSync(to, 'w');
  const lines: { n: number }[] = [];
  let last = head;
  const add = (line: object): void => {
    const { prev: _prev, n: _n, ...own } = line as { prev?: string; n?: number };
    const chained = chainLine(lines.slice(-1) as never, hashing.sha256(last), own as never);
    lines.push({ n: chained.n });
    last = JSON.stringify(chained);
    writeSync(fd, `${last}\n`);
  };
  writeSync(fd, `${head}\n`);
  const note = 'Too long by far. '.repeat(Math.ceil(lineBytes / 17));
  while (statSync(to).size <= tooLong) {
    add({ ...vote, note });
    add({ undo: lines.length, at: vote.at });
  }
  for (const line of rest) add(JSON.parse(line));
  closeSync(fd);
}

afterEach(() => dir[Symbol.dispose]());
beforeEach(() => {
  dir = tempDir();
  paths = makeAnsweredRun(dir.path, ticketAnswers(4));
});

describe('more than 512 MB', () => {
  it('of votes are merged, chained and reported; a torn end gets its own number', async () => {
    const { context, said } = quietContext(dir.path);
    await packet(undefined, { rater: 'jo', output: 'jo.json' }, context);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    growVotes(votes, dir.at('large.votes.jsonl'));
    const { size } = statSync(dir.at('large.votes.jsonl'));
    expect(size).toBeGreaterThan(tooLong);
    expect(await merge(['large.votes.jsonl'], {}, context)).toBe(0);
    expect(said.join('\n')).toContain(`jo: 4 votes, 4 new as evidence, fingerprint ${lastLineHash(paths.votes('jo'))}`);
    expect(statSync(paths.votes('jo')).size).toBe(size);
    expect(await report(undefined, {}, context)).toBe(0);

    const lines = readVotesFile(paths.votes('jo'))?.lines.length ?? 0;
    truncateSync(paths.votes('jo'), size - 3);
    const appender = openAppender(paths.votes('jo'));
    appender.append({ more: true });
    appender.close();
    expect(tailOf(paths.votes('jo'))).toMatch(new RegExp(`\n\\{"torn":${lines + 1}\\}\n\\{"more":true\\}\n$`));
  }, 300_000);

  it('of answers are read, and one changed byte is seen', async () => {
    const path = paths.attempts('open');
    growAttempts(path);
    expect(statSync(path).size).toBeGreaterThan(tooLong);
    await addEvents(
      paths,
      () => new Date(0),
      () => [{ event: 'answered', answers: 8, missing: 0, files: sealAnswers(paths, ['open', 'closed']) }],
    );
    const { context } = quietContext(dir.path);
    expect(await packet(undefined, { rater: 'jo', output: 'jo.json' }, context)).toBe(0);
    const fd = openSync(path, 'r+');
    writeSync(fd, '#', statSync(path).size - 30 * MB);
    closeSync(fd);
    await expect(report(undefined, {}, context)).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('open.jsonl was changed after the answers came in'),
    });
  }, 300_000);

  it.each([
    ['a packet', 'big.json', (file: string, context: Context) => score(file, {}, context)],
    ['a config', 'big.yaml', (file: string, context: Context) => loadConfig(file, context)],
    ['a lock file', 'big.lock', (file: string, context: Context) => outdated({ lock: file }, context)],
    ['one line', 'big.votes.jsonl', (file: string, context: Context) => merge([file], {}, context)],
  ])(
    'in %s end with exit 2 and the file named',
    async (_what, name, work) => {
      const fd = openSync(dir.at(name), 'w');
      writeSync(fd, '{"ballots":[');
      ftruncateSync(fd, tooLong + 10);
      closeSync(fd);
      const { context } = quietContext(dir.path);
      const error = await work(name, { ...context, interactive: true }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(GapcheckError);
      expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(name) });
    },
    60_000,
  );
});

function tailOf(path: string): string {
  const fd = openSync(path, 'r');
  const tail = Buffer.alloc(60);
  readSync(fd, tail, 0, tail.length, statSync(path).size - tail.length);
  closeSync(fd);
  return tail.toString('utf8');
}

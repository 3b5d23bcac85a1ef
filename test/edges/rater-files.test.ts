/** A rater's file is a rater's: tokens, fingerprints, votes that are voided and packets that are withdrawn. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gather } from '../../src/app/result/gather.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { scorePacket } from '../../src/app/score/packet-session.ts';
import { voidVotes } from '../../src/app/score/void-votes.ts';
import { readPacket } from '../../src/blind/packet.ts';
import { GapcheckError } from '../../src/errors.ts';
import { readEvents } from '../../src/store/events-file.ts';
import { hashing } from '../../src/store/hashing.ts';
import { raterFileName } from '../../src/store/layout.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeRun } from '../helpers/run-record.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { shorterWins, votePacket } from '../helpers/vote-packet.ts';

async function refusal(work: Promise<unknown>): Promise<{ exit: number; message: string; hint: string | undefined }> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GapcheckError)) throw error ?? new Error('it was taken');
  return { exit: error.exitCode, message: error.message, hint: error.hint };
}

const raters = (count: number) => ({ settings: { ...makeRun([]).run.settings, raters: count } });

/** A run with a packet of jo's out. */
async function withPacket(folder: string, answers = 4, changes = {}) {
  const paths = makeAnsweredRun(folder, ticketAnswers(answers), changes);
  const { context, said } = quietContext(folder);
  await packet(undefined, { rater: 'jo', output: 'jo.json' }, context);
  return { paths, context, said };
}

/** The same votes under another header, chained again: what somebody who read the file could make. */
function rechained(from: string, to: string, change: (header: Record<string, unknown>) => void): void {
  const [first = '', ...rest] = readFileSync(from, 'utf8').trimEnd().split('\n');
  const header = JSON.parse(first) as Record<string, unknown>;
  change(header);
  const lines = [JSON.stringify(header)];
  for (const row of rest) {
    const line = { ...JSON.parse(row), prev: hashing.sha256(lines.at(-1) ?? '') };
    lines.push(JSON.stringify(line));
  }
  writeFileSync(to, `${lines.join('\n')}\n`);
}

describe('the token of a packet', () => {
  test('is in packet and votes, and its hash alone in the run', async () => {
    using dir = tempDir();
    const { paths } = await withPacket(dir.path);
    const { token } = readPacket(readFileSync(dir.at('jo.json'), 'utf8'), 'jo.json');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const ledger = readFileSync(paths.events, 'utf8');
    expect(ledger).not.toContain(token);
    expect(ledger).toContain(`"event":"given","rater":"jo","token":"${hashing.sha256(token)}","ballots":4`);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    expect(readVotesFile(votes)?.header.token).toBe(token);
  });

  test('is the same in the same packet written twice, and kept once', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    await packet(undefined, { rater: 'jo', output: 'again.json' }, context);
    expect(readFileSync(dir.at('again.json'), 'utf8')).toBe(readFileSync(dir.at('jo.json'), 'utf8'));
    expect(readEvents(paths).filter(({ event }) => event === 'given')).toHaveLength(1);
  });

  test.each([
    ['none', (header: Record<string, unknown>) => delete header.token, 2, 'jo.votes.jsonl:1: "token" is missing'],
    ['another', (header: Record<string, unknown>) => (header.token = 'ab'.repeat(32)), 5, 'is not that of the packet'],
  ])('votes with %s are refused, and nothing of them is taken', async (_what, change, exit, message) => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    rechained(votes, votes, change);
    expect(await refusal(merge([votes], {}, context))).toMatchObject({
      exit,
      message: expect.stringContaining(message),
    });
    expect(existsSync(paths.votes('jo'))).toBe(false);
    expect(readEvents(paths).some(({ event }) => event === 'entered')).toBe(false);
    expect(existsSync(paths.votesLock('jo'))).toBe(false);
  });

  test('votes of a rater who was given no packet are refused', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    await sit(paths, 'kim', 0, { finish: false });
    rechained(paths.votes('kim'), dir.at('kim.votes.jsonl'), (header) => (header.token = 'ab'.repeat(32)));
    expect(await refusal(merge(['kim.votes.jsonl'], {}, context))).toMatchObject({
      exit: 5,
      message: expect.stringContaining('no packet out for kim'),
    });
  });
});

describe('merge --fingerprint', () => {
  test('takes the file that the rater saw, by its first characters or the whole', async () => {
    using dir = tempDir();
    const { context, said } = await withPacket(dir.path);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    const seen = readVotesFile(votes)?.lastHash ?? '';
    expect(await merge([votes], { fingerprint: seen.slice(0, 12).toUpperCase() }, context)).toBe(0);
    expect(await merge([votes], { fingerprint: seen }, context)).toBe(0);
    expect(said.join('\n')).toContain(`fingerprint ${seen}`);
  });

  test('refuses another one, more than one file, and what is no fingerprint', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    const wrong = await refusal(merge([votes], { fingerprint: 'deadbeef' }, context));
    expect(wrong).toMatchObject({ exit: 5, message: expect.stringContaining('not deadbeef') });
    expect(await refusal(merge([votes, votes], { fingerprint: 'deadbeef' }, context))).toMatchObject({ exit: 2 });
    expect(await refusal(merge([votes], { fingerprint: 'XYZ' }, context))).toMatchObject({ exit: 2 });
    expect(existsSync(paths.votes('jo'))).toBe(false);
  });
});

describe('votes that are voided', () => {
  test('a forged file that came first no longer locks its rater out', async () => {
    using dir = tempDir();
    const { paths, context, said } = await withPacket(dir.path);
    // Who has the packet can vote on it in the rater's name.
    const forged = await votePacket(dir.at('jo.json'), () => 'tie');
    renameSync(forged, dir.at('forged.votes.jsonl'));
    await merge(['forged.votes.jsonl'], {}, context);
    const real = await votePacket(dir.at('jo.json'), () => 'left');
    expect(await refusal(merge([real], {}, context))).toMatchObject({
      exit: 5,
      message: expect.stringContaining('has other votes in this run already'),
      hint: expect.stringContaining('gapcheck votes void --rater jo'),
    });

    expect(await voidVotes(undefined, { rater: 'jo', reason: 'not cast by jo' }, context)).toBe(0);
    expect(said.join('\n')).toContain('jo: 4 votes voided.');
    expect(readFileSync(paths.events, 'utf8')).toMatch(
      /"event":"voided","rater":"jo","votes":4,"lastHash":"[0-9a-f]{64}","reason":"not cast by jo"/,
    );
    expect(readdirSync(`${paths.votesFolder}/voided`)).toHaveLength(1);
    expect(await refusal(merge(['forged.votes.jsonl'], {}, context))).toMatchObject({
      exit: 2,
      message: expect.stringContaining('were voided'),
    });

    expect(await merge(['forged.votes.jsonl', real], { skipVoided: true }, context)).toBe(0);
    expect(said.join('\n')).toContain('jo: these votes were voided, nothing was taken');
    said.length = 0;
    expect(await report(undefined, {}, context)).toBe(0);
    expect(said.join('\n').replace(/\s+/g, ' ')).toContain('4 votes of jo were voided and count no more.');
    const { input } = gather(paths.folder, paths.folder, context);
    expect(input.pairs === 'sealed' ? input.pairs : input.pairs[0]?.overall.counts.bothFine).toBe(0);
  });

  test('their ballots are given out again, with a token of its own', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    const before = readPacket(readFileSync(dir.at('jo.json'), 'utf8'), '');
    await merge([await votePacket(dir.at('jo.json'), shorterWins)], {}, context);
    expect(await refusal(packet(undefined, { rater: 'kim', output: 'kim.json' }, context))).toMatchObject({ exit: 2 });
    await voidVotes(undefined, { rater: 'jo' }, context);
    renameSync(dir.at('jo.votes.jsonl'), dir.at('old.votes.jsonl'));
    await packet(undefined, { rater: 'jo', output: 'jo.json' }, context);
    const again = readPacket(readFileSync(dir.at('jo.json'), 'utf8'), '');
    expect(again.ballots).toEqual(before.ballots);
    expect(again.token).not.toBe(before.token);
    await merge([await votePacket(dir.at('jo.json'), shorterWins)], {}, context);
    expect(gather(paths.folder, paths.folder, context).input.seal.sealed).toBe(false);
  });

  test('after the result could be seen, the report says that too, and a verdict they had reached is gone', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path, 20);
    await merge([await votePacket(dir.at('jo.json'), shorterWins)], {}, context);
    await report(undefined, {}, context);
    expect(readFileSync(paths.events, 'utf8')).toContain('"event":"verdict"');
    await voidVotes(undefined, { rater: 'jo' }, context);
    const { input } = gather(paths.folder, paths.folder, context);
    expect(input.voided).toEqual([{ rater: 'jo', votes: 20, afterOpening: true }]);
    expect(input.seal.sealed).toBe(true);
    await sit(paths, 'kim', 20);
    const after = gather(paths.folder, paths.folder, context).input;
    expect(after.pairs === 'sealed' ? '' : after.pairs[0]?.overall.units).toBe(20);
    expect(readEvents(paths).some(({ event }) => event === 'verdict')).toBe(false);
  });

  test('can be a file that was changed by hand', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    await merge([await votePacket(dir.at('jo.json'), shorterWins)], {}, context);
    const changed = readFileSync(paths.votes('jo'), 'utf8').replace('"choice":"tie"', '"choice":"right"');
    writeFileSync(paths.votes('jo'), changed);
    expect(await refusal(report(undefined, {}, context))).toMatchObject({ exit: 5 });
    await voidVotes(undefined, { rater: 'jo' }, context);
    expect(await report(undefined, {}, context)).toBe(0);
  });

  test('are out of the way also when a crash came before the file was moved', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    await merge([votes], {}, context);
    const bytes = readFileSync(paths.votes('jo'));
    await voidVotes(undefined, { rater: 'jo' }, context);
    writeFileSync(paths.votes('jo'), bytes);
    await report(undefined, {}, context);
    expect(existsSync(paths.votes('jo'))).toBe(false);
  });

  test('of nobody cannot be voided', async () => {
    using dir = tempDir();
    const { context } = await withPacket(dir.path);
    expect(await refusal(voidVotes(undefined, { rater: 'kim' }, context))).toMatchObject({
      exit: 2,
      message: 'kim has no votes in this run.',
    });
  });
});

describe('a packet that is withdrawn', () => {
  test('frees its prompts and opens the seal; votes that come back from it are refused', async () => {
    using dir = tempDir();
    const { paths, context, said } = await withPacket(dir.path, 4, raters(2));
    await sit(paths, 'maria', 2);
    const votes = await votePacket(dir.at('jo.json'), shorterWins);
    expect(gather(paths.folder, paths.folder, context).input.seal.sealed).toBe(true);
    expect(await packet(undefined, { withdraw: 'jo' }, context)).toBe(0);
    expect(said.join('\n')).toContain('The packet of jo is withdrawn');
    expect(await refusal(merge([votes], {}, context))).toMatchObject({
      exit: 5,
      message: expect.stringContaining('or it was withdrawn'),
    });
    await packet(undefined, { rater: 'kim', output: 'kim.json' }, context);
    await merge([await votePacket(dir.at('kim.json'), shorterWins)], {}, context);
    expect(gather(paths.folder, paths.folder, context).input).toMatchObject({ seal: { sealed: false } });
  });

  test('half-way keeps the votes that are here and waits for no more', async () => {
    using dir = tempDir();
    const { paths, context } = await withPacket(dir.path);
    await merge([await votePacket(dir.at('jo.json'), shorterWins, { atMost: 2 })], {}, context);
    await packet(undefined, { withdraw: 'jo' }, context);
    expect(gather(paths.folder, paths.folder, context).input.raters).toMatchObject([{ rater: 'jo', finished: true }]);
    await sit(paths, 'kim', 2);
    const { pairs } = gather(paths.folder, paths.folder, context).input;
    expect(pairs === 'sealed' ? pairs : pairs[0]?.overall.units).toBe(4);
  });

  test('that is back, or was never out, cannot be withdrawn', async () => {
    using dir = tempDir();
    const { context } = await withPacket(dir.path);
    await merge([await votePacket(dir.at('jo.json'), shorterWins)], {}, context);
    expect(await refusal(packet(undefined, { withdraw: 'jo' }, context))).toMatchObject({
      exit: 2,
      hint: 'gapcheck votes void --rater jo takes them out again',
    });
    expect(await refusal(packet(undefined, { withdraw: 'kim' }, context))).toMatchObject({ exit: 2 });
  });

  test('given again, its old votes file is not gone on with', async () => {
    using dir = tempDir();
    const { context } = await withPacket(dir.path);
    await votePacket(dir.at('jo.json'), shorterWins, { atMost: 2 });
    await packet(undefined, { withdraw: 'jo' }, context);
    await packet(undefined, { rater: 'jo', output: 'jo.json' }, context);
    const open = { ...context, interactive: true, holdSession: async () => 'saved' as const };
    expect(await refusal(scorePacket(dir.at('jo.json'), {}, open))).toMatchObject({
      exit: 5,
      message: expect.stringContaining('was cast on another packet'),
      hint: expect.stringContaining('move that file away'),
    });
  });
});

describe('names of raters', () => {
  test.each([
    ['jo/x', 'jo-x'],
    ['Jo', 'jo'],
    ['ﬁ', 'fi'],
    ['straße', 'STRASSE'],
    ['İ', 'i'],
    ['con', 'con_'],
    ['jo.', 'jo'],
    ['jo ', 'jo'],
    ['a'.repeat(60), 'a'.repeat(59)],
  ])('%s and %s never share a file, on any file system', (one, other) => {
    const folded = (name: string): string =>
      raterFileName(name)
        .normalize('NFKC')
        .toUpperCase()
        .toLowerCase()
        .replace(/[ .]+$/, '');
    expect(folded(one)).not.toBe(folded(other));
  });

  test('two spellings of one name are one rater', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    const { context } = quietContext(dir.path);
    await packet(undefined, { rater: 'Zoe\u0308', output: 'zoe.json' }, context);
    await merge([await votePacket(dir.at('zoe.json'), shorterWins)], {}, context);
    expect(existsSync(paths.votes('Zo\u00eb'))).toBe(true);
  });
});

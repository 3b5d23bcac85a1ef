import { execFile } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createPacketPort } from '../../src/app/score/packet-session.ts';
import { type Packet, readPacket } from '../../src/blind/packet.ts';
import { readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { makeAnsweredRun, secrets, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));

function gapcheck(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', TZ: 'UTC', LC_ALL: 'C.UTF-8', USER: 'owner' };
  return new Promise((done) => {
    const child = execFile(process.execPath, [bin, ...args], { cwd, env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** Votes on a packet as the session would, without a terminal. */
async function voteOn(packet: Packet, path: string, { count = 99, finish = true } = {}): Promise<void> {
  const writer = openVotesFile(
    path,
    { id: packet.run, keyCommitment: packet.keyCommitment, token: packet.token },
    packet.rater,
    'plain',
    new Date().toISOString(),
  );
  const port = createPacketPort(packet, writer, () => new Date());
  for (let at = 0; at < count; at += 1) {
    const next = await port.next();
    if (!('ballot' in next)) break;
    await port.append({
      kind: 'vote',
      vote: { ballot: next.ballot.id, choice: 'left', retry: [], view: 'plain', ms: 2_000 },
    });
  }
  if (finish) await port.append({ kind: 'finish' });
  writer.close();
}

const entered = (paths: RunPaths): number => readEvents(paths).filter(({ event }) => event === 'entered').length;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('packet and merge', () => {
  test('a packet goes out, votes come back, twice is once', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(5));
    const made = await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'maria.json');
    expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/^Run \S+-tickets\n$/) });
    expect(made.out).toContain('5 ballots for maria');
    const text = readFileSync(dir.at('maria.json'), 'utf8');
    expect(await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'again.json')).toMatchObject({ code: 0 });
    expect(readFileSync(dir.at('again.json'), 'utf8')).toBe(text);
    const packet = readPacket(text, 'maria.json');
    const votes = dir.at('maria.votes.jsonl');

    await voteOn(packet, votes, { count: 2, finish: false });
    expect(await gapcheck(dir.path, 'merge', 'maria.votes.jsonl')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Run \S+-tickets\n$/),
    });
    expect(entered(paths)).toBe(2);
    await voteOn(packet, votes);
    const merged = await gapcheck(dir.path, 'merge', 'tickets', 'maria.votes.jsonl');
    expect(merged.out).toContain('maria: 5 votes, 3 new as evidence, fingerprint');
    const before = readFileSync(paths.events, 'utf8');
    const again = await gapcheck(dir.path, 'merge', 'maria.votes.jsonl');
    expect(again.out).toContain('nothing new');
    expect(readFileSync(paths.events, 'utf8')).toBe(before);
    expect(readEvents(paths).at(-1)).toMatchObject({ event: 'finished', rater: 'maria', votes: 5 });
    expect(readFileSync(paths.votes('maria'))).toEqual(readFileSync(votes));
    expect(readVotesFile(paths.votes('maria'))?.lines).toHaveLength(6);

    // Nothing is left, so no page is written and none hides the report.
    const none = await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'more.html');
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('No ballot is left for maria') });
    expect(none.err).not.toContain('hides this run');
  });

  test('nothing in it names an arm: not in clear, not encoded, not compressed', async () => {
    using dir = tempDir();
    const answers = ticketAnswers(4).map(({ open, closed }) => ({
      open: `I am Qwen3, made by Alibaba. ${open}`,
      closed: `<think>as gpt-5.6</think>${closed}`,
    }));
    makeAnsweredRun(dir.path, [...answers, { open: null, closed: 'One answer failed here.' }]);
    await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'maria.json');
    const bytes = readFileSync(dir.at('maria.json'));
    const text = bytes.toString('utf8');
    const runJson = JSON.parse(readFileSync(makeAnsweredRun(dir.at('other'), answers).run, 'utf8'));
    expect(runJson.arms[0].model).toBe('gpt-5.6');
    for (const secret of [...secrets, 'alibaba', 'closed', 'identity', 'seed', 'latency']) {
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
      for (const shift of ['', ' ', '  ']) {
        const coded = Buffer.from(shift + secret)
          .toString('base64')
          .replace(/=+$/, '')
          .slice(shift.length === 0 ? 0 : shift.length + 1, -1);
        if (coded.length > 5) expect(text).not.toContain(coded);
      }
      expect(text.toLowerCase()).not.toContain(Buffer.from(secret).toString('hex'));
    }
    // Text only: no compressed part could hide in it.
    expect(bytes.includes(gzipSync('').subarray(0, 2))).toBe(false);
    expect(text).not.toMatch(/[A-Za-z0-9+/]{80,}/);
    expect(Object.keys(JSON.parse(text)).sort()).toEqual([
      'ballots',
      'keyCommitment',
      'kind',
      'rater',
      'run',
      'schema',
      'token',
    ]);
  });

  test('what is no votes file is named with what to type; missing answers are said', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(4));
    await gapcheck(dir.path, 'packet', '--rater', 'ann', '-o', 'ann.json');
    await gapcheck(dir.path, 'packet', '--rater', 'ann', '-o', 'ann.html');
    writeFileSync(dir.at('p.csv'), 'prompt\nx\n');
    writeFileSync(dir.at('b.jsonl'), '{"question_id":"1","model_a":"x","model_b":"y","winner":"tie"}\n');
    const next = {
      'ann.json':
        'is a packet: ballots to vote on, not votes.\nNext: gapcheck score ann.json, then gapcheck merge ann.votes.jsonl\n',
      'ann.html':
        'is a page to vote in, not votes.\nNext: open it in a browser, vote, save, then gapcheck merge ann.votes.jsonl\n',
      'p.csv':
        'holds no votes: those that come back from a packet are in a file that ends in .votes.jsonl.\nNext: gapcheck merge NAME.votes.jsonl\n',
      'b.jsonl': 'holds battles, not votes of a packet.\nNext: gapcheck votes import b.jsonl\n',
    };
    for (const [file, says] of Object.entries(next))
      expect(await gapcheck(dir.path, 'merge', file)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(new RegExp(`^(?:Run \\S+\\n)?error: ${escaped(`${file} ${says}`)}$`)),
      });
    const unsaid = await gapcheck(dir.path, 'packet', '--rater', 'ann');
    expect(unsaid.err).toMatch(/needs a file: -o FILE\.\nNext: gapcheck packet --rater ann -o ann\.html\n$/);
    expect((await gapcheck(dir.path, 'votes', 'export')).err).toMatch(
      /ann has 4 prompts in a packet that has not come back\.\nNext: gapcheck merge ann\.votes\.jsonl\n$/,
    );
    expect((await gapcheck(dir.path, 'report', '-o', 'no/r.md')).err).toMatch(/\nNext: mkdir -p no, then/);

    makeAnsweredRun(dir.at('fresh'), ticketAnswers(2));
    expect((await gapcheck(dir.at('fresh'), 'votes', 'export')).err).toMatch(
      /nobody has voted yet\.\nNext: gapcheck score\n$/,
    );

    const half = makeAnsweredRun(dir.at('half'), ticketAnswers(4));
    const lines = readFileSync(half.attempts('open'), 'utf8').split('\n');
    writeFileSync(half.attempts('open'), `${lines.slice(0, 1).join('\n')}\n`);
    const given = await gapcheck(dir.at('half'), 'packet', '--rater', 'jo', '-o', 'jo.json');
    expect(given.err).toMatch(/^3 of the 4 prompts have no answer yet .* gapcheck run --resume /m);
  });

  test('strangers are refused with a reason, and nothing of them is taken', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4));
    const other = makeAnsweredRun(dir.at('other'), ticketAnswers(4));
    await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'maria.json');
    await gapcheck(dir.at('other'), 'packet', '--rater', 'maria', '-o', 'maria.json');
    const packet = readPacket(readFileSync(dir.at('maria.json'), 'utf8'), '');
    const stranger = readPacket(readFileSync(dir.at('other', 'maria.json'), 'utf8'), '');
    const refused = async (file: string, reason: RegExp, exit = 5): Promise<void> => {
      const result = await gapcheck(dir.path, 'merge', file);
      expect(result).toMatchObject({ code: exit, out: '' });
      expect(result.err).toMatch(reason);
      expect(existsSync(paths.votes('maria'))).toBe(false);
    };
    await voteOn(stranger, dir.at('run.jsonl'));
    // Nothing is broken: the file is for another folder.
    await refused('run.jsonl', /belongs to another run/, 2);
    await voteOn({ ...packet, keyCommitment: stranger.keyCommitment }, dir.at('deal.jsonl'));
    await refused('deal.jsonl', /cast on another deal/);
    await voteOn({ ...packet, ballots: stranger.ballots }, dir.at('ballots.jsonl'));
    await refused('ballots.jsonl', /never dealt to maria/);
    await voteOn({ ...packet, rater: 'bob' }, dir.at('bob.jsonl'));
    await refused('bob.jsonl', /never dealt to bob/);
    await voteOn(packet, dir.at('patched.jsonl'));
    writeFileSync(
      dir.at('patched.jsonl'),
      readFileSync(dir.at('patched.jsonl'), 'utf8').replace('"choice":"left"', '"choice":"right"'),
    );
    await refused('patched.jsonl', /"prev" does not match/);
    expect(entered(paths)).toBe(0);
    expect(entered(other)).toBe(0);
  });

  test('two files of one rater that went different ways cannot both stand', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(4));
    await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'maria.json');
    const packet = readPacket(readFileSync(dir.at('maria.json'), 'utf8'), '');
    await voteOn(packet, dir.at('one.jsonl'), { count: 1, finish: false });
    copyFileSync(dir.at('one.jsonl'), dir.at('two.jsonl'));
    await voteOn(packet, dir.at('one.jsonl'), { count: 1, finish: false });
    await voteOn({ ...packet, ballots: [...packet.ballots].reverse() }, dir.at('two.jsonl'), {
      count: 1,
      finish: false,
    });
    expect(await gapcheck(dir.path, 'merge', 'one.jsonl')).toMatchObject({ code: 0 });
    const result = await gapcheck(dir.path, 'merge', 'two.jsonl');
    expect(result).toMatchObject({ code: 5 });
    expect(result.err).toContain('cannot both stand');
  });

  test('raters elsewhere and here get different prompts', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(6), {});
    const run = JSON.parse(readFileSync(paths.run, 'utf8'));
    writeFileSync(paths.run, JSON.stringify({ ...run, settings: { ...run.settings, raters: 2 } }));
    await gapcheck(dir.path, 'packet', '--rater', 'ann', '-o', 'ann.json');
    await gapcheck(dir.path, 'packet', '--rater', 'bob', '-o', 'bob.json');
    const prompts = (name: string) =>
      readPacket(readFileSync(dir.at(name), 'utf8'), name).ballots.map(({ prompt }) => JSON.stringify(prompt));
    expect(new Set([...prompts('ann.json'), ...prompts('bob.json')]).size).toBe(6);
    const third = await gapcheck(dir.path, 'packet', '--rater', 'cem', '-o', 'cem.json');
    expect(third).toMatchObject({ code: 2 });
    expect(third.err).toContain('No ballot is left for cem');
  });

  test('clear words for what is no packet and what is no terminal', async () => {
    using dir = tempDir();
    makeAnsweredRun(dir.path, ticketAnswers(2));
    writeFileSync(dir.at('x.json'), '{"a":1}');
    expect(await gapcheck(dir.path, 'score', 'x.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not a packet of gapcheck'),
    });
    expect(await gapcheck(dir.path, 'score')).toMatchObject({
      code: 2,
      err: expect.stringContaining('needs a terminal'),
    });
    expect(await gapcheck(dir.path, 'merge', 'nothing.jsonl')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no file nothing.jsonl'),
    });
    mkdirSync(dir.at('empty'));
    appendFileSync(dir.at('empty', 'e.jsonl'), '');
    expect(await gapcheck(dir.path, 'merge', 'empty/e.jsonl')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is empty'),
    });
    expect(await gapcheck(dir.path, 'packet', '--rater', 'maria', '-o', 'x.txt')).toMatchObject({ code: 2 });
  });
});

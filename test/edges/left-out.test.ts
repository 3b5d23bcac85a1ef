/** A rater who cannot read a language leaves it out before voting: others get those prompts, or nobody does. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gather } from '../../src/app/result/gather.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { createRunPort } from '../../src/app/score/run-port.ts';
import { openScoring } from '../../src/app/score/scoring.ts';
import { readPacket } from '../../src/blind/packet.ts';
import { createPacketPort } from '../../src/blind/packet-port.ts';
import type { VoteLine } from '../../src/records/vote-lines.ts';
import { buildReport } from '../../src/report/model.ts';
import { addEvents, readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeRun } from '../helpers/run-record.ts';
import { makeAnsweredRun, type SampleAnswer, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { votePacket } from '../helpers/vote-packet.ts';

const german = ['Wie kündige ich mein Konto?', 'Warum wurde mir zweimal Geld abgebucht?'];
const at = '2026-11-21T10:00:00.000Z';

/** `n` prompts, the second and the last of them German. */
const mixed = (n: number): SampleAnswer[] =>
  ticketAnswers(n).map((answer, index) => ({
    ...answer,
    prompt:
      index === 1 ? german[0] : index === n - 1 ? german[1] : `Reply to the customer of ticket ${index + 1}, please.`,
  })) as SampleAnswer[];

const { settings } = makeRun([]).run;
const forRaters = (raters: number) => ({ settings: { ...settings, raters } });

const promptOf = (paths: RunPaths): Map<string, string> =>
  new Map(openRun(paths.folder).prompts.map(({ id, messages }) => [id as string, String(messages[0]?.content)]));
const votedOn = (paths: RunPaths, rater: string): string[] => {
  const texts = promptOf(paths);
  return readEvents(paths).flatMap((event) =>
    event.event === 'entered' && event.rater === rater ? [texts.get(event.prompt) ?? ''] : [],
  );
};
const look = (paths: RunPaths) => {
  const { context } = quietContext(paths.folder);
  const { input } = gather(paths.folder, paths.folder, context);
  return { seal: input.seal, report: buildReport(input) };
};

describe('a language that a rater leaves out', () => {
  test('alone: the others are read, the seal opens, nothing is skipped, and the report says what went back', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(10));
    await sit(paths, 'maria', 8, { leaveOut: ['German'] });
    expect(votedOn(paths, 'maria')).toHaveLength(8);
    expect(votedOn(paths, 'maria').filter((text) => german.includes(text))).toEqual([]);
    const { seal, report } = look(paths);
    expect(seal.sealed).toBe(false);
    expect(report.raters).toMatchObject([
      { rater: 'maria', votes: 8, skipped: 0, finished: true, leftOut: { names: ['German'], prompts: 2, unread: 2 } },
    ]);
    expect(report.notices).toContain('Before voting, maria left out German: 2 prompts. They count for neither model.');
    expect(report.pairs[0]?.overall).toMatchObject({ planned: 8, units: 8, skipped: 0, verdict: 'open-better' });
  });

  test('with two raters: the other one reads those prompts, and nothing is lost', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(12), forRaters(2));
    await sit(paths, 'maria', 6, { leaveOut: ['German'] });
    expect(look(paths).seal).toMatchObject({ sealed: true, reason: '1 of 2 raters has not begun.' });
    await sit(paths, 'jo', 6);
    expect(votedOn(paths, 'jo')).toEqual(expect.arrayContaining(german));
    const { seal, report } = look(paths);
    expect(seal.sealed).toBe(false);
    expect(report.pairs[0]?.overall).toMatchObject({ planned: 12, units: 12 });
    expect(report.notices).toContain('Before voting, maria left out German: 2 prompts.');
  });

  test('that the last rater leaves out too goes back, also where the first has finished by then', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(12), forRaters(2));
    await sit(paths, 'jo', 6);
    const byJo = votedOn(paths, 'jo').filter((text) => german.includes(text)).length;
    await sit(paths, 'maria', 6 - (2 - byJo), { leaveOut: ['German'] });
    const { seal, report } = look(paths);
    expect(seal.sealed).toBe(false);
    expect(report.pairs[0]?.overall).toMatchObject({ planned: 10 + byJo, units: 10 + byJo, skipped: 0 });
  });

  test('moves no side: every ballot that is read is dealt as without the choice', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(16), forRaters(2));
    const dealt = () => openScoring(openRun(paths.folder), 'jo', readEvents(paths)).dealt;
    const before = dealt();
    await sit(paths, 'maria', 8, { leaveOut: ['German'] });
    expect(dealt()).toEqual(before);
  });

  test('can be chosen again until the first vote, and never after it', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(6));
    const stored = openRun(paths.folder);
    const writer = openVotesFile(paths.votes('maria'), stored.run, 'maria', 'plain', at);
    const port = createRunPort(openScoring(stored, 'maria', readEvents(paths)), writer, () => new Date(at));
    const toCome = () => port.toCome?.().prompts.map(({ language }) => language);
    expect(toCome()?.sort()).toEqual(['English', 'English', 'English', 'English', 'German', 'German']);
    await port.append({ kind: 'leave-out', names: ['German'] });
    expect(port.atMost()).toBe(4);
    expect(port.toCome?.()).toMatchObject({ leftOut: ['German'] });
    await port.append({ kind: 'leave-out', names: [] });
    expect(port.atMost()).toBe(6);
    const next = await port.next();
    if (!('ballot' in next)) throw new Error('no ballot');
    await port.append({
      kind: 'vote',
      vote: { ballot: next.ballot.id, choice: 'tie', retry: [], view: 'plain', ms: 2_000 } as unknown as VoteLine & {
        ms: number;
      },
    });
    expect(toCome()).toEqual([]);
    await port.append({ kind: 'leave-out', names: ['German'] });
    writer.close();
    expect(() => readVotesFile(paths.votes('maria'))).toThrow(/leaves prompts out after a vote/);
  });

  test('is in the ledger after a crash between the two files', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(6));
    const stored = openRun(paths.folder);
    const writer = openVotesFile(paths.votes('maria'), stored.run, 'maria', 'plain', at);
    writer.append({ leaveOut: ['German'], at });
    const port = createRunPort(openScoring(stored, 'maria', readEvents(paths)), writer, () => new Date(at));
    expect(port.atMost()).toBe(6);
    await port.leave();
    await port.leave();
    expect(port.atMost()).toBe(4);
    expect(readEvents(paths).filter(({ event }) => event === 'left-out')).toHaveLength(1);
    writer.close();
  });

  test('of a packet comes back with its votes, and its prompts are free again', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(8), forRaters(1));
    const { context } = quietContext(dir.path);
    await packet(undefined, { rater: 'jo', output: 'jo.json' }, context);
    const file = readPacket(readFileSync(dir.at('jo.json'), 'utf8'), 'jo.json');
    expect(file.ballots.map(({ language }) => language).sort()).toEqual([
      ...Array(6).fill('English'),
      'German',
      'German',
    ]);
    const seal = { id: file.run, keyCommitment: file.keyCommitment, token: file.token };
    const writer = openVotesFile(dir.at('jo.votes.jsonl'), seal, 'jo', 'plain', at);
    const port = createPacketPort(file, writer, () => new Date(at));
    expect(await port.next()).toMatchObject({ progress: { atMost: 8 } });
    await port.append({ kind: 'leave-out', names: ['German'] });
    expect(await port.next()).toMatchObject({ progress: { atMost: 6 } });
    writer.close();
    const votes = await votePacket(dir.at('jo.json'), () => 'tie');
    expect(await merge([votes], {}, context)).toBe(0);
    expect(await merge([votes], {}, context)).toBe(0);
    expect(readEvents(paths).filter(({ event }) => event === 'left-out')).toHaveLength(1);
    const { seal: after, report } = look(paths);
    expect(after.sealed).toBe(false);
    expect(report.raters).toMatchObject([{ rater: 'jo', votes: 6, skipped: 0, leftOut: { prompts: 2, unread: 2 } }]);
    // Somebody else may still read them.
    await sit(paths, 'ana', 2);
    expect(votedOn(paths, 'ana').sort()).toEqual([...german].sort());
    expect(look(paths).report.pairs[0]?.overall).toMatchObject({ planned: 8, units: 8 });
  });

  test('a file from elsewhere that names what no prompt has leaves nothing out', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(8));
    const stored = openRun(paths.folder);
    const writer = openVotesFile(paths.votes('maria'), stored.run, 'maria', 'plain', at);
    writer.append({ leaveOut: ['German', 'German', '\u001b[2J', 'Klingon', 'constructor'], at });
    const port = createRunPort(openScoring(stored, 'maria', readEvents(paths)), writer, () => new Date(at));
    await port.leave();
    await port.leave();
    const lines = readEvents(paths).filter(({ event }) => event === 'left-out');
    expect(lines).toMatchObject([{ names: ['German'] }]);
    expect(port.atMost()).toBe(6);
    writer.close();
  });

  test('a forged line names prompts that were voted on: the votes stand', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, mixed(8));
    await sit(paths, 'maria', 8);
    const prompts = openRun(paths.folder).prompts.map(({ id }) => id);
    await addEvents(
      paths,
      () => new Date(at),
      () => [{ event: 'left-out', rater: 'maria', names: ['English'], prompts }],
    );
    expect(look(paths).report.pairs[0]?.overall).toMatchObject({ planned: 8, units: 8 });
  });
});

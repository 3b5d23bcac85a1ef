import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRunPort, type RunPort } from '../../src/app/score/run-port.ts';
import { maskCounts, openScoring, type Scoring } from '../../src/app/score/scoring.ts';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import { addEvents, readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile, readVotesFile } from '../../src/store/votes-file.ts';
import { makeAnsweredRun, type SampleAnswer, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const now = (): Date => new Date('2026-11-21T10:00:00.000Z');

function sit(paths: RunPaths, rater: string): { port: RunPort; scoring: Scoring; close(): void } {
  const stored = openRun(paths.folder);
  const writer = openVotesFile(paths.votes(rater), stored.run, rater, 'plain', now().toISOString());
  const scoring = openScoring(stored, rater, readEvents(paths));
  return { port: createRunPort(scoring, writer, now), scoring, close: () => writer.close() };
}

const cast = (port: RunPort, ballot: Ballot, choice: Choice = 'tie') =>
  port.append({ kind: 'vote', vote: { ballot: ballot.id, choice, retry: [], view: 'plain', ms: 2_000 } });

/** Votes until nothing is left; the ballots in the order in which they came. */
async function voteAll(port: RunPort, choose: (ballot: Ballot) => Choice = () => 'tie'): Promise<Ballot[]> {
  const shown: Ballot[] = [];
  let atMost = Number.POSITIVE_INFINITY;
  for (;;) {
    const next = await port.next();
    if (!('ballot' in next)) return shown;
    expect(next.progress.atMost).toBeLessThanOrEqual(atMost);
    expect(next.progress.number).toBe(shown.length + 1);
    atMost = next.progress.atMost;
    shown.push(next.ballot);
    await cast(port, next.ballot, choose(next.ballot));
  }
}

const changeRun = ({ run }: RunPaths, change: (settings: Record<string, unknown>) => object): void => {
  const record = JSON.parse(readFileSync(run, 'utf8'));
  writeFileSync(run, JSON.stringify({ ...record, settings: { ...record.settings, ...change(record.settings) } }));
};
const ledger = (paths: RunPaths) =>
  readEvents(paths).flatMap((event) => (event.event === 'entered' ? [`${event.rater} ${event.n}`] : []));

describe('ballots out of a run folder', () => {
  test('know how much of their prompt others begin with too', async () => {
    using dir = tempDir();
    const template = 'Summarise this call note for the shift that comes:\n\n';
    const notes = ['The lift is stuck.', 'Guests in 12 want a cot.', 'No towels on floor 3.'];
    const prompts = [...notes.map((note) => template + note), 'Where is the key of the store?'];
    const answers = ticketAnswers(4).map((answer, at) => ({ ...answer, prompt: prompts[at] ?? '' }));
    const paths = makeAnsweredRun(dir.path, answers);
    const { port, close } = sit(paths, 'maria');
    const shown = await voteAll(port);
    expect(shown.map(({ prompt, shared }) => String(prompt.messages[0]?.content).slice(shared)).sort()).toEqual(
      [...notes, 'Where is the key of the store?'].sort(),
    );
    close();
  });

  test('frozen order; a vote enters when the next one is on the disk, the last one when the rater leaves', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(3));
    const { port, close } = sit(paths, 'maria');
    const first = await port.next();
    if (!('ballot' in first)) throw new Error('no ballot');
    await cast(port, first.ballot);
    expect(ledger(paths)).toEqual([]);
    await port.append({ kind: 'undo', undo: 1 });
    expect(await port.next()).toMatchObject({ ballot: { id: first.ballot.id }, progress: { number: 1, atMost: 3 } });
    await voteAll(port);
    expect(ledger(paths)).toEqual(['maria 3', 'maria 4']);
    await port.leave();
    await port.leave();
    expect(ledger(paths)).toEqual(['maria 3', 'maria 4', 'maria 5']);
    close();
  });

  test('equal answers are settled without asking, an empty one is shown as any empty one, a missing one waits', async () => {
    using dir = tempDir();
    const same: SampleAnswer = { open: 'Result: ✅\n', closed: 'Result: ✅' };
    const paths = makeAnsweredRun(dir.path, [same, { open: null, closed: 'yes' }, same, ...ticketAnswers(1)]);
    const attempts = readFileSync(paths.attempts('open'), 'utf8').trimEnd().split('\n');
    writeFileSync(paths.attempts('open'), `${attempts.slice(0, 3).join('\n')}\n`);
    const { port, close } = sit(paths, 'maria');
    const shown = await voteAll(port);
    expect(shown).toHaveLength(1);
    expect([shown[0]?.left.kind, shown[0]?.right.kind].sort()).toEqual(['text', 'unusable']);
    expect(readEvents(paths).filter(({ event }) => event === 'entered-identical')).toHaveLength(2);
    close();
  });

  test('opposite answers are put to a rater, however alike they look', async () => {
    using dir = tempDir();
    const opposite: SampleAnswer = { open: 'Result: ✅', closed: 'Result: ❌' };
    const paths = makeAnsweredRun(
      dir.path,
      Array.from({ length: 12 }, () => opposite),
    );
    const { port, close } = sit(paths, 'maria');
    expect(await voteAll(port)).toHaveLength(12);
    expect(readEvents(paths).filter(({ event }) => event === 'entered-identical')).toEqual([]);
    close();
  });

  test('below 40 ballots every one comes once; from 40 on a few come again with the sides swapped', async () => {
    using dir = tempDir();
    const few = makeAnsweredRun(dir.at('few'), ticketAnswers(39));
    const small = sit(few, 'maria');
    expect(await voteAll(small.port)).toHaveLength(39);
    small.close();
    const many = makeAnsweredRun(dir.at('many'), ticketAnswers(48));
    const { port, scoring, close } = sit(many, 'maria');
    const shown = await voteAll(port, closeRace(scoring));
    const dealt = shown.map(({ id }) => scoring.byId.get(id));
    const repeats = dealt.flatMap((ballot, at) => (ballot?.copy === 2 ? [{ ballot, at }] : []));
    expect([5, 6]).toContain(repeats.length);
    for (const { ballot, at } of repeats) {
      const first = dealt.findIndex((other) => other?.prompt === ballot.prompt && other.copy === 1);
      expect(at - first).toBeGreaterThanOrEqual(10);
      expect(dealt[first]?.aSide).not.toBe(ballot.aSide);
    }
    await port.leave();
    expect(ledger(many)).toHaveLength(shown.length - repeats.length);
    close();
  });

  test('every ballot of the plan is read, whatever the votes say so far', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(60));
    const { port, close } = sit(paths, 'maria');
    const shown = await voteAll(port, () => 'tie');
    // 60 and six hidden repeats.
    expect(shown).toHaveLength(66);
    close();
  });

  test('raters read different prompts, and six of them together where there are 60 ballots', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(64));
    changeRun(paths, () => ({ raters: 2, n: 32 }));
    const ann = sit(paths, 'ann');
    const bob = sit(paths, 'bob');
    const read = [await voteAll(ann.port, closeRace(ann.scoring)), await voteAll(bob.port, closeRace(bob.scoring))].map(
      (ballots) => new Set(ballots.map(({ prompt }) => JSON.stringify(prompt))),
    );
    const [one = new Set(), two = new Set()] = read;
    const shared = [...one].filter((prompt) => two.has(prompt));
    // 6 for both, and the other 58 split: nobody's prompt stays unread.
    expect(one.size).toBe(35);
    expect(two.size).toBe(35);
    expect(shared).toHaveLength(6);
    expect(new Set([...one, ...two]).size).toBe(64);
    ann.close();
    bob.close();
  });

  test('what `more` adds comes after finishing; without it a finished rater gets nothing', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(4));
    const record = JSON.parse(readFileSync(paths.run, 'utf8'));
    record.tasks[0].planned = 2;
    writeFileSync(paths.run, JSON.stringify(record));
    const first = sit(paths, 'maria');
    expect(await voteAll(first.port)).toHaveLength(2);
    await first.port.append({ kind: 'finish' });
    expect(await first.port.guesses()).toHaveLength(2);
    const closed = await first.port.close();
    expect(closed.fingerprint).toBe(readVotesFile(paths.votes('maria'))?.lastHash);
    expect(first.port.atMost()).toBe(0);
    first.close();
    const { prompts } = openRun(paths.folder);
    await addEvents(paths, now, () => [{ event: 'more', prompts: prompts.slice(2).map(({ id }) => id) }]);
    const again = sit(paths, 'maria');
    expect(again.port.atMost()).toBe(2);
    again.close();
  });

  test('after the result was open nothing comes again, and nobody is asked to guess', async () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(44));
    const record = JSON.parse(readFileSync(paths.run, 'utf8'));
    record.tasks[0].planned = 36;
    writeFileSync(paths.run, JSON.stringify({ ...record, settings: { ...record.settings, n: 36 } }));
    const first = sit(paths, 'maria');
    expect(await voteAll(first.port)).toHaveLength(36);
    await first.port.append({ kind: 'finish' });
    expect((await first.port.guesses()).length).toBeGreaterThan(0);
    await first.port.close();
    first.close();
    const { prompts } = openRun(paths.folder);
    await addEvents(paths, now, () => [
      { event: 'opened', batch: 0, units: 36 },
      { event: 'more', prompts: prompts.slice(36).map(({ id }) => id) },
    ]);
    const again = sit(paths, 'maria');
    expect(again.port.atMost()).toBe(8);
    const known = new Set(prompts.slice(0, 36).map(({ messages }) => JSON.stringify(messages)));
    const next = await again.port.next();
    if (!('ballot' in next)) throw new Error('no ballot');
    expect(known.has(JSON.stringify(next.ballot.prompt.messages))).toBe(false);
    expect(await again.port.guesses()).toEqual([]);
    again.close();
  });

  test('masks are counted per arm, from the judged answers: thought that was split off is no mask', () => {
    using dir = tempDir();
    const told: SampleAnswer = { open: "I'm Qwen3, made by Alibaba. Done.", closed: '<think>hm</think> Done.' };
    const paths = makeAnsweredRun(dir.path, [told, ...ticketAnswers(2)]);
    const stored = openRun(paths.folder);
    const { trials } = openScoring(stored, 'maria', []);
    expect(maskCounts(stored.run, stored.prompts, trials)).toMatchObject({ open: { count: 2 }, closed: { count: 0 } });
  });

  test('names of the arms that the mask leaves are counted, where the prompt does not hold them', () => {
    using dir = tempDir();
    const seen: SampleAnswer = {
      open: 'We compared three; Llama was quick, and Llama is free.',
      closed: 'Both are fine.',
    };
    const paths = makeAnsweredRun(dir.path, [seen, ...ticketAnswers(2)]);
    const stored = openRun(paths.folder);
    const run = { ...stored.run, arms: stored.run.arms.map((arm) => ({ ...arm, model: 'llama3.1:8b' })) };
    const { trials } = openScoring(stored, 'maria', []);
    const [first] = stored.prompts;
    const { open, closed } = maskCounts(run, stored.prompts, trials);
    expect(open).toEqual({ count: 0, left: 2, names: ['Llama'], prompts: [first?.id] });
    expect(closed).toEqual({ count: 0, left: 0, names: [], prompts: [] });
  });

  test('a changed key stops everything', () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(2));
    const key = JSON.parse(readFileSync(paths.key, 'utf8'));
    writeFileSync(paths.key, JSON.stringify({ ...key, seed: Buffer.alloc(32).toString('base64') }));
    expect(() => openScoring(openRun(paths.folder), 'maria', [])).toThrow(/not the key that run.json committed to/);
  });
});

/** Two for the one arm, three for the other: nothing is decided for a long time. */
function closeRace({ byId }: Scoring): (ballot: Ballot) => Choice {
  let cast = 0;
  return ({ id }) => {
    const wins = ['a', 'b', 'b', 'a', 'b'][cast++ % 5];
    const aIsLeft = byId.get(id)?.aSide === 'left';
    return (wins === 'a') === aIsLeft ? 'left' : 'right';
  };
}

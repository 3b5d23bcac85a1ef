/** Files from elsewhere with a field that is missing or wrong: exit 2 with the place, nothing written, no lock left. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeLock } from '../../src/app/ci/lock.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { createPacketPort, scorePacket } from '../../src/app/score/packet-session.ts';
import { type Packet, readPacket } from '../../src/blind/packet.ts';
import { answerBlocks, defaultView, promptBlocks, promptSummary, rulesSummary } from '../../src/blind/shown-text.ts';
import { GapcheckError } from '../../src/errors.ts';
import { parseLock } from '../../src/releases/lock-file.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { openVotesFile } from '../../src/store/votes-file.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

type Place = (string | number)[];

/** Every field of a value, by its path. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = [...at, Array.isArray(value) ? Number(name) : name];
    return [...(Array.isArray(value) ? [] : [place]), ...placesIn(inner, place)];
  });
}

function without(value: unknown, place: Place): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  const owner = place.slice(0, -1).reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], copy);
  delete (owner as Record<string, unknown>)[String(place.at(-1))];
  return copy;
}

/** Names, sizes and times of everything in a folder. */
const stateOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(folder, name)).size} ${statSync(join(folder, name)).mtimeMs}`);

async function failure(work: () => unknown): Promise<GapcheckError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof GapcheckError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

async function packetAndVotes(folder: string) {
  const paths = makeAnsweredRun(folder, ticketAnswers(3));
  const { context } = quietContext(folder);
  await packet(undefined, { rater: 'maria', output: 'maria.json' }, context);
  const text = readFileSync(join(folder, 'maria.json'), 'utf8');
  const read = readPacket(text, 'maria.json');
  const seal = { id: read.run, keyCommitment: read.keyCommitment, token: read.token };
  const votes = join(folder, 'maria.votes.jsonl');
  const writer = openVotesFile(votes, seal, 'maria', 'plain', new Date(0).toISOString());
  const port = createPacketPort(read, writer, () => new Date(0));
  for (const { id } of read.ballots)
    await port.append({
      kind: 'vote',
      vote: { ballot: id, choice: 'left', retry: ['right'], view: 'plain', ms: 9_000 },
    });
  await port.append({ kind: 'finish' });
  writer.close();
  return { paths, context, text, votes };
}

describe('a field that is missing', () => {
  it('in a packet is named with its place, and nothing is written', async () => {
    using dir = tempDir();
    const { context, text } = await packetAndVotes(dir.path);
    const whole: unknown = JSON.parse(text);
    const needed = placesIn(whole).filter((place) => !['schema', 'language'].includes(String(place.at(-1))));
    expect(needed.length).toBeGreaterThan(20);
    for (const place of needed) {
      writeFileSync(dir.at('cut.json'), JSON.stringify(without(whole, place)));
      const before = stateOf(dir.path);
      const error = await failure(() => scorePacket(dir.at('cut.json'), {}, context));
      expect(error.exitCode, place.join('.')).toBe(2);
      expect(error.message).toContain('cut.json');
      if (place[0] === 'ballots' && place.length > 1) expect(error.message).toContain(`ballots[${place[1]}]`);
      expect(stateOf(dir.path)).toEqual(before);
    }
  });

  it('in a votes file is named with its line, and nothing is merged', async () => {
    using dir = tempDir();
    const { context, votes, paths } = await packetAndVotes(dir.path);
    const lines = readFileSync(votes, 'utf8').trimEnd().split('\n');
    for (const [at, line] of lines.entries()) {
      const value = JSON.parse(line) as Record<string, unknown>;
      for (const name of Object.keys(value).filter((field) => !['view', 'at'].includes(field) || at > 0)) {
        const cut = lines.with(at, JSON.stringify(without(value, [name])));
        writeFileSync(dir.at('cut.votes.jsonl'), `${cut.join('\n')}\n`);
        const before = stateOf(paths.folder);
        const error = await failure(() => merge(['cut.votes.jsonl'], {}, context));
        expect(error.exitCode, `${at + 1} ${name}`).toBe(2);
        // Without its kind it is some other file, and called so.
        if (at > 0 || name !== 'kind') expect(error.message).toContain(`cut.votes.jsonl:${at + 1}`);
        expect(stateOf(paths.folder)).toEqual(before);
      }
    }
  });
});

/** What is in place of a field: another kind of value, and what is of the kind and cannot be. */
const wrongValues = [null, true, -1, 1.5, '', '\u001b[2J', [], [null], {}, { a: 1 }] as const;

function changed(value: unknown, place: Place, to: unknown): unknown {
  const copy = structuredClone(value) as Record<string, unknown>;
  const owner = place.slice(0, -1).reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], copy);
  (owner as Record<string, unknown>)[String(place.at(-1))] = to;
  return copy;
}

/** As the session and the page draw it; throws where a shape was taken that cannot be drawn. */
function drawAll({ ballots }: Packet): void {
  for (const { prompt, left, right } of ballots) {
    promptBlocks(prompt);
    promptSummary(prompt.messages);
    rulesSummary(prompt.messages);
    defaultView(left, right);
    for (const view of ['plain', 'raw'] as const) for (const answer of [left, right]) answerBlocks(answer, view);
  }
}

describe('a field that holds something else', () => {
  it('in a packet is named with its place; what is taken can be drawn', async () => {
    using dir = tempDir();
    const { text, context } = await packetAndVotes(dir.path);
    const whole: unknown = JSON.parse(text);
    let refused = 0;
    for (const place of placesIn(whole)) {
      for (const value of wrongValues) {
        const written = JSON.stringify(changed(whole, place, value));
        let packet: Packet;
        try {
          packet = readPacket(written, 'odd.json');
        } catch (error) {
          refused += 1;
          expect(error).toBeInstanceOf(GapcheckError);
          const { exitCode, message } = error as GapcheckError;
          expect(exitCode, `${place.join('.')} ${JSON.stringify(value)}`).toBe(2);
          if (place[0] === 'ballots' && place.length > 1) expect(message).toContain(`ballots[${place[1]}]`);
          else if (place[0] !== 'kind') expect(message).toContain(String(place[0]));
          continue;
        }
        drawAll(packet);
      }
    }
    expect(refused).toBeGreaterThan(300);
    const before = stateOf(dir.path);
    writeFileSync(dir.at('odd.json'), JSON.stringify(changed(whole, ['ballots', 1, 'left', 'text'], 7)));
    expect((await failure(() => scorePacket(dir.at('odd.json'), {}, context))).message).toContain(
      'ballots[1].left.text',
    );
    expect(stateOf(dir.path).filter((line) => !line.startsWith('odd.json'))).toEqual(before);
  });

  it('a ballot that stands twice in a packet is refused', async () => {
    using dir = tempDir();
    const { text } = await packetAndVotes(dir.path);
    const whole = JSON.parse(text) as Packet;
    const [first, second, third] = whole.ballots;
    const twice = { ...whole, ballots: [first, second, first, third] };
    expect(() => readPacket(JSON.stringify(twice), 'p.json')).toThrow('p.json: ballots[2].id is missing, or not');
  });

  it('in a votes file is named with its line, or ends the chain, and nothing is merged', async () => {
    using dir = tempDir();
    const { context, votes, paths } = await packetAndVotes(dir.path);
    const lines = readFileSync(votes, 'utf8').trimEnd().split('\n');
    const before = stateOf(paths.folder);
    for (const [at, line] of lines.entries()) {
      const value = JSON.parse(line) as Record<string, unknown>;
      for (const name of Object.keys(value)) {
        for (const wrong of wrongValues) {
          if (JSON.stringify(value[name]) === JSON.stringify(wrong)) continue;
          const odd = lines.with(at, JSON.stringify(changed(value, [name], wrong)));
          writeFileSync(dir.at('odd.votes.jsonl'), `${odd.join('\n')}\n`);
          const error = await failure(() => merge(['odd.votes.jsonl'], {}, context));
          expect([2, 5], `${at + 1} ${name} ${JSON.stringify(wrong)}`).toContain(error.exitCode);
          expect(error.message).toContain('odd.votes.jsonl');
        }
      }
    }
    expect(stateOf(paths.folder)).toEqual(before);
  });

  it('in the lock file is named with its place', async () => {
    using dir = tempDir();
    const { paths } = await packetAndVotes(dir.path);
    writeLock(dir.at('lock.json'), openRun(paths.folder), { observed: [], pairs: 'sealed' });
    const whole = JSON.parse(readFileSync(dir.at('lock.json'), 'utf8')) as Record<string, unknown>;
    const odd = [
      [['run', 'id'], 'r_1\nPATH=/evil'],
      [['run', 'createdAt'], '2026-13-01T00:00:00Z'],
      [['run', 'keyCommitment'], 'AB'],
      [['run', 'files', '../key.json'], { bytes: 1, sha256: 'ab'.repeat(32) }],
      [['run', 'files', 'run.json', 'bytes'], -1],
      [['prompts', 'planned'], 1.5],
      [['arms', 0, 'role'], 'admin'],
      [['verdicts'], [{ pair: 'open:closed', task: null, verdict: 'open-good-enough', units: -3 }]],
    ] as const;
    for (const [place, value] of odd) {
      const text = JSON.stringify(changed(whole, [...place], value));
      let said = '';
      try {
        parseLock(text, 'gapcheck.lock.json');
      } catch (error) {
        said = (error as GapcheckError).exitCode === 2 ? (error as GapcheckError).message : 'another exit code';
      }
      const [first, second] = place.map(String);
      expect(said, String(place)).toContain(`gapcheck.lock.json: ${first}`);
      if (second !== undefined && second !== '0') expect(said).toContain(second);
      expect(said).not.toContain('\n');
    }
  });
});

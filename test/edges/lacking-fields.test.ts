/** A packet or a votes file that lacks a field: exit 2 with the place, nothing written, no lock left. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { createPacketPort, scorePacket } from '../../src/app/score/packet-session.ts';
import { readPacket } from '../../src/blind/packet.ts';
import { GapcheckError } from '../../src/errors.ts';
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
    const needed = placesIn(whole).filter((place) => !['schema'].includes(String(place.at(-1))));
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

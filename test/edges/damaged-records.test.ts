/**
 * Whatever the files of a run hold, every command that reads them ends with a result or a GapcheckError: no stack trace,
 * and nothing that a terminal obeys. Votes are chained again after the damage, and run.json's hash is put right, so that
 * what stands behind those seals is read as well.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { more } from '../../src/app/more-prompts.ts';
import { exportVotes, importVotes } from '../../src/app/result/arena-votes.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { score } from '../../src/app/score/score-run.ts';
import { exitCodes, GapcheckError } from '../../src/errors.ts';
import type { Json } from '../../src/records/plain-json.ts';
import { hashing } from '../../src/store/hashing.ts';
import { type RunPaths, runPaths } from '../../src/store/layout.ts';
import { voteOnPacket } from '../helpers/ci-run.ts';
import { anyDamage, damaged } from '../helpers/damage.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let paths: RunPaths;

beforeAll(async () => {
  dir = tempDir();
  paths = makeAnsweredRun(dir.at('whole'), ticketAnswers(4));
  const { context } = quietContext(dir.at('whole'));
  await packet(undefined, { rater: 'maria', output: 'maria.json' }, context);
  await voteOnPacket(dir.at('whole', 'maria.json'), () => 'open');
  await merge(['maria.votes.jsonl'], {}, context);
  await report(undefined, {}, context);
  await exportVotes(undefined, { output: 'battles.jsonl' }, context);
});
afterAll(() => dir[Symbol.dispose]());

/** Only what a terminal shows as text, once the frame around it has cleaned it as `Context` does. */
const known = new Set<number>(Object.values(exitCodes).filter((code) => code !== exitCodes.bug));

async function onlyOurs(work: () => Promise<number>): Promise<void> {
  try {
    expect(known).toContain(await work());
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    expect(known).toContain(error.exitCode);
    expect(error.message).not.toBe('');
  }
}

/** Every command that reads a run, on the copy in `cwd`. */
async function readAll(cwd: string): Promise<void> {
  const { context } = quietContext(cwd);
  await onlyOurs(() => report(undefined, { output: ['r.html', 'r.csv', 'r.ballots.csv', 'r.xml'] }, context));
  await onlyOurs(() => score(undefined, { rater: 'jo', finish: true }, context));
  await onlyOurs(() => packet(undefined, { rater: 'jo', output: 'jo.json' }, context));
  await onlyOurs(() => merge(['maria.votes.jsonl'], {}, context));
  await onlyOurs(() => exportVotes(undefined, { output: 'b.jsonl' }, context));
  await onlyOurs(() => more(['2'], { score: false }, context));
}

/** Runs the work on a copy of the whole place. */
async function onCopy(work: (cwd: string, copied: RunPaths) => Promise<void>): Promise<void> {
  const cwd = dir.at('copy');
  rmSync(cwd, { recursive: true, force: true });
  cpSync(dir.at('whole'), cwd, { recursive: true });
  await work(cwd, runPaths(paths.folder.replace(dir.at('whole'), cwd)));
}

const linesOf = (path: string): Json[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
const asLines = (lines: readonly Json[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** Chained as a session would have done it. */
function rechained(lines: readonly Json[]): string {
  let before: string | undefined;
  return lines
    .map((line) => {
      const chained = before !== undefined && isObject(line) ? { ...line, prev: before } : line;
      const text = JSON.stringify(chained);
      before = hashing.sha256(text);
      return `${text}\n`;
    })
    .join('');
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface RecordFile {
  path(at: RunPaths, cwd: string): string;
  /** Written back; seals that would stop every reader at the door are made again. */
  write(path: string, lines: readonly Json[], at: RunPaths): void;
}

const plain = (path: string, lines: readonly Json[]): void => writeFileSync(path, asLines(lines));

/** run.json says what prompts.jsonl and itself hash to. */
function reseal(at: RunPaths, run = JSON.parse(readFileSync(at.run, 'utf8')) as Json): void {
  if (isObject(run)) {
    const same = isObject(run) ? { ...run, promptsHash: hashing.sha256(readFileSync(at.prompts)) } : run;
    writeFileSync(at.run, JSON.stringify(same));
  } else writeFileSync(at.run, JSON.stringify(run));
}

const files = {
  'run.json': { path: ({ run }) => run, write: (_path, [run = null], at) => reseal(at, run) },
  'prompts.jsonl': {
    path: ({ prompts }) => prompts,
    write: (path, lines, at) => {
      plain(path, lines);
      reseal(at);
    },
  },
  'key.json': { path: ({ key }) => key, write: plain },
  'attempts/open.jsonl': { path: (at) => at.attempts('open'), write: plain },
  'events.jsonl': { path: ({ events }) => events, write: plain },
  'votes/maria.jsonl': {
    path: (at) => at.votes('maria'),
    write: (path, lines) => writeFileSync(path, rechained(lines)),
  },
  'a votes file from elsewhere': {
    path: (_, cwd) => join(cwd, 'maria.votes.jsonl'),
    write: (path, lines) => writeFileSync(path, rechained(lines)),
  },
} satisfies Record<string, RecordFile>;

const isJsonl = (path: string): boolean => path.endsWith('.jsonl');
const readRecords = (path: string): Json[] =>
  isJsonl(path) ? linesOf(path) : [JSON.parse(readFileSync(path, 'utf8')) as Json];

describe.each(Object.entries<RecordFile>(files))('%s', (_name, file) => {
  it('with any part of it replaced', async () => {
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) =>
        onCopy(async (cwd, at) => {
          const path = file.path(at, cwd);
          const records = readRecords(path);
          const broken = isJsonl(path) ? (damaged(records, damage) as Json[]) : [damaged(records[0] ?? null, damage)];
          file.write(path, Array.isArray(broken) ? broken : [broken], at);
          await readAll(cwd);
        }),
      ),
      { numRuns: Number(process.env.GAPCHECK_FUZZ ?? 40) },
    );
  });

  it('with bytes cut off or put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 8 }), async (from, length, bytes) =>
        onCopy(async (cwd, at) => {
          const path = file.path(at, cwd);
          const whole = readFileSync(path);
          const start = from % (whole.length + 1);
          const parts = [whole.subarray(0, start), bytes, whole.subarray(start + length)];
          writeFileSync(path, Buffer.concat(parts));
          await readAll(cwd);
        }),
      ),
      { numRuns: Number(process.env.GAPCHECK_FUZZ ?? 15) },
    );
  });
});

describe('files that people send', () => {
  const runs = { numRuns: Number(process.env.GAPCHECK_FUZZ ?? 60) };

  it('a packet with any part of it replaced', async () => {
    const whole = JSON.parse(readFileSync(dir.at('whole', 'maria.json'), 'utf8')) as Json;
    const { context } = quietContext(dir.path);
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => {
        writeFileSync(dir.at('p.json'), JSON.stringify(damaged(whole, damage)));
        await onlyOurs(() => score('p.json', {}, context));
      }),
      runs,
    );
  });

  it('battles with any part of them replaced', async () => {
    const battles = linesOf(dir.at('whole', 'battles.jsonl'));
    await fc.assert(
      fc.asyncProperty(anyDamage, fc.boolean(), async (damage, asArray) =>
        onCopy(async (cwd) => {
          const broken = damaged(battles, damage) as Json[];
          writeFileSync(join(cwd, 'b.jsonl'), asArray ? JSON.stringify(broken) : asLines(broken));
          const { context } = quietContext(cwd);
          await onlyOurs(() => importVotes(['b.jsonl'], {}, context));
          await onlyOurs(() => report(undefined, {}, context));
        }),
      ),
      runs,
    );
  });
});

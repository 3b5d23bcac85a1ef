/**
 * What comes from outside has a shape. A file with any part of it replaced ends in a result, or in exit 2 or 5 with the file
 * and the place in it; then nothing was written before, no lock is left and no stack trace is shown.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { ci } from '../../src/app/ci/ci-job.ts';
import { readLock, writeLock } from '../../src/app/ci/lock.ts';
import { outdated } from '../../src/app/ci/what-changed.ts';
import { loadConfig } from '../../src/app/config/load-config.ts';
import { exportVotes } from '../../src/app/result/arena-votes.ts';
import { report } from '../../src/app/result/show-report.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { merge } from '../../src/app/score/merge-votes.ts';
import { score } from '../../src/app/score/score-run.ts';
import { voidVotes } from '../../src/app/score/void-votes.ts';
import { GapcheckError } from '../../src/errors.ts';
import type { Json } from '../../src/records/plain-json.ts';
import { hashing } from '../../src/store/hashing.ts';
import { type RunPaths, runPaths } from '../../src/store/layout.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { readVotesFile } from '../../src/store/votes-file.ts';
import { makeBaseline, ticketServer, voteOnPacket } from '../helpers/ci-run.ts';
import { anyDamage, damaged } from '../helpers/damage.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeRun } from '../helpers/run-record.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

let dir: ReturnType<typeof tempDir>;
let folder: string;

const config =
  'prompts: [tickets.csv]\nclosed: openai:gpt-5.6\nopen: {spec: "ollama:qwen3:8b", think: low}\nraters: 2\n';

/** A run with votes of maria, jo's packet and votes beside it, a config and a lock file. */
beforeAll(async () => {
  dir = tempDir();
  const paths = makeAnsweredRun(dir.at('whole'), ticketAnswers(8), {
    settings: { ...makeRun([]).run.settings, raters: 2 },
  });
  folder = relative(dir.at('whole'), paths.folder);
  const { context } = quietContext(dir.at('whole'));
  for (const rater of ['maria', 'jo']) {
    await packet(undefined, { rater, output: `${rater}.json` }, context);
    await voteOnPacket(dir.at('whole', `${rater}.json`), () => 'open');
  }
  await merge(['maria.votes.jsonl'], {}, context);
  writeFileSync(dir.at('whole', 'gapcheck.config.yaml'), config);
  writeLock(dir.at('whole', 'gapcheck.lock.json'), openRun(paths.folder), { pairs: 'sealed' });
});
afterAll(() => dir[Symbol.dispose]());

type Work = (context: ReturnType<typeof quietContext>['context']) => Promise<unknown>;
const readers: Record<string, Work> = {
  report: (context) => report(undefined, { output: ['r.html'] }, context),
  packet: (context) => packet(undefined, { rater: 'jo', output: 'again.json' }, context),
  merge: (context) => merge(['jo.votes.jsonl'], {}, context),
  export: (context) => exportVotes(undefined, { output: 'b.jsonl' }, context),
  void: (context) => voidVotes(undefined, { rater: 'maria' }, context),
  score: (context) => score('jo.json', {}, context),
  outdated: (context) => outdated({}, context),
  'ci --verdict': (context) => ci(undefined, { verdict: true }, context),
  config: (context) => loadConfig(undefined, context),
};

const snapshot = (cwd: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(cwd, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(cwd, path), readFileSync(path, 'base64')]),
  );

/** Plays one command on the copy in `cwd`, where `file` is damaged: a result, or a refusal that leaves no trace. */
async function play(cwd: string, work: Work, file: string): Promise<void> {
  const before = snapshot(cwd);
  try {
    await work(quietContext(cwd).context);
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    const said = { code: error.code, exit: error.exitCode, message: error.message, hint: error.hint };
    expect({ ...said, isKnown: [2, 3, 4, 5].includes(error.exitCode) }).toMatchObject({ isKnown: true });
    expect(error.message).not.toMatch(/\n\s+at |\[object Object\]|undefined/);
    expect({ ...said, written: difference(before, snapshot(cwd)) }).toMatchObject({ written: [] });
    if (!isResult(error))
      expect({ ...said, hasPlace: hasPlace(error.message, file) }).toMatchObject({ hasPlace: true });
  }
  const left = Object.keys(snapshot(cwd)).filter((name) => /\.lock(\.[0-9a-f]+)?$|\.tmp-|\.new-/.test(name));
  expect(left).toEqual([]);
}

const difference = (before: Record<string, string>, after: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);

/** The file was taken: what is said is about what it holds, or about this place. */
const isResult = ({ code }: GapcheckError): boolean =>
  ['not-a-terminal', 'sealed', 'no-export', 'no-ci-run', 'arm-unknown', 'no-votes'].includes(code);

/** A file by its name, and what is wrong in it. One that does not fit the damaged one any more is a place as well. */
const hasPlace = (message: string, file: string): boolean =>
  [basename(file), 'run.json', 'prompts.jsonl', 'maria.jsonl', 'jo.votes.jsonl', 'events.jsonl'].some(
    (name) => message.includes(name) && message.length > name.length + 8,
  );

const linesOf = (path: string): Json[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);

/** Chained as a session would have done it: what stands behind the chain is read as well. */
function rechained(lines: readonly Json[]): string {
  let before: string | undefined;
  return lines
    .map((line) => {
      const isRow = typeof line === 'object' && line !== null && !Array.isArray(line);
      const text = JSON.stringify(before !== undefined && isRow ? { ...line, prev: before } : line);
      before = hashing.sha256(text);
      return `${text}\n`;
    })
    .join('');
}

interface Kind {
  path(at: RunPaths, cwd: string): string;
  by: string[];
  read(path: string): Json;
  write(value: Json, at: RunPaths): string;
}

const json = {
  read: (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Json,
  write: (value: Json) => JSON.stringify(value),
};
const asRows = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
const rows = {
  read: (path: string): Json => linesOf(path),
  write: (value: Json) =>
    asRows(value)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join(''),
};
const onRun = ['report', 'packet', 'merge', 'export', 'void', 'ci --verdict'];

const kinds: Record<string, Kind> = {
  config: {
    path: (_, cwd) => join(cwd, 'gapcheck.config.yaml'),
    by: ['config', 'outdated', 'ci --verdict'],
    read: (path) => parse(readFileSync(path, 'utf8')) as Json,
    write: (value) => stringify(value),
  },
  'lock file': {
    path: (_, cwd) => join(cwd, 'gapcheck.lock.json'),
    by: ['outdated', 'ci --verdict', 'void', 'report'],
    ...json,
  },
  packet: { path: (_, cwd) => join(cwd, 'jo.json'), by: ['score'], ...json },
  'votes file from elsewhere': {
    path: (_, cwd) => join(cwd, 'jo.votes.jsonl'),
    by: ['merge'],
    read: rows.read,
    write: (value) => rechained(asRows(value)),
  },
  'run.json': { path: ({ run }) => run, by: onRun, ...json },
  'prompts.jsonl': {
    path: ({ prompts }) => prompts,
    by: onRun,
    read: rows.read,
    write: (value, { run }) => {
      const text = rows.write(value);
      const record = JSON.parse(readFileSync(run, 'utf8')) as object;
      writeFileSync(run, JSON.stringify({ ...record, promptsHash: hashing.sha256(text) }));
      return text;
    },
  },
  'key.json': { path: ({ key }) => key, by: onRun, ...json },
  'events.jsonl': { path: ({ events }) => events, by: onRun, ...rows },
  'attempts/open.jsonl': { path: (at) => at.attempts('open'), by: onRun, ...rows },
  'votes/maria.jsonl': {
    path: (at) => at.votes('maria'),
    by: onRun,
    read: rows.read,
    write: (value) => rechained(asRows(value)),
  },
};

describe.each(Object.entries(kinds))('a damaged %s', (_name, { path, by, read, write }) => {
  it.each(by)('ends %s in a result or a placed error, and nothing is written before', async (command) => {
    const cwd = dir.at('copy');
    const place = runPaths(join(cwd, folder));
    await fc.assert(
      fc.asyncProperty(anyDamage, async (damage) => {
        rmSync(cwd, { recursive: true, force: true });
        cpSync(dir.at('whole'), cwd, { recursive: true });
        const file = path(place, cwd);
        writeFileSync(file, write(damaged(read(file), damage), place));
        await play(cwd, readers[command] as Work, file);
      }),
      { numRuns: Number(process.env.GAPCHECK_FUZZ ?? 8) },
    );
  });
});

it('a damaged result.json names a run, or nothing', () => {
  const whole: Json = {
    code: 0,
    run: 'r_0123456789abcdef',
    baseline: 'r_fedcba9876543210',
    gates: [{ gate: 'retries' }],
  };
  const script = fileURLToPath(new URL('../../.github/action/result-run.mjs', import.meta.url));
  const bytes = fc.string({ unit: 'binary', maxLength: 200 });
  const text = fc.oneof(
    anyDamage.map((damage) => JSON.stringify(damaged(whole, damage))),
    bytes,
  );
  fc.assert(
    fc.property(text, (written) => {
      writeFileSync(dir.at('result.json'), written);
      const said = execFileSync(process.execPath, [script, dir.at('result.json')], { encoding: 'utf8', stdio: 'pipe' });
      expect(said).toMatch(/^(r_[0-9A-Za-z_-]{1,62})?$/);
    }),
    { numRuns: Number(process.env.GAPCHECK_FUZZ ?? 8) },
  );
});

it('a run without a task is damaged, and no run whose raters have every ballot', async () => {
  const cwd = dir.at('copy');
  rmSync(cwd, { recursive: true, force: true });
  cpSync(dir.at('whole'), cwd, { recursive: true });
  const { run } = runPaths(join(cwd, folder));
  writeFileSync(run, JSON.stringify({ ...JSON.parse(readFileSync(run, 'utf8')), tasks: [] }));
  await expect((readers.packet as Work)(quietContext(cwd).context)).rejects.toMatchObject({
    message: expect.stringMatching(/run\.json.*tasks/),
  });
});

describe('a lock file that cannot be read', () => {
  it('stops no run: it is said, and --lock writes over it', async () => {
    using place = tempDir();
    await using server = await ticketServer();
    writeFileSync(place.at('gapcheck.lock.json'), '{"run":');
    const { env, cwd } = await makeBaseline(place.path, server, { prompts: 2 });
    expect(readFileSync(place.at('gapcheck.lock.json'), 'utf8')).toBe('{"run":');
    const again = await runVerb(['run', '--lock', '--no-score', '--reuse', '--yes', '--name', 'b'], { cwd, env });
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('Wrote gapcheck.lock.json') });
    expect(readLock(place.at('gapcheck.lock.json')).arms).toHaveLength(2);
  });

  it('stops no report either, and voids nothing', async () => {
    using place = tempDir();
    const paths = makeAnsweredRun(place.path, ticketAnswers(2));
    await sit(paths, 'maria', 2);
    writeFileSync(place.at('gapcheck.lock.json'), '{"run":');
    const { context, said } = quietContext(place.path);
    expect(await report(undefined, {}, context)).toBe(0);
    expect(said.join('\n')).toContain('It was not brought up to date.');
    await expect(voidVotes(undefined, { rater: 'maria' }, context)).rejects.toMatchObject({
      code: 'bad-lock',
      exitCode: 2,
    });
    expect(readVotesFile(paths.votes('maria'))?.lines).toHaveLength(3);
  });
});

it('a locked run whose record is damaged is looked for, and the reason why it was not found is said', async () => {
  const cwd = dir.at('copy');
  rmSync(cwd, { recursive: true, force: true });
  cpSync(dir.at('whole'), cwd, { recursive: true });
  writeFileSync(join(cwd, folder, 'run.json'), '{"schema":2}');
  const { context } = quietContext(cwd);
  await expect(ci(undefined, { verdict: true }, context)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/is not in .*One run there cannot be read: .*run\.json: \w+ is missing/),
  });
});

it('a model of the config that is none has its place', async () => {
  using place = tempDir();
  writeFileSync(place.at('gapcheck.config.yaml'), 'n: 8\nopen: [ollama:qwen3:8b, lama]\n');
  await expect(loadConfig(undefined, quietContext(place.path).context)).rejects.toMatchObject({
    exitCode: 2,
    message: 'gapcheck.config.yaml:2: open.1 "lama": there is no provider "lama".',
  });
});

/** A baseline on the loopback server with its lock, votes by script, and what `gapcheck ci` leaves: for CI tests. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ballot } from '../../src/blind/ballot.ts';
import { readPacket } from '../../src/blind/packet.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import type { Finished } from './cli.ts';
import { type ModelServer, ollamaModel, reply, type ScriptedCall, startModelServer } from './model-server.ts';
import { runVerb as gapcheck } from './run-verb.ts';
import { votePacket } from './vote-packet.ts';

/** What the open model says about the prompts with these numbers, after a release. */
export interface Release {
  changed: ReadonlySet<number>;
  say(number: number): string;
}

export const promptNumber = (call: Pick<ScriptedCall, 'lastUserText'>): number =>
  Number(/ticket (\d+)\./.exec(call.lastUserText)?.[1] ?? 0);

export async function ticketServer(): Promise<ModelServer> {
  const server = await startModelServer((call) => reply(sayOf(call)));
  server.ollama.models = [ollamaModel('qwen3:8b')];
  return server;
}

const sayOf = (call: ScriptedCall, release?: Release): string => {
  const number = promptNumber(call);
  if (call.protocol === 'openai') return `Closed reply to ${number}: thank you, the export works again.`;
  return release?.changed.has(number) ? release.say(number) : `- Export fixed for ${number}.\n- Please update.`;
};

/** A new digest behind the same name, and other answers to some prompts. */
export function releaseModel(server: ModelServer, release: Release, digest = 'fedcba9876543210'.repeat(4)): void {
  server.ollama.models = [ollamaModel('qwen3:8b', { digest })];
  server.script = (call) => reply(sayOf(call, release));
}

export const chatCalls = ({ requests }: ModelServer): number =>
  requests.filter(({ path, method }) => method === 'POST' && /\/chat(\/completions)?$/.test(path)).length;

export interface Place {
  cwd: string;
  results: string;
  env: Record<string, string>;
}

/** Config, prompts, run, lock. `checks` of the config, in YAML flow style. */
export async function makeBaseline(
  cwd: string,
  server: ModelServer,
  { prompts = 24, config = '', args = [] as string[], ask = (number: number) => `Reply to ticket ${number}.` } = {},
): Promise<Place> {
  mkdirSync(cwd, { recursive: true });
  const place = { cwd, results: join(cwd, 'results'), env: server.env };
  const rows = Array.from({ length: prompts }, (_, at) => `reply,${ask(at + 1)}`);
  writeFileSync(join(cwd, 'prompts.csv'), `task,prompt\n${rows.join('\n')}\n`);
  writeFileSync(
    join(cwd, 'gapcheck.config.yaml'),
    `prompts: prompts.csv\nclosed: openai:gpt-test\nopen: ollama:qwen3:8b\n${config}`,
  );
  const made = await gapcheck(['run', '--no-score', '-n', 'all', '--name', 'tickets', ...args], place);
  if (made.code !== 0) throw new Error(`run ended with ${made.code}: ${made.out}${made.err}`);
  return place;
}

export const ci = ({ cwd, env }: Place, ...args: string[]): Promise<Finished> =>
  gapcheck(['ci', ...args], { cwd, env });

type Taste = 'open' | 'closed' | 'tie';

/** Votes on a packet as the session would; the open answer is known by its bullets. */
export async function voteOnPacket(
  file: string,
  taste: (number: number) => Taste,
  options: { atMost?: number; leaveOut?: readonly string[] } = {},
): Promise<string> {
  const choose = ({ left, prompt }: Ballot): Choice => {
    const number = Number(/ticket (\d+)\./.exec(JSON.stringify(prompt))?.[1]);
    const closedLeft = left.kind === 'text' && left.text.includes('Closed reply');
    const wanted = taste(number);
    return wanted === 'tie' ? 'tie' : (wanted === 'closed') === closedLeft ? 'left' : 'right';
  };
  return votePacket(file, choose, options);
}

/** Packet, votes, merge, report: the baseline gets its verdict, and the lock learns of it. */
export async function scoreBaseline({ cwd, env }: Place, taste: (number: number) => Taste): Promise<void> {
  for (const args of [['packet', '--rater', 'maria', '-o', 'maria.json'], ['merge', 'maria.votes.jsonl'], ['report']]) {
    if (args[0] === 'merge') await voteOnPacket(join(cwd, 'maria.json'), taste);
    const done = await gapcheck(args, { cwd, env });
    if (done.code !== 0) throw new Error(`${args[0]} ended with ${done.code}: ${done.out}${done.err}`);
  }
}

/** Run folders with their records, oldest first. */
export function runsOf(results: string): { folder: string; run: RunRecord }[] {
  if (!existsSync(results)) return [];
  return readdirSync(results)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(results, name))
    .map((folder) => ({ folder, run: JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord }))
    .sort((x, y) => (x.run.createdAt < y.run.createdAt ? -1 : 1));
}

/** Prompt numbers in a packet, in its order. */
export const packetNumbers = (file: string): number[] =>
  readPacket(readFileSync(file, 'utf8'), file).ballots.map(({ prompt }) =>
    Number(/ticket (\d+)\./.exec(JSON.stringify(prompt))?.[1]),
  );

/** Prompt numbers in the frozen order of a run. */
export const frozenNumbers = (folder: string): number[] =>
  readFileSync(join(folder, 'prompts.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Number(/ticket (\d+)\./.exec(line)?.[1]));

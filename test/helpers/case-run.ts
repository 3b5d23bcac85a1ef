/** Cases with two answers each, played through the real command line: run against real HTTP, then a packet. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ballot } from '../../src/blind/ballot.ts';
import { readPacket } from '../../src/blind/packet.ts';
import type { StepRecord } from '../../src/records/attempt-record.ts';
import { type Finished, startCli } from './cli.ts';
import { type ReplyOptions, reply, type Step, startModelServer, status } from './model-server.ts';

/** What one arm's server says. */
export interface CaseAnswer {
  text?: string;
  toolCalls?: { name: string; arguments: string }[];
  finish?: string;
  refusal?: string;
  reasoning?: string;
  error?: { status: number; message: string };
}

export interface TwoAnswerCase {
  id: string;
  prompt?: string;
  checks?: unknown[];
  tools?: unknown[];
  a: CaseAnswer | string;
  b: CaseAnswer | string;
}

export interface PlayedCases {
  run: Finished;
  packet: Finished;
  /** The ballot of a case; undefined where nobody is asked. */
  ballotOf(id: string): Ballot | undefined;
  /** What was recorded of side a and b, by arm. */
  recordOf(id: string, side: 'a' | 'b'): StepRecord | undefined;
}

const answerOf = (side: CaseAnswer | string): CaseAnswer => (typeof side === 'string' ? { text: side } : side);

function stepOf(side: CaseAnswer | string): Step {
  const { text = '', error, toolCalls, finish, refusal, reasoning } = answerOf(side);
  if (error)
    return status(error.status, { body: { error: { message: error.message, type: 'invalid_request_error' } } });
  const options: ReplyOptions = {
    ...(toolCalls && { toolCalls }),
    ...(finish !== undefined && { finish }),
    ...(refusal !== undefined && { refusal }),
    ...(reasoning !== undefined && { reasoning }),
  };
  return reply(text, { ...options, chunks: 1 });
}

const marked = ({ id, prompt = 'Please help me with this.' }: TwoAnswerCase): string => `${prompt}\n\n(${id})`;

/** Side a is the closed arm, side b the open one; both speak OpenAI's wire. `folder` is empty. */
export async function playCases(cases: readonly TwoAnswerCase[], folder: string): Promise<PlayedCases> {
  const prompts = cases.map((one, at) => ({
    id: `p_${at.toString(16).padStart(16, '0')}`,
    messages: [{ role: 'user', content: marked(one) }],
    task: 'cases',
    ...(one.checks && { checks: one.checks.map(asCheck) }),
    ...(one.tools && { tools: one.tools }),
  }));
  writeFileSync(join(folder, 'prompts.jsonl'), prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''));
  const byPrompt = new Map(cases.map((one) => [marked(one), one]));
  await using server = await startModelServer((call) => {
    const found = byPrompt.get(call.lastUserText);
    if (!found) return status(404);
    return stepOf(call.model === 'side-a' ? found.a : found.b);
  });
  const config = [
    `closed: {spec: "openai:side-a", baseURL: "${server.url}/v1"}`,
    `open: {spec: "openai:side-b", baseURL: "${server.url}/v1"}`,
    'retries: 0',
    'margin: 0.3',
  ];
  writeFileSync(join(folder, 'gapcheck.config.yaml'), `${config.join('\n')}\n`);
  const start = (...args: string[]): Promise<Finished> => startCli(args, { cwd: folder, env: server.env }).done;
  const run = await start('run', 'prompts.jsonl', '-n', 'all', '--no-score', '--yes', '--no-redact');
  const packet = await start('packet', '--rater', 'jo', '-o', 'jo.json');
  const ballots = packet.code === 0 ? readPacket(readFileSync(join(folder, 'jo.json'), 'utf8'), 'jo.json').ballots : [];
  const textOf = ({ prompt }: Ballot): unknown => prompt.messages.at(-1)?.content;
  const records = recordsIn(folder);
  return {
    run,
    packet,
    ballotOf: (id) => ballots.find((ballot) => textOf(ballot) === marked(caseOf(cases, id))),
    recordOf: (id, side) => records(side === 'a' ? 'closed' : 'open', marked(caseOf(cases, id))),
  };
}

/** As a config has it: a word, or an object of one check. */
function asCheck(check: unknown): unknown {
  if (typeof check === 'string') return { check };
  const [[name, value] = ['', undefined]] = Object.entries(check as Record<string, unknown>);
  return { check: name, value };
}

function caseOf(cases: readonly TwoAnswerCase[], id: string): TwoAnswerCase {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`there is no case ${id}`);
  return found;
}

function recordsIn(folder: string): (arm: string, text: string) => StepRecord | undefined {
  const runs = join(folder, 'results');
  const name = newestRun(runs);
  const lines = <T>(file: string): T[] =>
    readFileSync(join(runs, name, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  const prompts = lines<{ id: string; messages: { content: string }[] }>('prompts.jsonl');
  return (arm, text) => {
    const id = prompts.find(({ messages }) => messages.at(-1)?.content === text)?.id;
    return lines<StepRecord>(`attempts/${arm}.jsonl`).findLast(({ prompt }) => prompt === id);
  };
}

const newestRun = (results: string): string => {
  const names = readdirSync(results)
    .filter((name) => !name.startsWith('.'))
    .sort();
  const newest = names.at(-1);
  if (newest === undefined) throw new Error('no run was made');
  return newest;
};

/** The worked example of the public API, compiled against the installed package's types and run in its folder. */
import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import { startProgram } from './cli.ts';
import { type ModelServer, ollamaModel, reply, startModelServer } from './model-server.ts';
import { votePacket } from './vote-packet.ts';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Type-checks and compiles the example in a project that has gapcheck installed; returns the path of its JavaScript.
 * Rejects with the compiler's words. Strict, library files included, with Node's types and nothing else of ours.
 */
export async function compileExample(folder: string): Promise<string> {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  copyFileSync(join(root, 'test', 'fixtures', 'api-example.ts'), join(folder, 'example.ts'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['example.ts'] }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await exec(process.execPath, [tsc, '-p', folder]).catch((error: { stdout?: string }) => {
    throw new Error(`the example does not compile:\n${error.stdout}`);
  });
  return join(folder, 'example.js');
}

/** A closed model that answers in prose and an open one that answers in bullets, both on loopback. */
export async function exampleServer(): Promise<ModelServer> {
  const server = await startModelServer(({ protocol, lastUserText }) =>
    reply(protocol === 'openai' ? `Dear customer, about "${lastUserText}": done.` : `- ${lastUserText}\n- done`),
  );
  server.ollama.models = [ollamaModel('qwen3:8b')];
  return server;
}

export interface ExampleOutcome {
  answered: string;
  /** Before the votes, and after them. */
  verdicts: [before: string, after: string];
}

/** Answers in `cwd`, votes for bullets, and what the example says then. `bin`: of the installed gapcheck. */
export async function playExample(
  { node, example, bin }: { node: string; example: string; bin: string },
  cwd: string,
  { env }: ModelServer,
): Promise<ExampleOutcome> {
  const say = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await startProgram(node, args, { cwd, env }).done;
    if (code === 0) return out.trim();
    throw new Error(`${args.join(' ')} ended with ${code}:\n${out}\n${err}`);
  };
  const rows = Array.from({ length: 24 }, (_, at) => `reply,Reply to ticket ${at + 1}.`);
  writeFileSync(join(cwd, 'tickets.csv'), `task,prompt\n${rows.join('\n')}\n`);
  const answered = await say(example, 'tickets.csv');
  const [name = ''] = readdirSync(join(cwd, 'results'));
  const folder = join('results', name);
  const before = await say(example, 'tickets.csv', folder);
  await say(bin, 'packet', '--rater', 'jo', '-o', 'jo.json');
  await votePacket(join(cwd, 'jo.json'), forBullets);
  await say(bin, 'merge', 'jo.votes.jsonl');
  return { answered, verdicts: [before, await say(example, 'tickets.csv', folder)] };
}

const forBullets = ({ left }: Ballot): Choice =>
  left.kind === 'text' && left.text.startsWith('- ') ? 'left' : 'right';

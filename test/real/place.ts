/** A folder with prompts and a config, as somebody who tries gapcheck has it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { type Finished, gapcheck } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';

export interface Place extends Disposable {
  path: string;
  at(...parts: string[]): string;
  write(name: string, content: string | object): void;
  gapcheck(...args: string[]): Promise<Finished>;
  /** Folder of the newest run. */
  run(): string;
  attempts(arm: string): Attempt[];
  /** A file of the newest run. */
  read(name: string): string;
  report(): Promise<Record<string, unknown> & { text: string }>;
}

export interface Attempt {
  prompt: string;
  attempt: number;
  outcome: string;
  cause?: string;
  fault?: string;
  adjusted?: string[];
  fingerprint?: string;
  model?: string;
  text?: string;
  finish?: string;
  tool_calls?: { name: string; arguments: string }[];
  checks?: { check: string; pass: boolean; why?: string }[];
  usage?: { in?: number; out?: number };
  ms?: { total?: number; load?: number; ttft?: number; tokensPerSecond?: number };
}

const lines = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

export function place(env: Record<string, string> = {}): Place {
  const dir = tempDir();
  const run = (): string => {
    const names = readdirSync(dir.at('results')).sort();
    return dir.at('results', names.at(-1) ?? '');
  };
  const play = (...args: string[]): Promise<Finished> => gapcheck(args, { cwd: dir.path, env });
  return {
    path: dir.path,
    at: dir.at,
    write: (name, content) =>
      writeFileSync(
        dir.at(name),
        typeof content === 'string' ? content : name.endsWith('.yaml') ? stringify(content) : JSON.stringify(content),
      ),
    gapcheck: play,
    run,
    attempts: (arm) => lines<Attempt>(readFileSync(`${run()}/attempts/${arm}.jsonl`, 'utf8')),
    read: (name) => readFileSync(`${run()}/${name}`, 'utf8'),
    report: async () => {
      mkdirSync(dir.at('out'), { recursive: true });
      const { out, err } = await play('report', run(), '--json');
      return { ...(JSON.parse(out) as Record<string, unknown>), text: out + err };
    },
    [Symbol.dispose]: () => dir[Symbol.dispose](),
  };
}

/** Questions with the answers that production gave, in the two tasks of a small help desk. */
export const questions = (count: number): string =>
  [
    'prompt,answer,task',
    ...Array.from(
      { length: count },
      (_, at) => `What is ${at + 2} plus ${at + 3}?,It is ${2 * at + 5}.,${at % 2 ? 'sums' : 'small talk'}`,
    ),
    '',
  ].join('\n');

/** Places whose open arm is the small model of the Ollama at `host`, each with its prompts: a table, or lines of JSON. */
export const askingSmol =
  (host: Record<string, string>) =>
  (prompts: string, arm: Record<string, unknown> = {}, more: Record<string, unknown> = {}): Place => {
    const here = place(host);
    const name = prompts.startsWith('{') ? 'log.jsonl' : 'prompts.csv';
    here.write(name, prompts);
    here.write('gapcheck.config.yaml', {
      prompts: name,
      closed: 'logged',
      open: [{ spec: 'ollama:smol', name: 'open', ...arm }],
      maxTokens: 12,
      retries: 0,
      ...more,
    });
    return here;
  };

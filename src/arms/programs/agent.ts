/**
 * `agent:PATH`: a program that works on a whole job by itself, in a copy of a folder. It gets the JSON of `command:` arms
 * on stdin and prints its steps as JSON lines (streams/). No shell is involved.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type AgentEvent, type AgentJob, type ArmConfig, ArmError, type ArmFactory } from '../arm.ts';
import type { Provider } from '../provider.ts';
import { inputOf } from './command.ts';
import { findProgram } from './find-program.ts';
import { endOnAbort, keepEnd, startProcess } from './process.ts';
import { readOutput } from './streams/read-stream.ts';
import { agentStreams, streamOfScript } from './streams/registry.ts';

type Env = Record<string, string | undefined>;

const stderrLimit = 4_096;
/** A program larger than this is no script. */
const scriptBytes = 262_144;

const agentArm: ArmFactory = (config, env) => ({
  config,
  describe: async () => {
    const { file, args } = findProgram(config, env);
    const { provider, model } = config;
    const scripts = [file, ...args.map((arg) => resolve(arg))].flatMap(textOfScript);
    const stream = config.stream ?? streamOfScript([model, ...scripts].join('\n'))?.name;
    if (stream !== undefined && !agentStreams.some(({ name }) => name === stream)) throw noSuchStream(config, stream);
    return {
      provider,
      model,
      host: null,
      leavesMachine: true,
      agent: true,
      ...(stream !== undefined && { stream }),
      // A script that changed between two halves of a run is another agent.
      ...(scripts.length > 0 && { digest: createHash('sha256').update(scripts.join('\0')).digest('hex') }),
    };
  },
  call: async () => {
    throw new ArmError('bad-request', `${config.spec} works on whole jobs: it cannot be asked for one answer`);
  },
  job: (job, { signal }) => work(config, env, job, signal),
});

export const agentProvider: Provider = {
  name: 'agent',
  example: 'agent:./agent.sh',
  make: agentArm,
  where: 'program',
  keyVariables: [],
  atOnce: 1,
  mayAppearLater: false,
  settings: ['concurrency', 'price', 'licence', 'ends', 'stream'],
};

const noSuchStream = ({ name }: ArmConfig, stream: string): ArmError =>
  new ArmError('bad-request', `arm ${name}: there is no stream "${stream}"`, {
    hint: `known are ${agentStreams.map((one) => one.name).join(', ')}`,
  });

function textOfScript(path: string): string[] {
  if (!existsSync(path)) return [];
  const found = statSync(path);
  if (!found.isFile() || found.size > scriptBytes) return [];
  const text = readFileSync(path, 'utf8');
  return text.includes('\0') ? [] : [text];
}

async function* work(config: ArmConfig, env: Env, job: AgentJob, signal: AbortSignal): AsyncGenerator<AgentEvent> {
  const output = readOutput(config.stream);
  const stderr = keepEnd(stderrLimit);
  const queue = eventQueue();
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  const program = startProcess({
    ...findProgram(config, env),
    cwd: job.folder,
    // Some programs trust this variable more than the folder they are in.
    env: { ...env, PWD: job.folder },
    input: inputOf(job.request),
    mark: job.folder,
    before: job.before,
    onOutput: (piece, from) => {
      queue.add({ type: 'output', piece, from });
      if (from === 'stderr') stderr.add(piece);
      else for (const event of output.read(piece, since())) queue.add(event);
    },
  });
  endOnAbort(program, signal);
  const done = program.ended.then(
    (end) => {
      for (const event of output.rest(since())) queue.add(event);
      const stream = output.stream();
      queue.add({ type: 'exit', ...end, text: output.text(), stderr: stderr.text(), ...(stream && { stream }) });
      queue.close();
    },
    (error: unknown) => queue.fail(error),
  );
  try {
    yield* queue.events();
    await done;
  } finally {
    program.end(0);
  }
}

/** From callbacks to a loop: what comes while the loop is busy waits in order. */
function eventQueue() {
  const waiting: AgentEvent[] = [];
  let closed = false;
  let failure: { error: unknown } | undefined;
  let wake: (() => void) | undefined;
  const rouse = (): void => wake?.();
  return {
    add(event: AgentEvent): void {
      waiting.push(event);
      rouse();
    },
    close(): void {
      closed = true;
      rouse();
    },
    fail(error: unknown): void {
      failure = { error };
      rouse();
    },
    async *events(): AsyncGenerator<AgentEvent> {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (failure) throw failure.error;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

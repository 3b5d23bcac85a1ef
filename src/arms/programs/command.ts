/**
 * `command:PATH`: a program of the user's own answers. It gets one JSON object on stdin and prints the answer: text, or
 * a JSON object {text, tool_calls?, finish?, refusal?, reasoning?, model?, usage?, cost_usd?}. Exit 0 is an answer,
 * anything else a failure with the end of stderr; exit 75 (EX_TEMPFAIL) may be tried again. No shell is involved.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { isObject } from '../../records/plain-json.ts';
import type { ToolCall, Usage } from '../../records/prompt-record.ts';
import { type ArmConfig, ArmError, type ArmFactory, type ArmReply, type ArmRequest } from '../arm.ts';
import { type Provider, programSettings } from '../provider.ts';
import { redactSecrets } from '../wire/secrets.ts';
import { type Watch, watch } from '../wire/watchdog.ts';

type Env = Record<string, string | undefined>;

const totalMs = 300_000;
const outputLimit = 16 * 1024 * 1024;
const stderrLimit = 4096;
const temporaryFailure = 75;
const killAfterMs = 2_000;

const commandArm: ArmFactory = (config, env) => ({
  config,
  describe: async () => {
    locate(config, env);
    const { provider, model } = config;
    // What the program does with the prompts is not known: it may call anything.
    return { provider, model, host: null, leavesMachine: true };
  },
  call: (request, { signal, onToken }) => call(config, env, request, signal, onToken),
});

export const commandProvider: Provider = {
  name: 'command',
  example: 'command:./answer.sh',
  make: commandArm,
  where: 'program',
  keyVariables: [],
  atOnce: 8,
  mayAppearLater: false,
  settings: programSettings,
};

/** Path and arguments; the path may hold spaces when such a file exists. Throws when there is no such program. */
function locate({ model, name }: ArmConfig, env: Env): { file: string; args: string[] } {
  const candidates = existsSync(resolve(model)) ? [[model]] : [model.split(/\s+/).filter(Boolean)];
  const [typed = '', ...args] = candidates[0] ?? [];
  const file = findProgram(typed, env);
  if (file === undefined) {
    throw new ArmError('bad-request', `arm ${name}: there is no program ${typed}`, {
      hint: `write command:./script, relative to ${process.cwd()}`,
    });
  }
  if (process.platform !== 'win32' && !isExecutable(file)) {
    throw new ArmError('bad-request', `arm ${name}: ${typed} cannot be executed`, { hint: `chmod +x ${typed}` });
  }
  return { file, args };
}

function findProgram(typed: string, env: Env): string | undefined {
  if (typed.includes('/') || typed.includes('\\') || isAbsolute(typed))
    return isFile(resolve(typed)) ? resolve(typed) : undefined;
  if (isFile(resolve(typed))) return resolve(typed);
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, typed)).find(isFile);
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** This user may run it. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function call(
  config: ArmConfig,
  env: Env,
  request: ArmRequest,
  signal: AbortSignal,
  onToken?: () => void,
): Promise<ArmReply> {
  const program = locate(config, env);
  const guard = watch(signal, {
    totalMs: config.timeoutMs ?? totalMs,
    idleMs: config.idleMs ?? config.timeoutMs ?? totalMs,
  });
  const start = performance.now();
  try {
    const result = await runProgram(program, inputOf(request), env, guard, onToken);
    const total = Math.round(performance.now() - start);
    if (result.code !== 0) throw failed(config, result);
    const ttft = result.first === undefined ? undefined : Math.round(result.first - start);
    return { ...parseAnswer(config, result.stdout), ms: { total, ...(ttft !== undefined && { ttft }) } };
  } finally {
    guard.end();
  }
}

/** The same words as on OpenAI's wire, so that a script written for one is at home here. */
function inputOf({ messages, tools, toolChoice, responseFormat, params, prompt, trial }: ArmRequest): string {
  const { id, task } = prompt;
  return `${JSON.stringify({
    messages,
    ...(tools && { tools }),
    ...(toolChoice !== undefined && { tool_choice: toolChoice }),
    ...(responseFormat && { response_format: responseFormat }),
    params,
    prompt: { id, task },
    trial,
  })}\n`;
}

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
  first: number | undefined;
}

function runProgram(
  { file, args }: { file: string; args: string[] },
  input: string,
  env: Env,
  guard: Watch,
  onToken?: () => void,
): Promise<Finished> {
  return new Promise((resolvePromise, reject) => {
    // A group of its own, so that what the program started goes with it.
    const child = spawn(file, args, { env: env as NodeJS.ProcessEnv, detached: process.platform !== 'win32' });
    const out: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let first: number | undefined;
    let tooMuch = false;
    let lastResort: NodeJS.Timeout | undefined;
    const stop = () => {
      end(child.pid, 'SIGTERM');
      lastResort ??= setTimeout(() => end(child.pid, 'SIGKILL'), killAfterMs);
    };
    guard.signal.addEventListener('abort', stop, { once: true });
    if (guard.signal.aborted) stop();
    child.stdout.on('data', (piece: Buffer) => {
      first ??= performance.now();
      guard.alive();
      onToken?.();
      size += piece.length;
      if (size <= outputLimit) out.push(piece);
      else if (!tooMuch) {
        tooMuch = true;
        stop();
      }
    });
    child.stderr.on('data', (piece: Buffer) => {
      stderr = (stderr + piece.toString('utf8')).slice(-stderrLimit);
    });
    // A program that does not read its input closes the pipe: its exit code decides.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const settle = (finish: () => void) => {
      clearTimeout(lastResort);
      guard.signal.removeEventListener('abort', stop);
      finish();
    };
    child.once('error', (error) =>
      settle(() => reject(new ArmError('bad-request', `${file}: ${error.message}`, { cause: error }))),
    );
    child.once('close', (code) =>
      settle(() => {
        const text = Buffer.concat(out).toString('utf8');
        const stopped = guard.stopped(text);
        if (stopped) return reject(stopped);
        if (tooMuch) return reject(new ArmError('garbage', `${file} printed more than ${outputLimit / 2 ** 20} MB`));
        resolvePromise({ code, stdout: text, stderr, first });
      }),
    );
  });
}

function end(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function failed({ model }: ArmConfig, { code, stderr }: Finished): ArmError {
  const said = redactSecrets(stderr.trim()).split('\n').slice(-5).join('\n');
  const how = code === null ? 'was killed' : `ended with exit code ${code}`;
  return new ArmError(code === temporaryFailure ? 'overload' : 'server', `${model} ${how}${said ? `: ${said}` : ''}`, {
    hint: 'exit 0 is an answer; exit 75 asks for another try',
  });
}

/** JSON with a text or tool calls is the answer's record; any other JSON, and anything else, is the answer itself. */
function parseAnswer(config: ArmConfig, stdout: string): ArmReply {
  const text = stdout.replace(/\r?\n$/, '');
  const parsed = parseObject(text);
  if (!parsed || !('text' in parsed || 'tool_calls' in parsed || 'refusal' in parsed))
    return { text, finish: 'stop', usage: {} };
  const { refusal, reasoning, model, cost_usd } = parsed;
  const toolCalls = toolCallsOf(config, parsed.tool_calls);
  return {
    text: typeof parsed.text === 'string' ? parsed.text : '',
    finish: typeof parsed.finish === 'string' ? parsed.finish : toolCalls.length > 0 ? 'tool_calls' : 'stop',
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(typeof refusal === 'string' && { refusal }),
    ...(typeof reasoning === 'string' && { reasoning }),
    ...(typeof model === 'string' && { model }),
    ...(typeof cost_usd === 'number' && { costUsd: cost_usd }),
    usage: usageOf(parsed.usage),
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** {id?, name, arguments} or OpenAI's {id, function: {name, arguments}}; arguments as text or as an object. */
function toolCallsOf({ model }: ArmConfig, value: unknown): ToolCall[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new ArmError('garbage', `${model}: tool_calls is no list`);
  return value.map((call: unknown, index) => {
    const fn = isObject(call) && isObject(call.function) ? call.function : call;
    if (!isObject(fn) || typeof fn.name !== 'string')
      throw new ArmError('garbage', `${model}: tool_calls[${index}] has no name`);
    const id = isObject(call) && typeof call.id === 'string' ? call.id : `call_${index + 1}`;
    return {
      id,
      name: fn.name,
      arguments: typeof fn.arguments === 'string' ? fn.arguments : JSON.stringify(fn.arguments ?? {}),
    };
  });
}

/** Our names, or OpenAI's. */
function usageOf(value: unknown): Usage {
  if (!isObject(value)) return {};
  const input = value.in ?? value.prompt_tokens ?? value.input_tokens;
  const output = value.out ?? value.completion_tokens ?? value.output_tokens;
  return { ...(typeof input === 'number' && { in: input }), ...(typeof output === 'number' && { out: output }) };
}

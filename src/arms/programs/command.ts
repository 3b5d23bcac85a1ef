/**
 * `command:PATH`: a program of the user's own answers. It gets one JSON object on stdin and prints the answer: text, or
 * a JSON object {text, tool_calls?, finish?, refusal?, reasoning?, model?, usage?, cost_usd?}. Exit 0 is an answer,
 * anything else a failure with the end of stderr; exit 75 (EX_TEMPFAIL) may be tried again. No shell is involved.
 */
import { isObject, objectIn } from '../../records/plain-json.ts';
import type { ToolCall, Usage } from '../../records/prompt-record.ts';
import { type ArmConfig, ArmError, type ArmFactory, type ArmReply, type ArmRequest } from '../arm.ts';
import { type Provider, programSettings } from '../provider.ts';
import { redactSecrets } from '../wire/secrets.ts';
import { type Watch, watch } from '../wire/watchdog.ts';
import { findProgram } from './find-program.ts';
import { endOnAbort, keepEnd, startProcess } from './process.ts';

type Env = Record<string, string | undefined>;

const totalMs = 300_000;
const outputLimit = 16 * 1024 * 1024;
const stderrLimit = 4096;
const temporaryFailure = 75;

const commandArm: ArmFactory = (config, env) => ({
  config,
  describe: async () => {
    findProgram(config, env);
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

async function call(
  config: ArmConfig,
  env: Env,
  request: ArmRequest,
  signal: AbortSignal,
  onToken?: () => void,
): Promise<ArmReply> {
  const program = findProgram(config, env);
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
export function inputOf({ messages, tools, toolChoice, responseFormat, params, prompt, trial }: ArmRequest): string {
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

async function runProgram(
  { file, args }: { file: string; args: string[] },
  input: string,
  env: Env,
  guard: Watch,
  onToken?: () => void,
): Promise<Finished> {
  const out: Buffer[] = [];
  const stderr = keepEnd(stderrLimit);
  let size = 0;
  let first: number | undefined;
  const program = startProcess({
    file,
    args,
    env,
    input,
    onOutput: (piece, from) => {
      if (from === 'stderr') return stderr.add(piece);
      first ??= performance.now();
      guard.alive();
      onToken?.();
      size += piece.length;
      if (size <= outputLimit) out.push(piece);
      else program.end();
    },
  });
  endOnAbort(program, guard.signal);
  const { code } = await program.ended.catch((error: Error) => {
    throw new ArmError('bad-request', `${file}: ${error.message}`, { cause: error });
  });
  const text = Buffer.concat(out).toString('utf8');
  const stopped = guard.stopped(text);
  if (stopped) throw stopped;
  if (size > outputLimit) throw new ArmError('garbage', `${file} printed more than ${outputLimit / 2 ** 20} MB`);
  return { code, stdout: text, stderr: stderr.text(), first };
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
  const parsed = objectIn(text);
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

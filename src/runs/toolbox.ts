/**
 * Answers tool calls: from the log (same name and arguments), a declared stub, the user's program, the log again (next
 * result of the same tool), else with an error as a real service would word it. Faults are dealt from the run's seed.
 */
import { createHash } from 'node:crypto';
import { currentSecrets, withoutKeys } from '../arms/wire/echoed-keys.ts';
import { redactSecrets } from '../arms/wire/secrets.ts';
import type { CheckTools } from '../checks/check.ts';
import { callArguments, judgeCall } from '../checks/judge-call.ts';
import type { StepRecord, ToolResultRecord, ToolTrouble } from '../records/attempt-record.ts';
import { canonicalJson, type Json, type JsonObject } from '../records/plain-json.ts';
import type { PromptRecord, ToolCall } from '../records/prompt-record.ts';
import type { RunSettings } from '../records/run-record.ts';
import { type ProgramOptions, programCommand, runProgram } from './run-program.ts';

export interface ToolboxOptions {
  checkTools: CheckTools;
  /** Where and how `tools.exec` runs. */
  program: Omit<ProgramOptions, 'signal'>;
}

export interface Toolbox {
  answer(call: ToolCall, signal: AbortSignal): Promise<ToolResultRecord>;
  /** Takes note of a step that an earlier process recorded, so that the next call meets the same log and faults. */
  recall(step: StepRecord): void;
}

type Found = Pick<ToolResultRecord, 'content' | 'from' | 'trouble'>;

/** One per attempt. */
export function createToolbox(
  place: { prompt: PromptRecord; trial: number; attempt: number },
  settings: Pick<RunSettings, 'seed' | 'faults' | 'tools'>,
  { checkTools, program }: ToolboxOptions,
): Toolbox {
  const log = createLog(place.prompt);
  const secrets = currentSecrets(program.env);
  let valid = 0;

  async function find(call: ToolCall, signal: AbortSignal): Promise<Found> {
    const verdict = judgeCall(call, place.prompt.tools ?? [], checkTools);
    if (!verdict.valid) return errorFor(verdict.kind, verdict.why);
    valid += 1;
    if (isFault(place, valid, settings)) return { content: errorText(faultText), from: 'fault' };
    const logged = log.same(call);
    if (logged !== undefined) return { content: logged, from: 'log' };
    const stubs = settings.tools?.stubs ?? {};
    if (Object.hasOwn(stubs, call.name)) return { content: asText(stubs[call.name] ?? null), from: 'stub' };
    if (settings.tools?.exec) return runTool(call, verdict.args, signal);
    const next = log.next(call);
    if (next !== undefined) return { content: next, from: 'log-order' };
    return errorFor('no-result', `${call.name} found nothing for these arguments.`);
  }

  async function runTool(call: ToolCall, args: JsonObject, signal: AbortSignal): Promise<Found> {
    const { exec = '', seconds = 30 } = settings.tools ?? {};
    const asked = { name: call.name, arguments: args, prompt: place.prompt.id, task: place.prompt.task };
    const command = programCommand(exec, seconds * 1000);
    const { code, stdout, stderr, timedOut } = await runProgram(command, JSON.stringify(asked), { ...program, signal });
    if (timedOut) return errorFor('exec-failed', `${call.name} did not answer within ${seconds} s.`);
    const said = (stderr.trim() || stdout.trim()).split('\n').at(-1);
    if (code !== 0) return errorFor('exec-failed', `${call.name} failed: ${said || `exit code ${code}`}`);
    const result = parsed(stdout);
    return result === undefined
      ? errorFor('exec-failed', `${call.name} gave no JSON.`)
      : { content: asText(result), from: 'exec' };
  }

  return {
    async answer(call, signal) {
      const { content, ...found } = await find(call, signal);
      // A tool that prints its environment, or a stub copied from a live reply: no key goes to a model or a record.
      return { id: call.id, name: call.name, ...found, content: redactSecrets(withoutKeys(content, secrets())) };
    },
    recall({ tool_calls = [], tool_results = [] }) {
      for (const [index, { from, trouble }] of tool_results.entries()) {
        const call = tool_calls[index];
        if (!call) continue;
        if (trouble === undefined || trouble === 'no-result' || trouble === 'exec-failed') valid += 1;
        if (from === 'log') log.same(call);
        if (from === 'log-order') log.next(call);
      }
    },
  };
}

/** The same arguments may be asked twice: the log's next such result, or the last one again. */
function createLog({ tool_log = [] }: PromptRecord) {
  const entries = tool_log.map((entry) => ({ ...entry, key: callKey(entry), used: false }));
  return {
    same(call: ToolCall): string | undefined {
      const alike = entries.filter((entry) => entry.key === callKey(call));
      const entry = alike.find(({ used }) => !used) ?? alike.at(-1);
      if (entry) entry.used = true;
      return entry?.result;
    },
    next(call: ToolCall): string | undefined {
      const entry = entries.find(({ name, used }) => name === call.name && !used);
      if (entry) entry.used = true;
      return entry?.result;
    },
  };
}

const callKey = (call: Pick<ToolCall, 'name' | 'arguments'>): string =>
  `${call.name} ${canonicalJson(callArguments(call) ?? call.arguments)}`;

/** The n-th valid call of an attempt fails for every arm or for none: no arm is in this hash. */
function isFault(
  { prompt, trial, attempt }: { prompt: PromptRecord; trial: number; attempt: number },
  n: number,
  { seed, faults }: Pick<RunSettings, 'seed' | 'faults'>,
): boolean {
  const share = faults?.toolError ?? 0;
  if (share <= 0) return false;
  const digest = createHash('sha256').update(`${seed}|tool-error|${prompt.id}|${trial}|${attempt}|${n}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < share;
}

const faultText = '503 Service Unavailable: the upstream did not respond in time.';

const errorText = (message: string): string => JSON.stringify({ error: message });

const errorFor = (trouble: ToolTrouble, message: string): Found => ({
  content: errorText(message),
  from: 'error',
  trouble,
});

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

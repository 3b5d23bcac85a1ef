/**
 * A route file at work: open answers, its answer is checked, and closed answers where a check fails, where open cannot
 * be asked or where it breaks. What a caller gets is never unchecked: a stream begins after the check.
 */
import { type Arm, type ArmConfig, ArmError, type ArmReply, type ArmRequest } from '../../arms/arm.ts';
import { createArm, providerOf } from '../../arms/registry.ts';
import { userError } from '../../errors.ts';
import type { JsonObject } from '../../records/plain-json.ts';
import type { LoggedAnswer, PromptRecord, ToolCall, Usage } from '../../records/prompt-record.ts';
import type { RoutedArm, RoutesRecord } from '../../records/routes-record.ts';
import { reachOf } from '../../records/run-record.ts';
import { askedParams, requestOf } from '../../runs/attempt.ts';
import { armConfigOf } from '../../runs/identity.ts';
import { withSystem } from '../../runs/own-system.ts';
import { judgedText } from '../../text/judged.ts';
import { notCovered } from '../../verdicts/route-cover.ts';
import { createJudge, type Judge } from './check-answer.ts';
import { readRequest } from './read-request.ts';

/** Why closed answered a request that was meant for open. */
export interface Escalation {
  because: 'check' | 'not-covered' | 'open-failed';
  why: string;
  /** Of `check`. */
  check?: string;
}

export interface RoutedAnswer {
  text: string;
  toolCalls: ToolCall[];
  finish: string;
  refusal?: string;
  usage: Usage;
  /** Which model answered, and under which route of the file. */
  by: 'open' | 'closed';
  model: string;
  route: RoutesRecord['routes'][number]['route'];
  escalated: Escalation | null;
  /** Milliseconds: of open's own call and of the whole. */
  openMs: number | null;
  totalMs: number;
}

export interface RouterOptions {
  /** Where keys are. Default: the process's own environment. */
  env?: Record<string, string | undefined>;
  /** Where `exec` checks run. Default: the current folder. */
  cwd?: string;
}

export interface Router {
  /**
   * `{task, messages, tools?, tool_choice?, response_format?, max_tokens?, …}` as for OpenAI. A task that the file does
   * not have is answered by closed. Rejects with ArmError when closed cannot answer.
   */
  answer(request: JsonObject, options?: { signal?: AbortSignal }): Promise<RoutedAnswer>;
  /** The same answer in pieces, which begin when it has been checked. */
  stream(request: JsonObject, options?: { signal?: AbortSignal }): AsyncGenerator<string, RoutedAnswer>;
}

export function createRouter(
  routes: RoutesRecord,
  { env = process.env, cwd = process.cwd() }: RouterOptions = {},
): Router {
  const [open, closed] = [routes.open, routes.closed].map((arm) => createArm(routedArmConfig(arm), env)) as [Arm, Arm];
  const judge = createJudge(routes.checks, { cwd, env });
  const answer: Router['answer'] = (request, { signal = new AbortController().signal } = {}) =>
    routed({ routes, open, closed, judge, prompt: readRequest(request), signal });
  return {
    answer,
    async *stream(request, options) {
      const whole = await answer(request, options);
      yield* piecesOf(whole.text);
      return whole;
    },
  };
}

/** Throws (exit 2) for answers of a file or a log: nobody is there to ask. */
export function routedArmConfig(arm: RoutedArm): ArmConfig {
  const { arm: name, spec, provider, setup } = arm;
  const known = providerOf(provider);
  if (known?.ready)
    throw userError(
      'not-routable',
      `${name} is ${spec}: answers of a log, which no router can ask for.`,
      'name the model in "spec" and "provider" of routes.json, or run with --closed PROVIDER:MODEL',
    );
  if (!known) throw userError('bad-routes', `routes.json: ${name}.provider "${provider}" is not known.`, writeRoutes);
  const odd = ['baseURL', 'apiKeyEnv'].find((key) => setup?.[key] !== undefined && typeof setup[key] !== 'string');
  if (odd !== undefined)
    throw userError('bad-routes', `routes.json: ${name}.setup.${odd} must be a text.`, writeRoutes);
  return armConfigOf({ name, ...reachOf(arm), leavesMachine: true, ...(setup && { setup }) });
}

const writeRoutes = 'gapcheck report --routes routes.json writes it again';

interface Asked {
  routes: RoutesRecord;
  open: Arm;
  closed: Arm;
  judge: Judge;
  prompt: PromptRecord;
  signal: AbortSignal;
}

async function routed(asked: Asked): Promise<RoutedAnswer> {
  const { routes, prompt } = asked;
  const began = performance.now();
  const route = routes.routes.find(({ task }) => task === prompt.task)?.route ?? 'closed';
  const tried = route === 'open' || route === 'open-first' ? await tryOpen(asked, route) : null;
  const openMs = tried?.ms ?? null;
  if (tried?.reply) {
    const base = { by: 'open', model: asked.open.config.model, route, escalated: null, openMs } as const;
    return { ...replied(tried.reply, prompt), ...base, totalMs: performance.now() - began };
  }
  const reply = await call(asked.closed, asked);
  const base = { by: 'closed', model: asked.closed.config.model, route, openMs } as const;
  return {
    ...replied(reply, prompt),
    ...base,
    escalated: tried?.escalated ?? null,
    totalMs: performance.now() - began,
  };
}

interface Tried {
  reply?: ArmReply;
  escalated?: Escalation;
  ms: number | null;
}

async function tryOpen(asked: Asked, route: 'open' | 'open-first'): Promise<Tried> {
  const { routes, prompt, judge, open } = asked;
  const why = notCovered(routes.open.covers, prompt, sentBy(routes, prompt).maxTokens);
  if (why !== undefined) return { escalated: { because: 'not-covered', why }, ms: null };
  const began = performance.now();
  try {
    const reply = await call(open, asked);
    const ms = performance.now() - began;
    if (route === 'open') return { reply, ms };
    const { pass, failed } = await judge(prompt, replyAsAnswer(reply));
    if (pass || !failed) return { reply, ms };
    return { escalated: { because: 'check', check: failed.check, why: failed.why }, ms };
  } catch (error) {
    if (!(error instanceof ArmError) || error.failure === 'aborted') throw error;
    return { escalated: { because: 'open-failed', why: error.message }, ms: performance.now() - began };
  }
}

const call = (arm: Arm, { routes, prompt, signal }: Asked): Promise<ArmReply> =>
  arm.call(routedRequest(arm, prompt, routes), { signal });

type Sending = Pick<RoutesRecord, 'temperature' | 'maxTokens' | 'routes'>;

/** What a run would send, but for the seed. */
export const routedRequest = (arm: Pick<Arm, 'config'>, prompt: PromptRecord, routes: Sending): ArmRequest =>
  requestOf(
    prompt,
    withSystem(prompt.messages, arm.config.system),
    askedParams(arm, prompt, sentBy(routes, prompt)),
    1,
  );

/** Of the task's own route where it has them. */
export function sentBy(
  { temperature, maxTokens, routes }: Sending,
  { task }: Pick<PromptRecord, 'task'>,
): Pick<RoutesRecord, 'temperature' | 'maxTokens'> {
  const own = routes.find((route) => route.task === task);
  return {
    temperature: own?.temperature === undefined ? temperature : own.temperature,
    maxTokens: own?.maxTokens ?? maxTokens,
  };
}

/** A reply as checks take an answer. */
export const replyAsAnswer = ({ text, toolCalls, finish, refusal }: ArmReply): LoggedAnswer => ({
  text,
  finish,
  ...(toolCalls && { tool_calls: toolCalls }),
  ...(refusal !== undefined && { refusal }),
});

/** The judged text: a block of thought and the template's tokens are no part of an answer. */
function replied(
  { text, reasoning, toolCalls = [], finish, refusal, usage }: ArmReply,
  prompt: PromptRecord,
): Pick<RoutedAnswer, 'text' | 'toolCalls' | 'finish' | 'refusal' | 'usage'> {
  const judged = judgedText({ text, finish, ...(reasoning !== undefined && { reasoning }) }, { prompt });
  return { text: judged.text, toolCalls, finish, usage, ...(refusal !== undefined && { refusal }) };
}

/** Words with the white space behind them. */
const piecesOf = (text: string): string[] => text.match(/\s*\S+\s*|\s+/g) ?? [];

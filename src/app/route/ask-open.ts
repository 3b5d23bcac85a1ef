/** Asks open now, as the router would: one call a prompt, and no answer where it breaks. */
import { type Arm, type ArmConfig, ArmError } from '../../arms/arm.ts';
import { priceOf } from '../../arms/price.ts';
import { createArm } from '../../arms/registry.ts';
import { isLoopback } from '../../arms/wire/hosts.ts';
import { exitCodes, GapcheckError, userError } from '../../errors.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RoutesRecord } from '../../records/routes-record.ts';
import type { Price } from '../../records/run-record.ts';
import { capsOf } from '../../runs/limiter.ts';
import { costOf, mostOf } from '../../runs/token-estimate.ts';
import { dollars, plural } from '../../text/numbers.ts';
import type { Context } from '../context.ts';
import type { RouteCheckOptions } from '../verb-options.ts';
import type { RouteAnswer } from './replayed-routes.ts';
import { replyAsAnswer, routedArmConfig, routedRequest, sentBy } from './router.ts';

/** Stops before the call that would pass `--max-cost`, and says so. Refuses (exit 2) a limit without a price. */
export async function askOpen(
  prompts: readonly PromptRecord[],
  routes: RoutesRecord,
  { maxCost }: RouteCheckOptions,
  context: Context,
): Promise<RouteAnswer[]> {
  const config = routedArmConfig(routes.open);
  const price = await priceOf(config, { now: context.now(), env: context.env });
  const host = hostOf(config) ?? routes.open.host;
  if (maxCost !== undefined && price === null && !(host !== null && isLoopback(host)))
    throw userError(
      'no-price',
      `--max-cost cannot be kept: no price of ${config.model} is known.`,
      'write its price into routes.json: "setup": {"price": {"in": 1, "out": 2}}, US dollars per million tokens',
    );
  const most = price && prompts.reduce((sum, prompt) => sum + mostFor(prompt, routes, price), 0);
  const cost = most === null ? '' : `, at most ${dollars(most)}`;
  context.err(
    `Asks ${config.model} at ${host ?? 'its program'} ${plural(prompts.length, 'prompt')}, once each${cost}.`,
  );
  const purse = price === null ? undefined : { price, left: maxCost ?? Number.POSITIVE_INFINITY };
  const arm = createArm(config, context.env);
  const answers = await pooled(prompts, atOnceOf(config), (prompt) => askOnce(arm, prompt, routes, purse));
  const [trouble] = answers.flatMap((one) => one.trouble ?? []);
  if (trouble !== undefined && answers.every(({ answer }) => answer === undefined))
    throw new GapcheckError('arm-failed', `${config.model} gave no answer at all: ${trouble}`, {
      exitCode: exitCodes.armFailed,
      hint: 'gapcheck doctor, or look at "open" in routes.json',
    });
  const left = prompts.length - answers.length;
  if (left > 0) context.err(`${plural(left, 'prompt')} not asked: --max-cost was reached.`);
  return answers;
}

/** Where the calls really go. */
const hostOf = ({ baseURL }: ArmConfig): string | undefined =>
  baseURL !== undefined && URL.canParse(baseURL) ? new URL(baseURL).host : undefined;

const mostFor = (prompt: PromptRecord, routes: RoutesRecord, price: Price): number =>
  mostOf(prompt, { maxTokens: sentBy(routes, prompt).maxTokens, maxSteps: 1 }, price);

const atOnceOf = ({ name, provider, concurrency }: ArmConfig): number =>
  capsOf({ arms: {} }, [{ name, provider, ...(concurrency !== undefined && { concurrency }) }]).total;

interface Purse {
  price: Price;
  /** US dollars that may still be spent, calls in flight at their most taken off. */
  left: number;
}

/** Undefined: the money is out. */
async function askOnce(
  arm: Arm,
  prompt: PromptRecord,
  routes: RoutesRecord,
  purse: Purse | undefined,
): Promise<RouteAnswer | undefined> {
  const most = purse ? mostFor(prompt, routes, purse.price) : 0;
  if (purse && most > purse.left) return undefined;
  if (purse) purse.left -= most;
  const began = performance.now();
  try {
    const reply = await arm.call(routedRequest(arm, prompt, routes), { signal: new AbortController().signal });
    if (purse) purse.left += most - (costOf(reply.usage, purse.price) ?? most);
    return { prompt, answer: replyAsAnswer(reply), openMs: performance.now() - began };
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return { prompt, openMs: performance.now() - began, trouble: error.message };
  }
}

/** In the order of the prompts, so many at once; ends at the first that is not asked any more. */
async function pooled(
  prompts: readonly PromptRecord[],
  atOnce: number,
  ask: (prompt: PromptRecord) => Promise<RouteAnswer | undefined>,
): Promise<RouteAnswer[]> {
  const answers: (RouteAnswer | undefined)[] = [];
  let [next, isOver] = [0, false];
  const worker = async (): Promise<void> => {
    while (!isOver && next < prompts.length) {
      const at = next;
      next += 1;
      const prompt = prompts[at];
      if (!prompt) return;
      answers[at] = await ask(prompt);
      if (answers[at] === undefined) isOver = true;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, prompts.length) }, worker));
  return answers.filter((answer) => answer !== undefined);
}

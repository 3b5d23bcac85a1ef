/** List prices for the models that a log names and has no costs of. */
import type { ArmConfig } from '../../arms/arm.ts';
import { priceOf } from '../../arms/price.ts';
import type { Audit } from '../../logs/audit.ts';
import type { Price } from '../../records/run-record.ts';
import type { Config } from '../config/load-config.ts';

/** A log with more models than this names something else in that field. */
const most = 200;

/** By the model's name as logged; models that nobody has a price for are absent. Throws for a bad price file. */
export async function logPrices(audit: Audit, config: Pick<Config, 'prices'>, now: Date): Promise<Map<string, Price>> {
  const prices = new Map<string, Price>();
  const models = audit.models.filter(({ unpriced }) => unpriced);
  for (const { model } of models.slice(0, most)) {
    const price = await priceOf(soldAs(model), { now, ...(config.prices && { file: config.prices }) });
    const undated = model.replace(/[-@](?:20\d\d-?\d\d-?\d\d)$/, '');
    const found =
      price ??
      (undated === model
        ? undefined
        : await priceOf(soldAs(undated), { now, ...(config.prices && { file: config.prices }) }));
    if (found) prices.set(model, found);
  }
  return prices;
}

/**
 * `openai/gpt-4o` names its provider (LiteLLM, OpenRouter); a bare name tells by its beginning. Any other maker's name
 * before a slash may as well be a model on one's own machine: no list price is that one's cost.
 */
function soldAs(logged: string): ArmConfig {
  // Google's own API names its models so.
  const name = logged.replace(/^models\//, '');
  const slash = name.indexOf('/');
  const before = name.slice(0, Math.max(0, slash)).toLowerCase();
  const provider = slash > 0 ? (resellers[before] ?? before) : makers.find(([start]) => start.test(name))?.[1];
  return { name, role: 'closed', spec: name, provider: provider ?? 'openai', model: name.slice(slash + 1) };
}

const resellers: Record<string, string> = { bedrock: 'aws', vertex_ai: 'google' };

const makers: readonly [RegExp, string][] = [
  [/^(?:[a-z]{2,6}(?:-gov)?\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek)\.\w/i, 'aws'],
  [/^claude/i, 'anthropic'],
  [/^gemini/i, 'gemini'],
  [/^(?:mistral|magistral|codestral|ministral|pixtral|devstral)/i, 'mistral'],
  [/^deepseek/i, 'deepseek'],
];

/** Who an arm is. The model that a provider says it used is observed later, and no part of this. */
import type { ArmConfig, ArmDescription } from '../arms/arm.ts';
import type { Hashing } from '../records/ids.ts';
import { canonicalJson, type JsonObject } from '../records/plain-json.ts';
import type { ArmRecord, Price } from '../records/run-record.ts';

/** SHA-256 over canonical {provider, host, model, digest, quantization, template, system, parameters we send}. */
export function identityOf(config: ArmConfig, description: ArmDescription, hashing: Hashing): string {
  const { provider, host, model, digest, quantization, template, system, think, sends } = description;
  const { temperature, maxTokens } = config;
  const parameters = { ...sends, think, temperature, max_tokens: maxTokens };
  return hashing.sha256(
    canonicalJson({ provider, host, model, digest, quantization, template, system, parameters: dropUnset(parameters) }),
  );
}

const dropUnset = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** What run.json keeps of an arm: described before the first call. */
export function armRecord(
  config: ArmConfig,
  description: ArmDescription,
  price: Price | undefined,
  hashing: Hashing,
): ArmRecord {
  const { name, role, spec, provider: _provider, model: _model, price: _price, ...setup } = config;
  const identity = identityOf(config, description, hashing);
  return { name, role, spec, ...description, identity, ...(price && { price }), setup: dropUnset(setup) as JsonObject };
}

/** The arm of a stored run, as it was set up when the run began. */
export const armConfigOf = ({ name, role, spec, provider, model, setup }: ArmRecord): ArmConfig => ({
  ...(setup as Partial<ArmConfig> | undefined),
  name,
  role,
  spec,
  provider,
  model,
});

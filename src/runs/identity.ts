/** Who an arm is. The model that a provider says it used is observed later, and no part of this. */
import type { ArmConfig, ArmDescription } from '../arms/arm.ts';
import { licenceOfId } from '../arms/hugging-face-licences.ts';
import { providerOf } from '../arms/registry.ts';
import type { Hashing } from '../records/ids.ts';
import { canonicalJson, type JsonObject } from '../records/plain-json.ts';
import type { ArmRecord, Price } from '../records/run-record.ts';

/** SHA-256 over canonical {provider, host, model, digest, quantization, template, system, parameters we send}. */
export function identityOf(config: ArmConfig, description: ArmDescription, hashing: Hashing): string {
  const { provider, host, model, digest, quantization, template, system, think, sends } = description;
  const { temperature, maxTokens, topP, topK, minP, stop, params, api } = config;
  const own = { top_p: topP, top_k: topK, min_p: minP, stop, params, api, ownSystem: config.system };
  const parameters = { ...sends, think, temperature, max_tokens: maxTokens, ...own };
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
  const { name, role, as, spec, provider: _provider, model: _model, price: _price, ...setup } = config;
  const identity = identityOf(config, description, hashing);
  const where = providerOf(config.provider)?.where;
  return {
    name,
    role,
    ...(as && { as }),
    spec,
    ...(where && { where }),
    ...description,
    ...variantOf(config, hashing),
    ...licensed(config, description),
    ...stated(config),
    identity,
    ...(price && { price }),
    setup: dropUnset(setup) as JsonObject,
  };
}

/** What this arm declares for itself beyond what earlier versions knew. */
function variantOf(config: ArmConfig, hashing: Hashing): Pick<ArmRecord, 'variant'> {
  const { variant: name, system, temperature, topP, topK, minP, stop, maxTokens, think, params } = config;
  const own = dropUnset({ temperature, topP, topK, minP, stop, maxTokens, think, ...params }) as JsonObject;
  if (name === undefined && system === undefined && Object.keys(own).length === 0) return {};
  const words = system?.text.split(/\s+/).filter(Boolean).length ?? 0;
  return {
    variant: {
      ...(name !== undefined && { name }),
      ...(system && { system: { sha256: hashing.sha256(system.text), words, mode: system.mode } }),
      ...(Object.keys(own).length > 0 && { params: own }),
    },
  };
}

/** By its id at Hugging Face, where no server said a licence. */
function licensed(
  { provider, model }: ArmConfig,
  { licence, huggingFace }: ArmDescription,
): Pick<ArmRecord, 'licence'> {
  if (licence || providerOf(provider)?.licence !== 'hugging-face') return {};
  const spdx = licenceOfId(huggingFace ?? model);
  return spdx === undefined ? {} : { licence: { spdx } };
}

/** What the config says about a model wins over what a server says. */
const stated = ({ licence, ends }: ArmConfig): Partial<ArmRecord> => ({
  ...(licence && { licence }),
  ...(ends !== undefined && { ends: { on: ends } }),
});

/** The arm of a stored run, as it was set up when the run began. */
export const armConfigOf = ({ name, role, as, spec, provider, model, setup }: ArmRecord): ArmConfig => ({
  ...(setup as Partial<ArmConfig> | undefined),
  name,
  role,
  ...(as && { as }),
  spec,
  provider,
  model,
});

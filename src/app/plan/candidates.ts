/** What could answer: models of closed providers and those on this machine. */
import type { LocalModel } from '../../arms/ollama/local-models.ts';
import type { Provider } from '../../arms/provider.ts';
import { providers } from '../../arms/registry.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { Context } from '../context.ts';

export interface Candidates {
  closed: Candidate[];
  open: Candidate[];
}

/** Candidates for one side, the best first; empty when nothing can answer. */
export interface Candidate {
  spec: string;
  why: string;
}

export const keyOf = (provider: Provider): string | undefined => provider.keyVariables[0];

/** The model named in the log if its provider's key is set, else the answers that are already there. */
export function closedCandidates(prompts: readonly PromptRecord[], env: Context['env']): Candidate[] {
  const candidates: Candidate[] = [];
  const model = mostCommon(prompts.flatMap(({ ref }) => (ref?.model ? [ref.model] : [])));
  const provider = model === undefined ? undefined : sellerOf(model, env);
  const key = provider && keyOf(provider);
  if (model !== undefined && key && env[key]) {
    candidates.push({ spec: `${provider?.name}:${model}`, why: `the model named in the log, and ${key} is set` });
  }
  const logged = prompts.filter(({ ref }) => ref !== undefined).length;
  if (logged > 0) candidates.push({ spec: 'logged', why: `the ${logged} answers already in the log; costs nothing` });
  return candidates;
}

/** By the model's name. OPENAI_BASE_URL may serve any model; a provider itself serves only its own. */
function sellerOf(model: string, env: Context['env']): Provider | undefined {
  const owner = providers.find((provider) => provider.knows?.(model));
  const key = owner && keyOf(owner);
  if (key && env[key]) return owner;
  return providers.find(({ anyServer, baseVariable }) => anyServer && baseVariable !== undefined && env[baseVariable]);
}

export const openCandidates = (models: LocalModel[] | 'unreachable'): Candidate[] =>
  models === 'unreachable'
    ? []
    : models.map(({ name, parameterSize, quantization }, index) => ({
        spec: `ollama:${name}`,
        why: [index === 0 ? 'newest model of your Ollama' : 'in your Ollama', parameterSize, quantization]
          .filter(Boolean)
          .join(', '),
      }));

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** What the local Ollama has, for choosing and for "did you mean". One short look, no SDK. */
import { ollamaServer } from './ollama-address.ts';
import { type LocalModel, listLocalModels } from './ollama-models.ts';

export type { LocalModel };

/** Completion models on this machine, newest first; `unreachable` when no Ollama answers within `limitMs`. */
export async function localModels(
  env: Record<string, string | undefined>,
  limitMs = 2_000,
): Promise<LocalModel[] | 'unreachable'> {
  try {
    const models = await listLocalModels(ollamaServer(env), AbortSignal.timeout(limitMs));
    return models.filter(isLocalCompletion);
  } catch {
    return 'unreachable';
  }
}

/** Older servers list no capabilities: then the family and the name have to do. */
export function isLocalCompletion({ name, cloud, capabilities, family = '' }: LocalModel): boolean {
  if (cloud) return false;
  if (capabilities) return capabilities.includes('completion');
  return !/embed|bert|rerank/i.test(`${name} ${family}`);
}

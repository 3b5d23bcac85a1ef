/** What the local Ollama has, for choosing and for "did you mean". One short look, no SDK. */
import { ollamaHost } from './hosts.ts';

export interface LocalModel {
  name: string;
  /** Bytes on disk. */
  size: number;
  parameterSize?: string;
  quantization?: string;
  modifiedAt: string;
}

interface Tag {
  name: string;
  size?: number;
  modified_at?: string;
  details?: { family?: string; parameter_size?: string; quantization_level?: string };
  capabilities?: string[];
  remote_host?: string;
  remote_model?: string;
}

/** Completion models on this machine, newest first; `unreachable` when no Ollama answers within `limitMs`. */
export async function localModels(
  env: Record<string, string | undefined>,
  limitMs = 2_000,
): Promise<LocalModel[] | 'unreachable'> {
  try {
    const url = `${ollamaHost(env.OLLAMA_HOST)}/api/tags`;
    const response = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
    const { models } = (await response.json()) as { models?: Tag[] };
    return (models ?? []).filter(isLocalCompletion).map(toModel).sort(newestFirst);
  } catch {
    return 'unreachable';
  }
}

function isLocalCompletion(tag: Tag): boolean {
  if (tag.remote_host || tag.remote_model || /[:-]cloud$/.test(tag.name)) return false;
  if (tag.capabilities) return tag.capabilities.includes('completion');
  return !/embed|bert|rerank/i.test(`${tag.name} ${tag.details?.family ?? ''}`);
}

const toModel = ({ name, size = 0, modified_at: modifiedAt = '', details }: Tag): LocalModel => ({
  name,
  size,
  modifiedAt,
  ...(details?.parameter_size && { parameterSize: details.parameter_size }),
  ...(details?.quantization_level && { quantization: details.quantization_level }),
});

const newestFirst = (a: LocalModel, b: LocalModel): number => Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt) || 0;

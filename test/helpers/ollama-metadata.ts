/** The metadata side of the loopback server: model lists, /api/show, /api/ps, /api/pull. Answered at once. */
import type { ServerResponse } from 'node:http';
import { type ModelServer, type RecordedRequest, sendJson } from './model-server.ts';

export interface OllamaModel {
  name: string;
  digest: string;
  modified_at: string;
  size: number;
  details: { family: string; parameter_size: string; quantization_level: string };
  capabilities: string[];
  context: number;
  template: string;
  system?: string;
  parameters?: string;
  license?: string;
  remote_host?: string;
  remote_model?: string;
}

export interface OllamaState {
  version: string;
  models: OllamaModel[];
  /** Loaded models and the context window they are served with. */
  loaded: Map<string, number>;
  /** Serve at most so many tokens of context, whatever is asked. */
  maxContext?: number;
  /** Names that /api/pull can find. */
  pullable: string[];
  /** Answers load requests and unknown models; otherwise the script decides. */
  prepare(body: OllamaChatBody | undefined): { status: number; body: unknown } | undefined;
}

interface OllamaChatBody {
  model?: string;
  messages?: unknown[];
  options?: { num_ctx?: number };
}

/** A model as Ollama lists it; everything can be overridden. */
export const ollamaModel = (name: string, more: Partial<OllamaModel> = {}): OllamaModel => ({
  name,
  digest: '0123456789abcdef'.repeat(4),
  modified_at: '2026-10-01T12:00:00Z',
  size: 5_200_000_000,
  details: { family: 'qwen3', parameter_size: '8.2B', quantization_level: 'Q4_K_M' },
  capabilities: ['completion', 'tools'],
  context: 40_960,
  template: '{{ .System }} {{ .Prompt }}',
  license: 'Apache License\nVersion 2.0, January 2004\n',
  parameters: 'stop    "<|im_end|>"\ntemperature    0.6\n',
  ...more,
});

export function ollamaState(): OllamaState {
  const state: OllamaState = {
    version: '0.33.0',
    models: [ollamaModel('qwen3:8b')],
    loaded: new Map(),
    pullable: [],
    prepare: (body) => {
      const model = find(state, body?.model ?? '');
      if (!model) return { status: 404, body: { error: `model '${body?.model}' not found` } };
      const asked = body?.options?.num_ctx ?? 4096;
      state.loaded.set(model.name, Math.min(asked, model.context, state.maxContext ?? asked));
      if (body?.messages?.length) return undefined;
      const message = { role: 'assistant', content: '' };
      return { status: 200, body: { model: body?.model, created_at: now, message, done: true, done_reason: 'load' } };
    },
  };
  return state;
}

const now = '2026-11-21T09:30:00Z';
const find = (state: OllamaState, name: string) =>
  state.models.find((model) => model.name === name || model.name === `${name}:latest`);

export function metadata(server: ModelServer, request: RecordedRequest, response: ServerResponse): void {
  const { ollama } = server;
  const answers: Record<string, () => void> = {
    '/': () => void response.writeHead(200, { 'content-type': 'text/plain' }).end('Ollama is running'),
    '/v1/models': () => sendJson(response, 200, { object: 'list', data: openaiModels(ollama) }),
    '/api/version': () => sendJson(response, 200, { version: ollama.version }),
    '/api/tags': () => sendJson(response, 200, { models: ollama.models.map(tag) }),
    '/api/ps': () => sendJson(response, 200, { models: [...ollama.loaded].map((entry) => loaded(ollama, entry)) }),
    '/api/show': () => show(ollama, request.body?.model ?? request.body?.name ?? '', response),
    '/api/pull': () => pull(ollama, request.body?.model ?? request.body?.name ?? '', response),
  };
  const answer = answers[request.path];
  if (answer) answer();
  else sendJson(response, 404, { error: { message: `no route ${request.path}`, type: 'not_found', code: 404 } });
}

const openaiModels = (state: OllamaState) =>
  [...state.models.map((model) => model.name), 'gpt-test'].map((id) => ({ id, object: 'model', created: 0 }));

const remote = ({ remote_host, remote_model }: OllamaModel) => (remote_host ? { remote_host, remote_model } : {});

const tag = (model: OllamaModel) => ({
  name: model.name,
  model: model.name,
  modified_at: model.modified_at,
  size: model.size,
  digest: model.digest,
  details: model.details,
  ...remote(model),
});

const loaded = (state: OllamaState, [name, context_length]: [string, number]) => {
  const model = find(state, name);
  return { name, model: name, digest: model?.digest, size: model?.size, size_vram: model?.size, context_length };
};

function show(state: OllamaState, name: string, response: ServerResponse): void {
  const model = find(state, name);
  if (!model) {
    sendJson(response, 404, { error: `model '${name}' not found` });
    return;
  }
  const { family } = model.details;
  sendJson(response, 200, {
    license: model.license,
    modelfile: `FROM ${model.name}`,
    parameters: model.parameters,
    template: model.template,
    system: model.system,
    details: model.details,
    model_info: { 'general.architecture': family, [`${family}.context_length`]: model.context },
    capabilities: model.capabilities,
    ...remote(model),
  });
}

function pull(state: OllamaState, name: string, response: ServerResponse): void {
  const line = (body: object) => `${JSON.stringify(body)}\n`;
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write(line({ status: 'pulling manifest' }));
  if (!state.pullable.includes(name)) {
    response.end(line({ error: 'pull model manifest: file does not exist' }));
    return;
  }
  const layer = { status: 'pulling 0123', digest: 'sha256:0123', total: 1000 };
  response.write(line(layer) + line({ ...layer, completed: 400 }) + line({ ...layer, completed: 1000 }));
  state.models.push(ollamaModel(name));
  response.end(line({ status: 'success' }));
}

/** What llama.cpp's own server says about itself at /props, beyond its list of models. */
import { createHash } from 'node:crypto';
import { isObject } from '../../records/plain-json.ts';
import { templateEnd } from '../../text/template-end.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { guardedFetch } from '../wire/guarded-fetch.ts';

export interface LlamaServer {
  /** Tokens of window of one slot. */
  window?: number;
  /** Calls that it works on at once: more only wait in it. */
  slots?: number;
  quantization?: string;
  /** SHA-256 of the chat template, and the tag that it writes last. */
  template?: string;
  templateEnds?: string;
  serverVersion?: string;
  /** Undefined where the server does not say. */
  sees?: boolean;
  takesTools?: boolean;
}

const propsMs = 5_000;

/** Empty where the server has no such page, or keeps it to itself. Never throws. */
export async function llamaServer(endpoint: Endpoint, signal: AbortSignal): Promise<LlamaServer> {
  const { baseURL, key, headers } = endpoint;
  const url = `${baseURL.replace(/\/v1$/, '')}/props`;
  try {
    const response = await guardedFetch()(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(propsMs)]),
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
    });
    return readProps(JSON.parse(await response.text()));
  } catch {
    return {};
  }
}

/** Only what is named: the page also holds paths of the server's disk. */
export function readProps(props: unknown): LlamaServer {
  if (!isObject(props)) return {};
  const settings = isObject(props.default_generation_settings) ? props.default_generation_settings : {};
  const { chat_template: template, chat_template_caps: caps, modalities } = props;
  const ends = typeof template === 'string' ? templateEnd(template) : undefined;
  const { total_slots: slots } = props;
  return {
    ...(typeof slots === 'number' && slots > 0 && { slots }),
    ...(typeof settings.n_ctx === 'number' && settings.n_ctx > 0 && { window: settings.n_ctx }),
    ...(typeof props.model_ftype === 'string' && props.model_ftype && { quantization: props.model_ftype }),
    ...(typeof template === 'string' && { template: createHash('sha256').update(template).digest('hex') }),
    ...(ends !== undefined && { templateEnds: ends }),
    ...(typeof props.build_info === 'string' && { serverVersion: props.build_info }),
    ...(isObject(modalities) && typeof modalities.vision === 'boolean' && { sees: modalities.vision }),
    ...(isObject(caps) && typeof caps.supports_tools === 'boolean' && { takesTools: caps.supports_tools }),
  };
}

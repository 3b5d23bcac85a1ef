/**
 * What a provider is. One descriptor answers every question about it: where prompts go, which key, what it costs, what
 * its lists say. No other room compares a provider's name.
 */

import type { Where } from '../records/arm-where.ts';
import type { LoggedAnswer, PromptRecord } from '../records/prompt-record.ts';
import type { ArmConfig, ArmFactory } from './arm.ts';
import type { ListFields } from './wire/listed.ts';

/** The protocol that its server speaks. */
export type Wire = 'openai' | 'anthropic' | 'ollama';

/** How a key is sent. */
export type Auth = 'bearer' | 'api-key' | 'x-api-key';

/** What the wire calls the output cap. */
export type CapName = 'max_tokens' | 'max_completion_tokens' | 'num_predict';

/** A setting of an arm that a provider may be unable to honour. */
export type SettingName = Exclude<keyof ArmConfig, 'name' | 'role' | 'spec' | 'provider' | 'model'>;

export interface Provider {
  name: string;
  /** A whole SPEC, for messages. */
  example: string;
  make: ArmFactory;
  /** `hosted` at an address of this machine or a private one may be a proxy that passes prompts on and bills. */
  where: Where;
  wire?: Wire;
  auth?: Auth;
  cap?: CapName;
  /** `{NAME}` is filled in from the environment, `{A|B}` from the first that is set. */
  baseURL?: string;
  /** The variable of the environment that holds another base URL. */
  baseVariable?: string;
  /** Hosts that belong to it beside that of `baseURL`: its keys may go there. */
  ownHosts?: RegExp;
  /** Also the name for any server of its wire, so that its key goes to its own hosts alone. */
  anyServer?: boolean;
  /** The first one that is set is its key. */
  keyVariables: readonly string[];
  /** Calls in flight, when nobody says how many. */
  atOnce: number;
  /** A model that is missing can be pulled or loaded, so the run may find it later. */
  mayAppearLater: boolean;
  /** `--pull` can fetch a model. */
  canPull?: boolean;
  /** A model's own name is enough to know that it is this provider's. */
  knows?(model: string): boolean;
  /** LiteLLM's prefix; without it no route leads to this provider. */
  prefix?: string;
  /** What LiteLLM finds out itself under that prefix. Whatever is not listed, a route says: the address, the key's variable. */
  routerKnows?: readonly ('address' | 'key')[];
  /** Its id in the price table. */
  priceId?: string;
  /** Where the licence of a model is read: in its server's own text, or by its id at Hugging Face. */
  licence?: 'server' | 'hugging-face';
  lists?: ListFields;
  /** The page that has dates of retirement where the list has none. */
  endsPage?: string;
  /** Settings that it honours; any other one in the config is refused. */
  settings: readonly SettingName[];
  /** Headers of every request, on any wire. The config's own headers win over them. */
  headers?: Readonly<Record<string, string>>;
  /** Fields of the body of every request, on OpenAI's wire. */
  sends?: Readonly<Record<string, string | number | boolean>>;
  /** Answers that come with the prompts: where from, and this one's. */
  ready?: { from: 'log' | 'column'; answer(prompt: PromptRecord, model: string): LoggedAnswer | undefined };
  /** What the plan calls an arm that is no model. */
  inWords?(model: string): string;
}

/** Settings of every arm that is called over HTTP. */
const called = [
  ...['concurrency', 'timeoutMs', 'idleMs', 'price', 'licence', 'ends'],
  ...['system', 'temperature', 'topP', 'stop', 'maxTokens', 'variant'],
] as SettingName[];

export const httpSettings: readonly SettingName[] = [
  ...called,
  ...(['baseURL', 'apiKeyEnv', 'headers', 'headersEnv', 'think', 'params'] as const),
];

export const programSettings: readonly SettingName[] = [...called, 'topK', 'minP', 'params'];

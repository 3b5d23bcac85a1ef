/** A model can be talked into repeating what its program was given: keys in a good reply go before anything is kept. */
import type { ToolCall } from '../../records/prompt-record.ts';
import type { Arm, ArmConfig, ArmReply } from '../arm.ts';
import { ArmError } from '../arm.ts';
import { printedKeys } from './key-command.ts';

type Env = Record<string, string | undefined>;

/** Names under which programs are given secrets. */
const secretNames = /(?:^|_)(?:api_?key|key|token|secret|password|passwd|credentials?|auth)(?:$|_)/i;
/** Shorter values are words: "true", "none", a port. */
const shortestKey = 8;

/**
 * The secrets of an environment and the keys that programs printed so far, longest first, each also as a URL and Base64
 * would carry it.
 */
export function secretsOf(env: Env, keyNames: readonly string[] = []): string[] {
  const keys = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.trim().length >= shortestKey && (keyNames.includes(name) || secretNames.test(name))
      ? [value.trim()]
      : [],
  );
  return formsOf([...keys, ...passwordsOf(env), ...printedKeys]);
}

const formsOf = (keys: readonly string[]): string[] => {
  const all = keys.flatMap((key) => [key, encodeURIComponent(key), ...base64Forms(key)]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
};

/** `OLLAMA_HOST=https://user:password@host`, and proxies with a login. */
const passwordsOf = (env: Env): string[] =>
  Object.values(env).flatMap((value) => {
    const [, password] = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s/:@]*:([^\s@]+)@[^\s@]+$/i.exec(value ?? '') ?? [];
    return password !== undefined && password.length >= shortestKey ? [password, decoded(password)] : [];
  });

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Base64 of a key at each of the three places that it can have in a longer text, without the letters that its
 * neighbours share; in both alphabets.
 */
function base64Forms(key: string): string[] {
  const bytes = Buffer.from(key);
  const forms = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** Replaces each secret in a text. */
export const withoutKeys = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((clean, secret) => (clean.includes(secret) ? clean.replaceAll(secret, '[key]') : clean), text);

/** Variables that the config names as secrets, whatever they are called. */
const secretVariables = ({ apiKeyEnv, headersEnv = {} }: ArmConfig): string[] => [
  ...(apiKeyEnv === undefined ? [] : [apiKeyEnv]),
  ...Object.values(headersEnv),
];

/** Read again when a program has printed another key. */
export function currentSecrets(env: Env, names: readonly string[] = []): () => readonly string[] {
  let known: { printed: number; secrets: readonly string[] } | undefined;
  return () => {
    if (known?.printed !== printedKeys.size) known = { printed: printedKeys.size, secrets: secretsOf(env, names) };
    return known.secrets;
  };
}

/** The same arm; no reply and no error of it holds a secret of the environment. */
export function guardKeys(arm: Arm, env: Env): Arm {
  const secrets = currentSecrets(env, secretVariables(arm.config));
  const clean = (text: string): string => withoutKeys(text, secrets());
  return {
    ...arm,
    async call(request, options) {
      try {
        return cleanReply(await arm.call(request, options), clean);
      } catch (error) {
        throw error instanceof ArmError ? cleanError(error, clean) : error;
      }
    },
  };
}

const cleanCall = (call: ToolCall, clean: (text: string) => string): ToolCall => ({
  ...call,
  name: clean(call.name),
  arguments: clean(call.arguments),
});

function cleanReply(reply: ArmReply, clean: (text: string) => string): ArmReply {
  const { reasoning, refusal, toolCalls } = reply;
  return {
    ...reply,
    text: clean(reply.text),
    ...(reasoning !== undefined && { reasoning: clean(reasoning) }),
    ...(refusal !== undefined && { refusal: clean(refusal) }),
    ...(toolCalls && { toolCalls: toolCalls.map((call) => cleanCall(call, clean)) }),
  };
}

/** What had arrived before it broke is kept too. */
function cleanError(error: ArmError, clean: (text: string) => string): ArmError {
  const partial = error.partial === undefined ? undefined : clean(error.partial);
  return new ArmError(error.failure, clean(error.message), { ...error, partial, cause: error.cause });
}

/** Keys never reach an error, a file or --debug: messages and causes pass through here first. */

const patterns: [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [key]'],
  [/\b(?:sk|gsk|xai|pplx|hf|AIza|r8|fw)[-_][\w*.-]{7,}[\w*]/g, '[key]'],
  [/\bAIza[\w-]{20,}/g, '[key]'],
  [/((?:x-api-key|api[-_ ]?key|authorization)["']?\s*[:=]\s*["']?)[^\s"',}]{6,}/gi, '$1[key]'],
  [/(\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1[key]@'],
];

/** Replaces the known keys, and whatever looks like one. */
export function redactSecrets(text: string, keys: readonly (string | undefined)[] = []): string {
  let clean = text;
  for (const key of keys) if (key && key.length >= 6) clean = clean.replaceAll(key, '[key]');
  for (const [pattern, by] of patterns) clean = clean.replace(pattern, by);
  return clean;
}

/** The cause chain as plain errors: SDK errors hold headers and request options. */
export function safeCause(error: unknown, keys: readonly (string | undefined)[], depth = 0): Error | undefined {
  if (!(error instanceof Error) || depth > 6) return undefined;
  const copy = new Error(redactSecrets(error.message, keys), { cause: safeCause(error.cause, keys, depth + 1) });
  copy.name = error.name;
  if (error.stack) copy.stack = redactSecrets(error.stack, keys);
  if ('code' in error && typeof error.code === 'string') Object.assign(copy, { code: error.code });
  return copy;
}

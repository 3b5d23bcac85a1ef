import type { Gatherer } from './collect.ts';

const marks = /["']is_silent_experiment["']\s*:\s*(?:true|True)\b/;

/** Whether a record of a log is marked as a silent copy, wherever LiteLLM's metadata is in it. */
function isSilentCopy(record: unknown, depth = 0): boolean {
  if (typeof record === 'string') return record.includes('is_silent_experiment') && marks.test(record);
  if (typeof record !== 'object' || record === null || depth > 4) return false;
  return Object.entries(record).some(([name, value]) => {
    if (name === 'is_silent_experiment') return value === true || value === 'true' || value === 'True';
    return holders.has(name) && isSilentCopy(value, depth + 1);
  });
}

/** Where metadata is in the formats that carry LiteLLM's. */
const holders = new Set([
  'metadata',
  'litellm_params',
  'litellm_metadata',
  'kwargs',
  'requester_metadata',
  'spend_logs_metadata',
  'standard_logging_object',
  'proxy_server_request',
  'body',
  'attributes',
  'hidden_params',
]);

/** Marks the calls of a record that says so of itself. */
export const markingCopies = (record: unknown, next: Gatherer): Gatherer =>
  isSilentCopy(record)
    ? {
        add: (mapped, source) =>
          next.add('draft' in mapped ? { draft: { ...mapped.draft, silent: true } } : mapped, source),
        reject: (reason, at) => next.reject(reason, at),
      }
    : next;

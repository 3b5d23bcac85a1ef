/** Which real server produced which kind of reply: in a case of this suite, or in a reply that was recorded of it. */
export type Produced = { live: string; in: string } | { recorded: string } | { none: string };

const hosted = { none: 'only a hosted service sends it' };
const gateway = { none: 'a gateway before the model sends it' };
const dialect = { none: 'no server of this suite writes its stream so' };
const setup = { none: 'about a setting of gapcheck: every server answers alike' };
const ollama = (live: string): Produced => ({ live, in: 'ollama.test.ts' });
const wires = (live: string): Produced => ({ live, in: 'ollama-wires.test.ts' });
const llamaCpp = (live: string): Produced => ({ live, in: 'llama-cpp.test.ts' });
const litellm = (live: string): Produced => ({ live, in: 'litellm.test.ts' });
const llama = (live: string): Produced => ({ live, in: 'llama-server.test.ts' });
const vllm = (live: string): Produced => ({ live, in: 'vllm.test.ts' });

export const producedBy: Readonly<Record<string, Produced>> = {
  'stream-heartbeat-empty-data': dialect,
  'stream-heartbeat-ping-event': dialect,
  'stream-comments': { recorded: 'llama-cpp-python/ping' },
  'stream-crlf-no-space': dialect,
  'stream-pieces': { none: 'where a stream is cut into pieces is chance' },
  'stream-no-done': dialect,
  'stream-text-plain': dialect,
  'stream-gzip-anyway': gateway,
  'stream-ignored': {
    live: 'loses nothing of 200 prompts at 32 in flight when a replica is killed',
    in: 'ray-serve.test.ts',
  },
  'stream-azure-first-chunk': hosted,
  'stream-reasoning-doubled': gateway,
  'stream-content-parts': hosted,
  'stream-finish-null-done': { recorded: 'llama-cpp-python/interrupted' },
  'tools-no-index': dialect,
  'tools-fragments-no-index': dialect,
  'tools-object-arguments': dialect,
  'tools-legacy-function-call': { none: 'no server of today writes the old form' },
  'unreadable-ollama-500': wires('takes a call that the server refuses to read as what the model said'),
  'unreadable-groq-tool': hosted,
  'finish-length': ollama('answers a run; record and report name quantization, parameters, digest and window'),
  'finish-gave-up': hosted,
  'finish-unknown': hosted,
  'empty-text': wires('says that an answer without a text is empty'),
  'cap-spent-on-reasoning': ollama('thinks where its template lets it, and spends its cap on it'),
  'refusal-field': hosted,
  'content-filter-400': hosted,
  'ollama-load-only': { recorded: 'ollama-0.24/empty-load' },
  'parameter-temperature': { recorded: 'vllm-0.32/temp-neg' },
  'parameter-stream': hosted,
  'parameter-cap-too-large': vllm('asks with a cap that fits where the cap is above max_model_len'),
  'parameter-unknown-words': { recorded: 'vllm-0.32/topp-bad' },
  'parameter-response-format': { recorded: 'llama-cpp-python/rf-unknown' },
  'refused-some': ollama('asks for no tools that the model cannot call'),
  'refused-all': { none: 'the servers refuse by sentences that are known' },
  'refused-tools': ollama('asks for no tools that the model cannot call'),
  'context-openai': llamaCpp('leaves a prompt that does not fit the window out, with its reason'),
  'context-cut-ollama': ollama('finds a prompt that /v1 cut in silence'),
  'limit-retry-after': litellm(
    'waits as long as the proxy says where its limit per minute is reached, and keeps what was answered',
  ),
  'limit-gemini-minute': hosted,
  'limit-day': hosted,
  'limit-quota': hosted,
  'limit-request-larger': hosted,
  'server-502-page': gateway,
  'server-loading': llama('waits for a server that is still loading its model'),
  'server-overloaded-anthropic': hosted,
  'server-memory': wires(
    'stops at once where the model does not fit into the memory, with the sentence of the server and a way out',
  ),
  'cut-twice': ollama('loses nothing when the server is ended and started within a run'),
  'mixed-causes': { none: 'a limit and a cut in one prompt is chance' },
  hang: llama('gives up a call on a server that hangs, and asks again when it goes on'),
  'status-504-words': gateway,
  'error-in-stream': {
    live: 'loses nothing when the process that holds the model is killed',
    in: 'ollama-more.test.ts',
  },
  'payload-413': gateway,
  'setup-no-v1': ollama('says that /v1 is missing from a base URL'),
  'setup-key-refused': litellm('refuses a wrong key with the name of the variable, and freezes nothing'),
  'setup-listing-refused': hosted,
  'setup-key-ellipsis': setup,
  'setup-model-unknown': litellm('names a model that it does not have, and those that it lists'),
  'setup-azure-query': hosted,
  'setup-headers': setup,
  'setup-ollama-key': gateway,
  'setup-ollama-case': ollama('takes the name in other letters, and every form of OLLAMA_HOST'),
  'setup-max-cost': setup,
  'network-refused': ollama('loses nothing when the server is ended and started within a run'),
  'network-dns': { none: 'there is no server' },
  'network-proxy': setup,
  'network-tls-unknown': llamaCpp('is trusted with its own certificate once NODE_EXTRA_CA_CERTS names it'),
  'network-tls-known': llamaCpp('is trusted with its own certificate once NODE_EXTRA_CA_CERTS names it'),
  'anthropic-events': wires('answers by the %s that it has, too'),
  'anthropic-no-stop': wires(
    'asks again where its Messages API breaks off without an end, because the process behind it is gone',
  ),
  'responses-text': wires('answers by the %s that it has, too'),
  'responses-incomplete': { recorded: 'ollama-0.24/v1-responses' },
};

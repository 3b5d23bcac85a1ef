/**
 * gapcheck.config.{yaml,json} as a JSON Schema: what the loader validates with and what editors complete from. Each
 * description is the comment that `init` writes, so there is one text per key.
 */
import { armKinds } from '../../records/challenger.ts';

const count = (description: string) => ({ type: 'integer', minimum: 1, description }) as const;

const table = (description: string, items: object = { type: 'string' }) =>
  ({ type: 'object', additionalProperties: items, description }) as const;

/** What a variant may change of an arm: how the same model is asked. */
const asking = {
  system: {
    description: 'System text of this arm in place of the log’s, or {text or file, mode: replace or append}.',
    anyOf: [
      { type: 'string', minLength: 1 },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          text: { type: 'string', minLength: 1 },
          file: { type: 'string', minLength: 1 },
          mode: { enum: ['replace', 'append'] },
        },
      },
    ],
  },
  think: { enum: [true, false, 'low', 'medium', 'high'], description: 'Reasoning of a thinking model.' },
  temperature: { type: 'number', minimum: 0, maximum: 2, description: 'This arm alone; the report says so.' },
  topP: { type: 'number', exclusiveMinimum: 0, maximum: 1, description: 'This arm alone; the report says so.' },
  topK: count('This arm alone, where its API knows it.'),
  minP: { type: 'number', minimum: 0, maximum: 1, description: 'This arm alone, where its API knows it.' },
  stop: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    ],
    description: 'Texts that end an answer of this arm.',
  },
  maxTokens: count('Output cap of this arm alone; the report says so.'),
  params: table('What the endpoint knows beyond this, sent as it is.', {}),
} as const;

const arm = {
  description: 'provider:model, logged, column:NAME or command:PATH; or the same with its settings.',
  anyOf: [
    { type: 'string', minLength: 1 },
    {
      type: 'object',
      additionalProperties: false,
      required: ['spec'],
      properties: {
        spec: { type: 'string', minLength: 1, description: 'provider:model' },
        name: { type: 'string', pattern: '^[\\w.-]{1,40}$', description: 'Name of the arm in files and reports.' },
        as: {
          enum: armKinds.filter((kind) => kind !== 'variant'),
          description: 'What the report calls this arm: open, successor or quantization. Default: open.',
        },
        baseURL: { type: 'string', description: 'Endpoint of an OpenAI-compatible server, or of Ollama.' },
        apiKeyEnv: {
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
          description: 'Name of the environment variable that holds the key. The key itself is never written down.',
        },
        keyCommand: {
          anyOf: [
            { type: 'string', minLength: 1 },
            { type: 'array', minItems: 1, items: { type: 'string' } },
          ],
          description: 'Program that prints the key, for tokens of an hour: gcloud auth print-access-token',
        },
        ...asking,
        numCtx: count('Context window to ask Ollama for, tokens. Default: what the prompts need.'),
        concurrency: count('Calls in flight. Default 8, 1 for Ollama.'),
        timeoutSeconds: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 86_400,
          description: 'Longest time for one call. Default 600, 1800 for Ollama.',
        },
        idleSeconds: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 86_400,
          description: 'Longest silence within a reply. Default 120, 180 for Ollama.',
        },
        headers: table('Sent with every request. For a key use headersEnv.'),
        headersEnv: table('Headers whose values are in environment variables: {api-key: MY_KEY}'),
        api: { enum: ['chat', 'responses'], description: 'Which of OpenAI’s APIs. Default: chat.' },
        licence: {
          type: 'object',
          additionalProperties: false,
          required: ['spdx'],
          description: 'Licence of the model; wins over what its server says.',
          properties: { spdx: { type: 'string', minLength: 1 }, url: { type: 'string', minLength: 1 } },
        },
        ends: { type: 'string', description: 'Day on which the provider retires the model, YYYY-MM-DD.' },
        variants: {
          type: 'object',
          minProperties: 1,
          description:
            'Several ways of asking this model, each an arm of its own: {terse: {system: …}, warm: {temperature: 0.7}}',
          propertyNames: { pattern: '^[\\w.-]{1,30}$' },
          additionalProperties: { type: 'object', additionalProperties: false, properties: asking },
        },
        price: {
          type: 'object',
          additionalProperties: false,
          required: ['in', 'out'],
          description: 'US dollars per million tokens; wins over every price table.',
          properties: {
            in: { type: 'number', minimum: 0 },
            out: { type: 'number', minimum: 0 },
            cached: { type: 'number', minimum: 0 },
          },
        },
      },
    },
  ],
} as const;

const many = (items: object, description: string) => ({
  description,
  anyOf: [items, { type: 'array', minItems: 1, items }],
});

export const configSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'gapcheck config',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    prompts: many({ type: 'string', minLength: 1 }, 'Prompt files, when the command line names none.'),
    closed: arm,
    open: many(arm, 'One open model, or several: each gets verdicts of its own.'),
    control: arm,
    n: {
      anyOf: [count('Ballots a rater reads.'), { const: 'all' }],
      description: 'Ballots a rater reads. Default 36.',
    },
    raters: count('People who will score; each reads different prompts.'),
    checkN: count('Prompts answered for machine checks, ballots included.'),
    trials: count('Independent answers per prompt.'),
    retries: {
      type: 'integer',
      minimum: 0,
      maximum: 10,
      description: 'Answer retries after a failed check. Default 2.',
    },
    retryMode: { enum: ['same', 'feedback'], description: 'Ask again as before, or tell the model what failed.' },
    seed: { type: 'integer', description: 'Seed of the sample and of the models, never of the deal.' },
    maxTokens: count('Output cap for every arm. Default 2048.'),
    temperature: { type: 'number', minimum: 0, maximum: 2, description: 'Where the log has none. Default 0.' },
    endpoint: { enum: ['preference', 'retry'], description: 'What the verdict is about; fixed before the first vote.' },
    margin: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 0.9,
      description: 'What closed may win by and open still counts as good enough. Default 0.30 (retry: 0.15).',
    },
    hard: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'Share of hard prompts in the plan.',
    },
    maxSteps: count('Model calls in one attempt of a tool loop. Default 10.'),
    maxCost: { type: 'number', minimum: 0, description: 'US dollars; stops before the call that would pass it.' },
    concurrency: { type: ['string', 'integer'], description: 'Calls in flight: 8, or closed=8,open=1.' },
    prices: { type: 'string', description: 'A LiteLLM price file.' },
    taskMap: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Renames tasks: name in the log: name to use.',
    },
    tasks: {
      type: 'object',
      description: 'Settings per task.',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          failureCost: {
            enum: ['low', 'medium', 'high'],
            description: 'What a bad answer costs here; moves the margin when a route is chosen.',
          },
        },
      },
    },
    checks: {
      type: 'object',
      description: 'Checks per task; "*" is every task: {"*": ["json", {"maxWords": 60}]}',
      additionalProperties: { type: 'array', items: { type: ['string', 'object'] } },
    },
    redact: {
      type: 'array',
      description: 'Your own patterns to replace, beside e-mail addresses, keys and the like.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'pattern'],
        properties: { name: { type: 'string', minLength: 1 }, pattern: { type: 'string', minLength: 1 } },
      },
    },
    gates: {
      type: 'object',
      additionalProperties: false,
      description: 'What gapcheck ci fails on.',
      properties: {
        retryMargin: {
          anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { const: false }],
          description: 'Most that first answers failing a check may rise by. Default 0.10; false: no such gate.',
        },
        verdicts: { type: 'boolean', description: 'No decided verdict may fall. Default true.' },
        fresh: {
          type: 'boolean',
          description:
            'true: where votes of the locked run are re-used, the new votes alone must speak for the verdict too. Default false.',
        },
        blinding: {
          enum: ['strict'],
          description: 'strict: votes of raters who had read an answer beside a model’s name decide nothing.',
        },
        nonInferior: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Tasks that must be good enough, whatever was locked.',
        },
        p95Seconds: { type: 'number', exclusiveMinimum: 0, description: 'Of open arms: 95 % of answers within.' },
        costPer1000: { type: 'number', minimum: 0, description: 'Of open arms: US dollars per 1,000 prompts.' },
        licence: { enum: ['permissive', 'identified'], description: 'Licences that open arms may have.' },
      },
    },
    money: {
      type: 'object',
      additionalProperties: false,
      description: 'What the report knows about the bill; its options say the same.',
      properties: {
        volume: count('Calls a month.'),
        machinePrice: { type: 'number', minimum: 0, description: 'US dollars per hour of the open model’s machine.' },
        machines: count('Machines that gave the answers of a run together. Default 1.'),
        peak: { type: 'number', minimum: 1, description: 'Calls in the busiest hours over the mean.' },
        growth: { type: 'number', exclusiveMinimum: -1, maximum: 10, description: 'Of the volume, a month: 0.02.' },
        batchShare: {
          type: 'number',
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          description: 'Share of the calls that the closed provider takes in batches, at half its price.',
        },
        wrongCost: { type: 'number', minimum: 0, description: 'US dollars that one wrong answer costs you.' },
        opsFte: { type: 'number', minimum: 0, description: 'Share of a person who keeps a local model running.' },
        opsYear: { type: 'number', minimum: 0, description: 'US dollars that this person costs a year.' },
      },
    },
    tools: {
      type: 'object',
      additionalProperties: false,
      description: 'Where results of tool calls come from when the log has none.',
      properties: {
        exec: {
          type: ['string', 'array'],
          items: { type: 'string' },
          description: 'A program: the call as JSON on stdin, the result on stdout.',
        },
        seconds: { type: 'number', exclusiveMinimum: 0, maximum: 86_400, description: 'Longest time for one call.' },
        stubs: { type: 'object', description: 'A fixed result per tool name.' },
      },
    },
    faults: {
      type: 'object',
      additionalProperties: false,
      properties: { toolError: { type: 'number', minimum: 0, maximum: 1 } },
      description: 'Tool errors to inject, the same for every arm.',
    },
  },
} as const;

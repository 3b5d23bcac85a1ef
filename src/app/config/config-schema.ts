/**
 * gapcheck.config.{yaml,json}, written once: the loader checks with it, its types are inferred from it, and
 * schema/gapcheck.config.schema.json, which editors complete from, is generated from it.
 */
import * as v from 'valibot';
import { armKinds } from '../../records/challenger.ts';
import { configDefaults } from './config-defaults.ts';
import {
  about,
  above,
  below,
  count,
  filled,
  keys,
  least,
  list,
  matching,
  most,
  name,
  namedBy,
  number,
  oneOf,
  oneOrMore,
  table,
  text,
  truth,
  whole,
} from './config-words.ts';

const hundredths = (margin: number): string => margin.toFixed(2);
const maybe = v.exactOptional;
const levels = ['low', 'medium', 'high'] as const;
const armAlone = 'This arm alone; the report says so.';
const whereKnown = 'This arm alone, where its API knows it.';
const daySeconds = v.pipe(number, above(0), most(86_400));
const upToOne = v.pipe(number, least(0), most(1));

/** What a variant may change of an arm: how the same model is asked. */
const asking = {
  system: maybe(
    about(
      v.union([name, keys({ text: maybe(name), file: maybe(name), mode: maybe(oneOf(['replace', 'append'])) })]),
      'System text of this arm in place of the log’s, or {text or file, mode: replace or append}.',
    ),
  ),
  think: maybe(
    about(
      v.union([v.boolean(), v.picklist(levels)], `must be one of true, false, ${levels.join(', ')}`),
      'Reasoning of a thinking model.',
    ),
  ),
  temperature: maybe(about(v.pipe(number, least(0), most(2)), armAlone)),
  topP: maybe(about(v.pipe(number, above(0), most(1)), armAlone)),
  topK: maybe(count(whereKnown)),
  minP: maybe(about(upToOne, whereKnown)),
  stop: maybe(about(oneOrMore(name), 'Texts that end an answer of this arm.')),
  maxTokens: maybe(count('Output cap of this arm alone; the report says so.')),
  params: maybe(about(table(v.unknown()), 'What the endpoint knows beyond this, sent as it is.')),
};

const armSettings = keys({
  spec: about(name, 'provider:model'),
  name: maybe(about(matching(/^[\w.-]{1,40}$/), 'Name of the arm in files and reports.')),
  as: maybe(
    about(
      oneOf(armKinds.filter((kind) => kind !== 'variant')),
      'What the report calls this arm: open, successor or quantization. Default: open.',
    ),
  ),
  baseURL: maybe(about(text, 'Endpoint of an OpenAI-compatible server, or of Ollama.')),
  apiKeyEnv: maybe(
    about(
      matching(/^[A-Za-z_][A-Za-z0-9_]*$/),
      'Name of the environment variable that holds the key. The key itself is never written down.',
    ),
  ),
  keyCommand: maybe(
    about(
      v.union([name, filled(text)]),
      'Program that prints the key, for tokens of an hour: gcloud auth print-access-token',
    ),
  ),
  ...asking,
  numCtx: maybe(count('Context window to ask Ollama for, tokens. Default: what the prompts need.')),
  concurrency: maybe(count('Calls in flight. Default 8, 1 for Ollama.')),
  timeoutSeconds: maybe(about(daySeconds, 'Longest time for one call. Default 600, 1800 for Ollama.')),
  idleSeconds: maybe(about(daySeconds, 'Longest silence within a reply. Default 120, 180 for Ollama.')),
  headers: maybe(about(table(text), 'Sent with every request. For a key use headersEnv.')),
  headersEnv: maybe(about(table(text), 'Headers whose values are in environment variables: {api-key: MY_KEY}')),
  api: maybe(about(oneOf(['chat', 'responses']), 'Which of OpenAI’s APIs. Default: chat.')),
  licence: maybe(
    about(keys({ spdx: name, url: maybe(name) }), 'Licence of the model; wins over what its server says.'),
  ),
  stream: maybe(about(text, 'Of an agent: whose stream of steps it prints, where its script does not show it.')),
  ends: maybe(about(text, 'Day on which the provider retires the model, YYYY-MM-DD.')),
  variants: maybe(
    about(
      v.pipe(
        namedBy(matching(/^[\w.-]{1,30}$/), keys(asking)),
        v.minEntries(1, 'must NOT have fewer than 1 properties'),
      ),
      'Several ways of asking this model, each an arm of its own: {terse: {system: …}, warm: {temperature: 0.7}}',
    ),
  ),
  price: maybe(
    about(
      keys({ in: v.pipe(number, least(0)), out: v.pipe(number, least(0)), cached: maybe(v.pipe(number, least(0))) }),
      'US dollars per million tokens; wins over every price table.',
    ),
  ),
});

const anArm = about(
  v.union([name, armSettings]),
  'provider:model, logged, column:NAME or command:PATH; or the same with its settings.',
);

const gates = keys({
  retryMargin: maybe(
    about(
      v.union([upToOne, v.literal(false, 'must be equal to constant')]),
      'Most that first answers failing a check may rise by. Default 0.10; false: no such gate.',
    ),
  ),
  verdicts: maybe(about(truth, 'No decided verdict may fall. Default true.')),
  fresh: maybe(
    about(
      truth,
      'true: where votes of the locked run are re-used, the new votes alone must speak for the verdict too. Default false.',
    ),
  ),
  blinding: maybe(
    about(oneOf(['strict']), 'strict: votes of raters who had read an answer beside a model’s name decide nothing.'),
  ),
  nonInferior: maybe(about(list(name), 'Tasks that must be good enough, whatever was locked.')),
  p95Seconds: maybe(about(v.pipe(number, above(0)), 'Of open arms: 95 % of answers within.')),
  costPer1000: maybe(about(v.pipe(number, least(0)), 'Of open arms: US dollars per 1,000 prompts.')),
  licence: maybe(about(oneOf(['permissive', 'identified']), 'Licences that open arms may have.')),
});

const money = keys({
  volume: maybe(count('Calls a month.')),
  machinePrice: maybe(about(v.pipe(number, least(0)), 'US dollars per hour of the open model’s machine.')),
  machines: maybe(count('Machines that gave the answers of a run together. Default 1.')),
  peak: maybe(about(v.pipe(number, least(1)), 'Calls in the busiest hours over the mean.')),
  growth: maybe(about(v.pipe(number, above(-1), most(10)), 'Of the volume, a month: 0.02.')),
  batchShare: maybe(
    about(
      v.pipe(number, above(0), below(1)),
      'Share of the calls that the closed provider takes in batches, at half its price.',
    ),
  ),
  wrongCost: maybe(about(v.pipe(number, least(0)), 'US dollars that one wrong answer costs you.')),
  opsFte: maybe(about(v.pipe(number, least(0)), 'Share of a person who keeps a local model running.')),
  opsYear: maybe(about(v.pipe(number, least(0)), 'US dollars that this person costs a year.')),
});

export const configSchema = keys({
  $schema: maybe(text),
  prompts: maybe(about(oneOrMore(name), 'Prompt files, when the command line names none.')),
  closed: maybe(anArm),
  open: maybe(about(oneOrMore(anArm), 'One open model, or several: each gets verdicts of its own.')),
  control: maybe(anArm),
  n: maybe(
    about(
      v.union([count('Ballots a rater reads.'), v.literal('all', 'must be equal to constant')]),
      `Ballots a rater reads. Default ${configDefaults.n}.`,
    ),
  ),
  raters: maybe(count('People who will score; each reads different prompts.')),
  checkN: maybe(count('Prompts answered for machine checks, ballots included.')),
  trials: maybe(count('Independent answers per prompt.')),
  retries: maybe(
    about(v.pipe(whole, least(0), most(10)), `Answer retries after a failed check. Default ${configDefaults.retries}.`),
  ),
  retryMode: maybe(about(oneOf(['same', 'feedback']), 'Ask again as before, or tell the model what failed.')),
  seed: maybe(about(whole, 'Seed of the sample and of the models, never of the deal.')),
  maxTokens: maybe(count(`Output cap for every arm. Default ${configDefaults.maxTokens}.`)),
  temperature: maybe(
    about(v.pipe(number, least(0), most(2)), `Where the log has none. Default ${configDefaults.temperature}.`),
  ),
  endpoint: maybe(about(oneOf(['preference', 'retry']), 'What the verdict is about; fixed before the first vote.')),
  margin: maybe(
    about(
      v.pipe(number, least(0.01), most(0.5)),
      `What closed may win by and open still counts as good enough. In hundredths, 0.01 to 0.50. Default ${hundredths(configDefaults.margin.preference)} (retry: ${hundredths(configDefaults.margin.retry)}).`,
    ),
  ),
  hard: maybe(about(v.pipe(number, above(0), below(1)), 'Share of hard prompts in the plan.')),
  maxSteps: maybe(count(`Model calls in one attempt of a tool loop. Default ${configDefaults.maxSteps}.`)),
  maxCost: maybe(about(v.pipe(number, least(0)), 'US dollars; stops before the call that would pass it.')),
  concurrency: maybe(
    about(
      v.union([v.string(), v.pipe(v.number(), v.integer('must be string,integer'))], 'must be string,integer'),
      'Calls in flight: 8, or closed=8,open=1.',
    ),
  ),
  prices: maybe(about(text, 'A LiteLLM price file.')),
  taskField: maybe(about(text, 'Field or path of a log that names the task, as --task-field does.')),
  promptField: maybe(about(text, 'Field or path that holds the prompt, as --prompt-field does.')),
  messagesField: maybe(about(text, 'Field or path that holds the messages, as --messages-field does.')),
  answerField: maybe(about(text, 'Field or path that holds the answer, as --answer-field does.')),
  taskMap: maybe(about(table(text), 'Renames tasks: name in the log: name to use.')),
  tasks: maybe(
    about(
      table(
        keys({
          failureCost: maybe(
            about(oneOf(levels), 'What a bad answer costs here; moves the margin when a route is chosen.'),
          ),
        }),
      ),
      'Settings per task.',
    ),
  ),
  checks: maybe(
    about(
      table(list(v.union([v.string(), table(v.unknown())], 'must be string,object'))),
      'Checks per task; "*" is every task: {"*": ["json", {"maxWords": 60}]}',
    ),
  ),
  redact: maybe(
    about(
      list(keys({ name, pattern: name })),
      'Your own patterns to replace, beside e-mail addresses, keys and the like.',
    ),
  ),
  gates: maybe(about(gates, 'What gapcheck ci fails on.')),
  money: maybe(about(money, 'What the report knows about the bill; its options say the same.')),
  tools: maybe(
    about(
      keys({
        exec: maybe(
          about(
            v.union([v.string(), list(text)], 'must be string,array'),
            'A program: the call as JSON on stdin, the result on stdout.',
          ),
        ),
        seconds: maybe(about(daySeconds, 'Longest time for one call.')),
        stubs: maybe(about(table(v.unknown()), 'A fixed result per tool name.')),
      }),
      'Where results of tool calls come from when the log has none.',
    ),
  ),
  faults: maybe(about(keys({ toolError: maybe(upToOne) }), 'Tool errors to inject, the same for every arm.')),
});

/** As the file has it, once it was checked. */
export type WrittenConfig = v.InferOutput<typeof configSchema>;
export type WrittenArm = v.InferOutput<typeof armSettings>;
export type WrittenVariant = NonNullable<WrittenArm['variants']>[string];

/** Verbs up to the votes, in flow order: demo, init, doctor, import, run, score, more. */
import { type Command, Option } from 'commander';
import type {
  DemoOptions,
  DoctorOptions,
  ImportOptions,
  InitOptions,
  MoreOptions,
  RunOptions,
  ScoreOptions,
} from '../app/verb-options.ts';
import type { Actions, Done } from './actions.ts';
import {
  checkCountOption,
  collect,
  commaList,
  concurrencyOption,
  configOption,
  countOrAll,
  examples,
  maxCostOption,
  positive,
  resultsOption,
  share,
  wholeNumber,
} from './shared-options.ts';

export function declareDemo(program: Command, actions: Actions, done: Done): void {
  program
    .command('demo')
    .description('the whole job on packaged prompts: no key, no model, no network')
    .addOption(resultsOption())
    .option('--name <name>', 'name of the run folder (default: demo)')
    .option('--no-score', 'do not open the scoring session')
    .addHelpText(
      'after',
      examples(['gapcheck demo'], ['gapcheck demo --no-score && gapcheck score --plain', 'for a screen reader']),
    )
    .action(async (options: DemoOptions) => done(await actions.demo(options)));
}

export function declareInit(program: Command, actions: Actions, done: Done): void {
  program
    .command('init')
    .summary('find keys and models, ask, write gapcheck.config.yaml')
    .description('look for keys and models, ask, and write gapcheck.config.yaml')
    .option('--closed <spec>', 'the closed side, without asking')
    .option('--open <spec>', 'the open side, without asking (repeatable)', collect)
    .option('--ci', 'write a GitHub workflow for gapcheck ci, beside the config')
    .option('--endpoint <url>', 'with --ci: where a CI machine reaches the Ollama that serves the open model')
    .option('--force', 'write over what is there')
    .addHelpText(
      'after',
      examples(
        ['gapcheck init'],
        ['gapcheck init --closed openai:gpt-5.6 --open ollama:qwen3:8b'],
        ['gapcheck init --ci --endpoint http://10.0.0.5:11434'],
      ),
    )
    .action(async (options: InitOptions) => done(await actions.init(options)));
}

export function declareDoctor(program: Command, actions: Actions, done: Done): void {
  program
    .command('doctor')
    .summary('check keys, endpoints, Ollama and the config; say what to do')
    .description('check keys, endpoints, Ollama and its models, the config and the terminal; say what to do')
    .addOption(configOption())
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', examples(['gapcheck doctor']))
    .action(async (options: DoctorOptions) => done(await actions.doctor(options)));
}

export function declareImport(program: Command, actions: Actions, done: Done): void {
  program
    .command('import')
    .description('any log format → prompts, and an audit of the log')
    .argument('[logs...]', 'CSV, JSON, JSONL, also .gz and .zip; several files and patterns')
    .optionsGroup('What comes out:')
    .option('-o, --output <file>', 'write prompts here (default: to stdout)')
    .option('--force', 'write over a file that gapcheck import did not write')
    .option('-n <count>', 'a sample of this size ("all", and the default: every prompt)', countOrAll)
    .option('--tasks <a,b,c>', 'only these tasks (default: all)', commaList)
    .option('--hard <share>', 'share of hard prompts, e.g. 40% (default: as in the log)', share)
    .option('--since <time>', 'only records since then, e.g. 7d, 12h or 2026-11-01')
    .option('--until <time>', 'only records until then, e.g. 2026-11-08')
    .option('--seed <number>', 'which sample is drawn: the same number, the same sample (default 1)', wholeNumber)
    .option('--preview', 'say how the log is understood and show three records; write nothing')
    .option('--json', 'print the summary and the audit as JSON')
    .optionsGroup('How the log is read, where it is not obvious:')
    .option('--format <name>', 'chat, langfuse, otel, ai-sdk, helicone, csv, …')
    .option('--encoding <name>', 'shift_jis, windows-1251, utf-16le, …')
    .option('--prompt-field <name>', 'column or path that holds the prompt')
    .option('--messages-field <name>', 'column or path that holds the messages')
    .option('--answer-field <name>', 'column or path that holds the logged answer')
    .option('--task-field <name>', 'column or path that holds the task')
    .option('--task-map <old=new>', 'rename a task (repeatable)', collect)
    .option('--template <file>', 'promptfoo: the prompt that the variables go into')
    .option('--include-flagged', 'keep prompts that the log cut, blacked out or holds only in part')
    .option('--no-redact', 'keep e-mail addresses, keys and the like as they are')
    .option(
      '--config <file>',
      'own redaction patterns and task names (default: gapcheck.config.yaml, where there is one)',
    )
    .addHelpText('after', importExamples)
    .action(async (files: string[], options: ImportOptions) => done(await actions.import(files, options)));
}

const importExamples = examples(
  ['gapcheck import traces.jsonl --preview'],
  ["gapcheck import 'exports/*.jsonl.gz' -o prompts.jsonl --since 7d"],
  ['gapcheck import requests.jsonl results.jsonl -o prompts.jsonl', 'a batch and its results'],
  ['gapcheck import own.jsonl --messages-field body.messages -o prompts.jsonl'],
);

export function declareRun(program: Command, actions: Actions, done: Done): void {
  program
    .command('run')
    .description('freeze the prompts, answer them, score blind, report')
    .argument('[prompts...]', 'CSV, JSONL or JSON files with your prompts')
    .optionsGroup('What is compared:')
    .option('--closed <spec>', 'the closed side: provider:model, logged, or column:NAME')
    .option('--open <spec>', 'the open side (repeatable)', collect)
    .option('--control <spec>', 'the same open model at full precision, hosted')
    .option('--arm <name=spec>', 'one more open model, with a name for it (repeatable)', collect)
    .addOption(new Option('--pairs <which>', 'also vote on open vs control and control vs closed').choices(['all']))
    .option('--pull', 'let Ollama pull a model that it lacks (gigabytes)')
    .option('--prices <file>', 'prices in LiteLLM’s format; they win over the built-in table')
    .optionsGroup('How much:')
    .option('-n <count>', 'ballots per rater (default 24; "all" takes every prompt)', countOrAll)
    .option('--raters <count>', 'people who will score; each reads different prompts (default 1)', positive)
    .addOption(checkCountOption())
    .option('--tasks <a,b,c>', 'take these tasks (default: the three largest)', commaList)
    .option('--hard <share>', 'share of hard prompts, e.g. 40% (default: as in the log)', share)
    .option('--trials <count>', 'independent answers per prompt (default 1)', positive)
    .option('--since <time>', 'only records since then, e.g. 7d, 12h or 2026-11-01')
    .option('--until <time>', 'only records until then, e.g. 2026-11-08')
    .optionsGroup('How the file is read, where it does not say so itself:')
    .option('--format <name>', 'chat, langfuse, otel, ai-sdk, helicone, csv, …')
    .option('--encoding <name>', 'shift_jis, windows-1251, utf-16le, …')
    .option('--prompt-field <name>', 'column or path that holds the prompt')
    .option('--messages-field <name>', 'column or path that holds the messages')
    .option('--answer-field <name>', "column or path that holds production's answer")
    .option('--task-field <name>', 'column or path that holds the task')
    .optionsGroup('How it is done:')
    .option(
      '--seed <number>',
      'of the sample and of the models; which answer is LEFT stays secret (default 1)',
      wholeNumber,
    )
    .addOption(concurrencyOption())
    .addOption(maxCostOption())
    .option('--dry-run', 'print the plan, send nothing')
    .option('--no-redact', 'send e-mail addresses, keys and the like as they are')
    .option('--no-score', 'answer only; score later')
    .option('--yes', 'do not ask before spending')
    .option('--name <name>', "name of the run folder (default: the file's; no model names, raters see it)")
    .addOption(resultsOption())
    .option('--resume [run]', 'send only what is missing (default: the newest run)')
    .option('--reuse', 'take over answers of earlier runs to the very same calls')
    .option('--lock [file]', 'write gapcheck.lock.json, for `gapcheck ci` (written by itself where a config is)')
    .addOption(configOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', runExamples)
    .action(async (prompts: string[], options: RunOptions & { n?: RunOptions['n'] }) =>
      done(await actions.run(prompts, options)),
    );
}

const runExamples = examples(
  ['gapcheck run prompts/demo.csv', 'both answers are in the file: nothing is sent'],
  ['gapcheck run prompts.csv --closed openai:gpt-5.6 --open ollama:qwen3:8b'],
  ['gapcheck run logs.jsonl --closed logged --open ollama:qwen3:8b', "production's own answers as the closed side"],
  ['gapcheck run --resume', 'after a crash or Ctrl-C'],
);

export function declareScore(program: Command, actions: Actions, done: Done): void {
  program
    .command('score')
    .description('the blind session; continues where it stopped')
    .argument('[run]', 'run folder or its name (default: the newest)')
    .option('--rater <name>', 'who is scoring (default: your login name)')
    .option('--plain', 'line by line, numbers and Enter: for screen readers')
    .option('--finish', 'end your scoring here; your votes can no longer change')
    .addOption(resultsOption())
    .addHelpText('after', examples(['gapcheck score'], ['gapcheck score 2026-11-21T0930Z-tickets --rater maria']))
    .action(async (run: string | undefined, options: ScoreOptions) => done(await actions.score(run, options)));
}

export function declareMore(program: Command, actions: Actions, done: Done): void {
  program
    .command('more')
    .description('answer the next prompts of the reserve, and go on scoring')
    .argument('[run-and-count...]', 'run folder (default: the newest) and how many (default: 15)')
    .option('--task <task>', 'only prompts of this task')
    .addOption(concurrencyOption())
    .addOption(maxCostOption())
    .option('--no-score', 'answer only; score later')
    .addOption(configOption())
    .addOption(resultsOption())
    .addHelpText(
      'after',
      examples(['gapcheck more 15 --task summarise-ticket'], ['gapcheck more 2026-11-21T0930Z-tickets 30']),
    )
    .action(async (words: string[], options: MoreOptions) => done(await actions.more(words, options)));
}

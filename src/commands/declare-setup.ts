/** Verbs before the first run: demo, init, doctor, import. */
import type { Command } from 'commander';
import type { Actions, Done } from './actions.ts';
import type { DemoOptions, DoctorOptions, ImportOptions, InitOptions } from './command-options.ts';
import { collect, commaList, countOrAll, share, wholeNumber } from './option-values.ts';
import { configOption, examples, resultsOption } from './shared-options.ts';

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

/** The verbs that answer and score: run, score, more. */
import { type Command, Option } from 'commander';
import type { Actions, Done } from './actions.ts';
import type { MoreOptions, RunOptions, ScoreOptions } from './command-options.ts';
import { collect, commaList, countOrAll, positive, share, wholeNumber } from './option-values.ts';
import {
  checkCountOption,
  concurrencyOption,
  configOption,
  examples,
  maxCostOption,
  resultsOption,
} from './shared-options.ts';

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

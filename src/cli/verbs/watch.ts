import type { WatchOptions } from '../../app/verb-options.ts';
import {
  compared,
  concurrency,
  config,
  each,
  flag,
  group,
  lateMs,
  margin,
  maxCost,
  positive,
  prices,
  read,
  reading,
  redact,
  results,
  text,
  weekDays,
} from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<WatchOptions> = {
  name: 'watch',
  description: 'compare both models on a week of real traffic: a few prompts of each day, started by cron',
  summary: 'compare both models on a week of real traffic, a few prompts a day',
  args: [{ name: '[logs...]', says: 'logs that grow, rotate or are packed; patterns in quotes' }],
  options: {
    ...group('What is compared:', {
      closed: text('--closed <spec>', 'the closed side: provider:model, or logged'),
      open: each('--open <spec>', 'the open side (repeatable); column:silent: the silent copies of a mirror log'),
      ...compared,
      prices,
    }),
    ...group('The week:', {
      perDay: read('--per-day <count>', 'prompts to read of each day (default 6)', positive),
      for: read('--for <days>', 'how many days, such as 7d (the default)', weekDays),
      tz: text('--tz <zone>', 'time zone of the days, such as Europe/Berlin (default: UTC)'),
      late: read('--late <time>', 'how long a day waits for late records, such as 1h (the default)', lateMs),
      maxCost,
      name: text('--name <name>', 'by which further starts find this week (default: from the name of the log)'),
    }),
    ...group('How it is done:', {
      raters: read('--raters <count>', 'people who will vote (default 1)', positive),
      margin,
      check: each('--check <task=check>', 'check the answers of a task: reply=maxWords:60 (repeatable)'),
      concurrency,
      dryRun: flag('--dry-run', 'print the plan or how far the week is; send and write nothing'),
      testCall: flag('--no-test-call', 'leave out the test call of the first start'),
      redact,
      withoutGone: flag('--without-gone', 'close the day although a log that was read before is gone or shorter'),
      yes: flag('--yes', 'do not ask before the week starts'),
      results,
      config,
      json: flag('--json', 'print how far the week is as JSON'),
    }),
    ...group('How the logs are read, where they do not say so themselves:', reading),
  },
  most: ['closed', 'open', 'perDay', 'for', 'tz', 'maxCost', 'name', 'yes'],
  examples: [
    ["gapcheck watch 'logs/*.jsonl*' --open ollama:qwen3:8b --max-cost 5 --yes", 'the line for cron'],
    ["gapcheck watch 'logs/*.jsonl*' --closed logged --open column:silent", 'a mirror log: nothing is sent'],
  ],
  run: async (logs, options, context) =>
    (await import('../../app/watch/watch-logs.ts')).watch([...logs], options, context),
};

import type { MoreOptions } from '../../app/verb-options.ts';
import { concurrency, config, flag, maxCost, results, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<MoreOptions> = {
  name: 'more',
  description: 'add unused prompts to a run and continue to vote',
  args: [{ name: '[run-and-count...]', says: 'run folder (default: the newest) and how many (default: 15)' }],
  options: {
    task: text('--task <task>', 'only prompts of this task'),
    rater: text('--rater <name>', 'who is voting (default: your login name)'),
    concurrency,
    maxCost,
    score: flag('--no-score', 'get answers only; vote later'),
    config,
    results,
  },
  examples: [['gapcheck more 15 --task summarise-ticket'], ['gapcheck more 2026-11-21T0930Z-tickets 30']],
  run: async (words, options, context) =>
    (await import('../../app/more-prompts.ts')).more([...words], options, context),
};

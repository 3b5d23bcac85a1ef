import type { ListOptions } from '../../app/verb-options.ts';
import { flag, results } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ListOptions & { all?: boolean }> = {
  name: 'list',
  description: 'list the runs, newest first, and what each waits for',
  args: [],
  options: {
    all: flag('--all', 'all runs, not only the newest 15'),
    json: flag('--json', 'print them as JSON'),
    results,
  },
  examples: [['gapcheck list'], ['gapcheck list --all --results ../other/results']],
  run: async (_args, options, context) => (await import('../../app/list-runs.ts')).list(options, context),
};

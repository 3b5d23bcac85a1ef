import type { ListOptions } from '../../app/verb-options.ts';
import { flag, results } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ListOptions> = {
  name: 'status',
  summary: 'show one run: plan, raters, voting pages, next step',
  description: 'show one run: its plan, its raters, the voting pages that are out, and the next step',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: { json: flag('--json', 'print it as JSON'), results },
  examples: [['gapcheck status'], ['gapcheck status 2026-11-21T0930Z-tickets']],
  run: async ([run], options, context) => (await import('../../app/list-runs.ts')).status(run, options, context),
};

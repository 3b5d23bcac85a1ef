import type { DemoOptions } from '../../app/verb-options.ts';
import { flag, results, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<DemoOptions> = {
  name: 'demo',
  description: 'try everything on sample prompts: no key, no model, no network',
  args: [],
  options: {
    results,
    name: text('--name <name>', 'name of the run folder (default: demo)'),
    score: flag('--no-score', 'do not open the blind session'),
  },
  examples: [['gapcheck demo'], ['gapcheck demo --no-score && gapcheck score --plain', 'for a screen reader']],
  run: async (_args, options, context) => (await import('../../app/demo-job.ts')).demo(options, context),
};

import type { ScoreOptions } from '../../app/verb-options.ts';
import { flag, results, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ScoreOptions> = {
  name: 'score',
  description: 'start the blind session, or continue it where it stopped',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: {
    rater: text('--rater <name>', 'who is voting (default: your login name)'),
    plain: flag('--plain', 'line by line, numbers and Enter: for screen readers'),
    finish: flag('--finish', 'end your voting here; your votes can no longer change'),
    results,
  },
  examples: [['gapcheck score'], ['gapcheck score 2026-11-21T0930Z-tickets --rater maria']],
  run: async ([run], options, context) => (await import('../../app/score/score-run.ts')).score(run, options, context),
};

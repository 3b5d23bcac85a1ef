import type { OutdatedOptions } from '../../app/verb-options.ts';
import { config, flag, lock, within } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<OutdatedOptions> = {
  name: 'outdated',
  summary: 'what changed since the lock file: models, prices, licences',
  description:
    'what changed since gapcheck.lock.json: models, prices, licences; exit 1 when something did, 4 when an arm could not be looked at',
  args: [],
  options: { lock, config, within, json: flag('--json', 'print the result as JSON') },
  examples: [['gapcheck outdated'], ['gapcheck outdated --json', 'for a script; exit code 1 when something changed']],
  run: async (_args, options, context) => (await import('../../app/ci/what-changed.ts')).outdated(options, context),
};

import type { InitOptions } from '../../app/verb-options.ts';
import { each, flag, peopleCount, points, read, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<InitOptions> = {
  name: 'init',
  description: 'find keys and models, then write gapcheck.config.yaml with you',
  args: [],
  options: {
    closed: text('--closed <spec>', 'the closed side, without asking'),
    open: each('--open <spec>', 'the open side, without asking (repeatable)'),
    margin: read('--margin <points>', 'the lead of closed, per 100 prompts, that you accept, without asking', points),
    ci: flag('--ci', 'write a GitHub workflow for gapcheck ci, beside the config'),
    endpoint: text('--endpoint <url>', 'with --ci: where a CI machine reaches the Ollama that serves the open model'),
    raters: read('--raters <count>', 'with --ci: how many people vote', peopleCount),
    yes: flag('--yes', 'do not ask: the newest model of Ollama, and the answers in the log where no key is set'),
    force: flag('--force', 'write over what is there'),
  },
  examples: [
    ['gapcheck init'],
    ['gapcheck init --closed openai:gpt-5.6 --open ollama:qwen3:8b'],
    ['gapcheck init --ci --raters 3 --endpoint http://10.0.0.5:11434'],
  ],
  run: async (_args, options, context) => (await import('../../app/config/init-config.ts')).init(options, context),
};

import type { DoctorOptions } from '../../app/verb-options.ts';
import { config, flag } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<DoctorOptions> = {
  name: 'doctor',
  summary: 'check keys, endpoints, Ollama and the config, and say what to do',
  description: 'check keys, endpoints, Ollama and its models, the config and the terminal, and say what to do',
  args: [],
  options: { config, json: flag('--json', 'print the findings as JSON') },
  examples: [['gapcheck doctor']],
  run: async (_args, options, context) => (await import('../../app/check-setup.ts')).doctor(options, context),
};

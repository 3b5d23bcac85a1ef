import type { VotesOptions } from '../../app/verb-options.ts';
import { results, text } from '../option-rows.ts';
import type { Verb, VerbGroup } from '../verb.ts';

const exportVerb: Verb<VotesOptions> = {
  name: 'export',
  description: 'every vote with its models and its winner, one JSON line each',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: { output: text('-o, --output <file>', 'write here (default: to stdout)'), results },
  examples: [['gapcheck votes export -o votes.jsonl']],
  run: async ([run], options, context) =>
    (await import('../../app/result/arena-votes.ts')).exportVotes(run, options, context),
};

const importVerb: Verb<Pick<VotesOptions, 'results'>> = {
  name: 'import',
  description: 'battles on prompts of a run, as votes; safe to repeat',
  args: [{ name: '<run-and-files...>', says: 'the run (default: the newest), then .jsonl or .json files' }],
  options: { results },
  examples: [['gapcheck votes import votes.jsonl']],
  run: async (files, options, context) =>
    (await import('../../app/result/arena-votes.ts')).importVotes([...files], options, context),
};

export const verb: VerbGroup = {
  name: 'votes',
  description: 'votes to and from the arena battle format (model_a, model_b, winner)',
  verbs: [exportVerb, importVerb],
};

import type { VoidOptions, VotesOptions } from '../../app/verb-options.ts';
import { needed, results, text } from '../option-rows.ts';
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

const voidVerb: Verb<VoidOptions> = {
  name: 'void',
  description: "take one rater's votes out of the result; the file is kept, and the report says so",
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: {
    rater: needed('--rater <name>', 'whose votes'),
    reason: text('--reason <text>', 'why; events.jsonl keeps it'),
    results,
  },
  examples: [
    ['gapcheck votes void --rater jo --reason "not cast by jo"'],
    ['gapcheck packet --rater jo -o jo.html', 'gives the ballots out again'],
  ],
  run: async ([run], options, context) =>
    (await import('../../app/score/void-votes.ts')).voidVotes(run, options, context),
};

export const verb: VerbGroup = {
  name: 'votes',
  description: 'export votes, import votes, or void the votes of one rater',
  verbs: [exportVerb, importVerb, voidVerb],
};

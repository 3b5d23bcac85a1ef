import type { PacketOptions } from '../../app/verb-options.ts';
import { examples } from '../examples.ts';
import { needed, results } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<PacketOptions> = {
  name: 'packet',
  summary: 'ballots in one file, for a rater elsewhere',
  description: 'ballots in one file, for a rater elsewhere; nothing in it names a model',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: {
    rater: needed('--rater <name>', 'who will score it'),
    output: needed('-o, --output <file>', 'the file to write: NAME.html, a page to vote in, or NAME.json'),
    results,
  },
  after: examples(
    ['gapcheck packet --rater maria -o maria.html', 'a page: they open it, vote, and send back the file it saves'],
    ['gapcheck packet --rater jo -o jo.json', 'for who has Node: there, gapcheck score jo.json'],
    ['gapcheck merge maria.votes.jsonl jo.votes.jsonl', 'here again'],
  ),
  run: async ([run], options, context) =>
    (await import('../../app/score/make-packet.ts')).packet(run, options, context),
};

import type { PacketOptions } from '../../app/verb-options.ts';
import { results, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<PacketOptions> = {
  name: 'packet',
  summary: 'write ballots to one file, for a rater somewhere else',
  description: 'write ballots to one file, for a rater somewhere else; it has no model names',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: {
    rater: text('--rater <name>', 'who will vote on it'),
    output: text('-o, --output <file>', 'the file to write: NAME.html, a page to vote in, or NAME.json'),
    withdraw: text('--withdraw <name>', 'withdraw the packet of this rater: others get its prompts'),
    results,
  },
  examples: [
    ['gapcheck packet --rater maria -o maria.html', 'Maria opens the page, votes, and sends you the file it saves'],
    [
      'gapcheck packet --rater jo -o jo.json',
      'Jo (has Node) runs gapcheck score jo.json; you then merge jo.votes.jsonl',
    ],
    ['gapcheck packet --withdraw jo', 'Jo has no time; votes on that packet are refused from now on'],
    ['gapcheck merge maria.votes.jsonl jo.votes.jsonl', 'you, when their files are back'],
  ],
  run: async ([run], options, context) =>
    (await import('../../app/score/make-packet.ts')).packet(run, options, context),
};

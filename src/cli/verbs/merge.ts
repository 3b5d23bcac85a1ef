import type { MergeOptions } from '../../app/verb-options.ts';
import { flag, results, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<MergeOptions> = {
  name: 'merge',
  description: 'add the votes that came back from a voting page or file; safe to repeat',
  args: [{ name: '<run-and-votes...>', says: 'the run (default: the newest), then votes files' }],
  options: {
    fingerprint: text('--fingerprint <hash>', 'the fingerprint the rater saw: refuse a file that has another one'),
    skipVoided: flag('--skip-voided', 'pass over a file whose votes were voided, instead of ending with exit 2'),
    results,
  },
  examples: [
    ['gapcheck merge maria.votes.jsonl'],
    ['gapcheck merge maria.votes.jsonl --fingerprint 5f3a9c01d2e4b6f7', 'the one that Maria read out to you'],
    ['gapcheck merge 2026-11-21T0930Z-tickets maria.votes.jsonl jo.votes.jsonl'],
  ],
  run: async (files, options, context) =>
    (await import('../../app/score/merge-votes.ts')).merge([...files], options, context),
};

import type { CiOptions } from '../../app/verb-options.ts';
import {
  checkN,
  concurrency,
  config,
  each,
  flag,
  lock,
  maxCost,
  results,
  testCall,
  text,
  within,
} from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<CiOptions> = {
  name: 'ci',
  summary: 'in CI: re-run changed models, keep valid votes, pass or fail',
  description: 'for CI: answer the locked prompts again, keep valid votes, let people vote on the rest, pass or fail',
  args: [
    { name: '[run]', says: 'only with --verdict: which run (default: the newest that answers the locked prompts)' },
  ],
  options: {
    verdict: flag('--verdict', 'CI step 2: pass or fail on the votes that came back; calls no model'),
    ifChanged: flag('--if-changed', 'exit at once, without a call, if no model has changed since the lock file'),
    again: flag('--again', 'call every model again, also those that look unchanged'),
    testCall,
    accept: flag('--accept', 'when the gates pass, name this run in the lock file'),
    checkN,
    rater: each('--rater <name>', 'who gets the packet (repeatable; default: reviewer)'),
    out: text('-o, --out <dir>', 'where packet, comment, JUnit and report go (default: ci/ in the run folder)'),
    comment: text('--comment <file>', 'the pull-request comment (default: comment.md there)'),
    junit: text('--junit <file>', 'JUnit XML (default: junit.xml there)'),
    concurrency,
    maxCost,
    results,
    lock,
    config,
    within,
    json: flag('--json', 'print the result as JSON'),
  },
  most: ['verdict', 'ifChanged', 'again', 'accept', 'rater', 'out', 'lock', 'maxCost'],
  examples: [
    ['gapcheck ci --if-changed -o gapcheck-ci', 'step 1: re-run what changed'],
    ['gapcheck score gapcheck-ci/packet-reviewer.json', 'a person votes, anywhere'],
    ['gapcheck merge packet-reviewer.votes.jsonl && gapcheck ci --verdict', 'step 2: pass or fail'],
  ],
  exitCodes:
    '0 passed, 1 failed, 2 something to correct in the command or the config, 3 answers are missing, 4 cannot decide yet, 5 blinding or seal broken',
  run: async ([run], options, context) => (await import('../../app/ci/ci-job.ts')).ci(run, options, context),
};

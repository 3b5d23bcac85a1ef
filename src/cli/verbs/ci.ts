import type { CiOptions } from '../../app/verb-options.ts';
import { examples } from '../examples.ts';
import { checkN, concurrency, config, each, flag, lock, maxCost, results, text, within } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<CiOptions> = {
  name: 'ci',
  summary: 'in CI: ask again what changed, keep the votes that hold, gate',
  description: 'for CI: answer the locked prompts again, keep the votes that still hold, ask people the rest, gate',
  args: [
    { name: '[run]', says: 'only with --verdict: which run (default: the newest that answers the locked prompts)' },
  ],
  options: {
    verdict: flag('--verdict', 'the second job: gate on the votes that came back; asks no model'),
    ifChanged: flag('--if-changed', 'end at once, with no call, when no arm changed since the lock'),
    again: flag('--again', 'ask every arm again, also those that look unchanged'),
    testCall: flag('--no-test-call', 'ask without the test call, which meets a wrong key or model while it is cheap'),
    accept: flag('--accept', 'when the gates pass, make this run the locked one'),
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
  after: `
Exit codes: 0 passed, 1 failed, 2 something to correct in the command or the
config, 3 answers are missing, 4 cannot decide yet, 5 blinding or seal broken.
${examples(
  ['gapcheck ci --if-changed -o gapcheck-ci', 'the first job: minutes'],
  ['gapcheck score gapcheck-ci/packet-reviewer.json', 'a person, wherever'],
  ['gapcheck merge packet-reviewer.votes.jsonl && gapcheck ci --verdict', 'the second job'],
)}`,
  run: async ([run], options, context) => (await import('../../app/ci/ci-job.ts')).ci(run, options, context),
};

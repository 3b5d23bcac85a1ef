/** New releases and the shell: outdated, ci, completion. */
import { Argument, type Command } from 'commander';
import type { Actions, Done } from './actions.ts';
import type { CiOptions, OutdatedOptions } from './command-options.ts';
import type { Shell } from './completion.ts';
import { collect } from './option-values.ts';
import {
  checkCountOption,
  concurrencyOption,
  configOption,
  examples,
  lockOption,
  maxCostOption,
  resultsOption,
} from './shared-options.ts';

export function declareOutdated(program: Command, actions: Actions, done: Done): void {
  program
    .command('outdated')
    .summary('what changed since the lock file: models, prices, licences')
    .description('what changed since gapcheck.lock.json: models, prices, licences; exit 1 when something did')
    .addOption(lockOption())
    .addOption(configOption())
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      examples(['gapcheck outdated'], ['gapcheck outdated --json', 'for a script; exit code 1 when something changed']),
    )
    .action(async (options: OutdatedOptions) => done(await actions.outdated(options)));
}

export function declareCi(program: Command, actions: Actions, done: Done): void {
  program
    .command('ci')
    .summary('in CI: ask again what changed, keep the votes that hold, gate')
    .description('for CI: answer the locked prompts again, keep the votes that still hold, ask people the rest, gate')
    .argument('[run]', 'only with --verdict: which run (default: the newest that answers the locked prompts)')
    .option('--verdict', 'the second job: gate on the votes that came back; asks no model')
    .option('--if-changed', 'end at once, with no call, when no arm changed since the lock')
    .option('--again', 'ask every arm again, also those that look unchanged')
    .option('--accept', 'when the gates pass, make this run the locked one')
    .addOption(checkCountOption())
    .option('--rater <name>', 'who gets the packet (repeatable; default: reviewer)', collect)
    .option('-o, --out <dir>', 'where packet, comment, JUnit and report go (default: ci/ in the run folder)')
    .option('--comment <file>', 'the pull-request comment (default: comment.md there)')
    .option('--junit <file>', 'JUnit XML (default: junit.xml there)')
    .addOption(concurrencyOption())
    .addOption(maxCostOption())
    .addOption(resultsOption())
    .addOption(lockOption())
    .addOption(configOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', ciExamples)
    .action(async (run: string | undefined, options: CiOptions) => done(await actions.ci(run, options)));
}

const ciExamples = `
Exit codes: 0 passed, 1 failed, 2 something to correct in the command or the
config, 3 answers are missing, 4 cannot decide yet, 5 blinding or seal broken.
${examples(
  ['gapcheck ci --if-changed -o gapcheck-ci', 'the first job: minutes'],
  ['gapcheck score gapcheck-ci/packet-reviewer.json', 'a person, wherever'],
  ['gapcheck merge packet-reviewer.votes.jsonl && gapcheck ci --verdict', 'the second job'],
)}`;

/** Not in the list of commands: it is typed once, from the README. */
export function declareCompletion(program: Command, actions: Actions, done: Done): void {
  program
    .command('completion', { hidden: true })
    .description('a completion script for your shell')
    .addArgument(new Argument('<shell>', 'whose').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', '\nExamples:\n  $ eval "$(gapcheck completion bash)"\n  $ gapcheck completion fish | source')
    .action(async (shell: Shell) => done(await actions.completion(shell, program)));
}

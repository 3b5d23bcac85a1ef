/** Verbs from the votes on: report, packet, merge, votes, outdated, ci, completion. */
import { Argument, type Command } from 'commander';
import type {
  CiOptions,
  MergeOptions,
  OutdatedOptions,
  PacketOptions,
  ReportOptions,
  VotesOptions,
} from '../app/verb-options.ts';
import type { Actions, Done } from './actions.ts';
import {
  checkCountOption,
  collect,
  concurrencyOption,
  configOption,
  dollars,
  examples,
  lockOption,
  maxCostOption,
  people,
  positive,
  resultsOption,
  users,
} from './shared-options.ts';
import type { Shell } from './verbs/completion.ts';

export function declareReport(program: Command, actions: Actions, done: Done): void {
  program
    .command('report')
    .description('what the votes decided, overall and per task')
    .argument('[run]', 'run folder or its name (default: the newest)')
    .option('-o, --output <file>', 'write it too: .html .md .json .csv .ballots.csv .xml (repeatable)', collect)
    .option('--summary', 'print a short Markdown form, for a pull-request comment')
    .option('--routes <file>', 'write which model each task goes to: .json, or .yaml for LiteLLM (repeatable)', collect)
    .option('--json', 'print the JSON report')
    .addOption(resultsOption())
    .optionsGroup('Money:')
    .option('--volume <calls>', "calls a month (default: the log's own rate)", positive)
    .option('--machine-price <usd>', 'US dollars per hour of the machine that the open model needs', dollars)
    .option('--ops-fte <share>', 'share of a person who keeps it running (default 0.25, assumed)', people)
    .option('--ops-year <usd>', 'what that person costs a year (default 120000, assumed)', dollars)
    .optionsGroup('Licences:')
    .option('--mau <users>', 'monthly users of all your products, for licences with a limit', users)
    .optionsGroup('Seal:')
    .option('--unblind', 'open the seal before everybody has finished; recorded, and closes voting')
    .addHelpText(
      'after',
      examples(
        ['gapcheck report'],
        ['gapcheck report -o report.html -o report.json'],
        ['gapcheck report --routes routes.json --volume 200000 --machine-price 1.20'],
      ),
    )
    .action(async (run: string | undefined, options: ReportOptions) => done(await actions.report(run, options)));
}

export function declarePacket(program: Command, actions: Actions, done: Done): void {
  program
    .command('packet')
    .summary('ballots in one file, for a rater elsewhere')
    .description('ballots in one file, for a rater elsewhere; nothing in it names a model')
    .argument('[run]', 'run folder or its name (default: the newest)')
    .requiredOption('--rater <name>', 'who will score it')
    .requiredOption('-o, --output <file>', 'the file to write: NAME.html, a page to vote in, or NAME.json')
    .addOption(resultsOption())
    .addHelpText('after', packetExamples)
    .action(async (run: string | undefined, options: PacketOptions) => done(await actions.packet(run, options)));
}

const packetExamples = examples(
  ['gapcheck packet --rater maria -o maria.html', 'a page: they open it, vote, and send back the file it saves'],
  ['gapcheck packet --rater jo -o jo.json', 'for who has Node: there, gapcheck score jo.json'],
  ['gapcheck merge maria.votes.jsonl jo.votes.jsonl', 'here again'],
);

export function declareMerge(program: Command, actions: Actions, done: Done): void {
  program
    .command('merge')
    .description('take votes that came back from a packet; safe to repeat')
    .argument('<run-and-votes...>', 'the run (default: the newest), then votes files')
    .addOption(resultsOption())
    .addHelpText(
      'after',
      examples(
        ['gapcheck merge maria.votes.jsonl'],
        ['gapcheck merge 2026-11-21T0930Z-tickets maria.votes.jsonl jo.votes.jsonl'],
      ),
    )
    .action(async (files: string[], options: MergeOptions) => done(await actions.merge(files, options)));
}

export function declareVotes(program: Command, actions: Actions, done: Done): void {
  const votes = program
    .command('votes')
    .description('votes to and from the arena battle format (model_a, model_b, winner)');
  votes
    .command('export')
    .description('every vote with its models and its winner, one JSON line each')
    .argument('[run]', 'run folder or its name (default: the newest)')
    .option('-o, --output <file>', 'write here (default: to stdout)')
    .addOption(resultsOption())
    .addHelpText('after', examples(['gapcheck votes export -o votes.jsonl']))
    .action(async (run: string | undefined, options: VotesOptions) => done(await actions.exportVotes(run, options)));
  votes
    .command('import')
    .description('battles on prompts of a run, as votes; safe to repeat')
    .argument('<run-and-files...>', 'the run (default: the newest), then .jsonl or .json files')
    .addOption(resultsOption())
    .addHelpText('after', examples(['gapcheck votes import votes.jsonl']))
    .action(async (files: string[], options: VotesOptions) => done(await actions.importVotes(files, options)));
}

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

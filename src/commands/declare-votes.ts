/** What the votes say and where they go: report, packet, merge, votes. */
import type { Command } from 'commander';
import type { Actions, Done } from './actions.ts';
import type { MergeOptions, PacketOptions, ReportOptions, VotesOptions } from './command-options.ts';
import { collect, dollars, people, positive, users } from './option-values.ts';
import { examples, resultsOption } from './shared-options.ts';

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

/**
 * The command line: verbs in flow order, so `--help` reads as the flow. Actions are passed in, which lets tests
 * parse without doing, and keeps heavy modules out of `--help` and `--version`.
 */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../errors.ts';
import type {
  CiOptions,
  DemoOptions,
  DoctorOptions,
  ImportOptions,
  InitOptions,
  MergeOptions,
  MoreOptions,
  OutdatedOptions,
  PacketOptions,
  ReportOptions,
  RunOptions,
  ScoreOptions,
  VotesOptions,
} from './command-options.ts';
import type { Shell } from './completion.ts';

export interface Actions {
  init(options: InitOptions): Promise<ExitCode>;
  doctor(options: DoctorOptions): Promise<ExitCode>;
  demo(options: DemoOptions): Promise<ExitCode>;
  import(files: string[], options: ImportOptions): Promise<ExitCode>;
  run(prompts: string[], options: RunOptions): Promise<ExitCode>;
  score(run: string | undefined, options: ScoreOptions): Promise<ExitCode>;
  more(runAndCount: string[], options: MoreOptions): Promise<ExitCode>;
  report(run: string | undefined, options: ReportOptions): Promise<ExitCode>;
  packet(run: string | undefined, options: PacketOptions): Promise<ExitCode>;
  merge(runAndVotes: string[], options: MergeOptions): Promise<ExitCode>;
  exportVotes(run: string | undefined, options: VotesOptions): Promise<ExitCode>;
  importVotes(runAndFiles: string[], options: VotesOptions): Promise<ExitCode>;
  outdated(options: OutdatedOptions): Promise<ExitCode>;
  ci(run: string | undefined, options: CiOptions): Promise<ExitCode>;
  completion(shell: Shell, program: Command): Promise<ExitCode>;
}

/** Runs the parsed verb; the exit code comes back through `done`. */
export function createProgram(version: string, actions: Actions, done: (code: ExitCode) => void): Command {
  const program = new Command('gapcheck')
    .description('Is the open model good enough for your work? Your own prompts, two models, thirty minutes, blind.')
    .version(version)
    .exitOverride()
    // One line a command at 80 columns; arguments and options stand in the command's own help.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('(gapcheck --help lists the commands)')
    .option('--debug', 'on an error, print its causes')
    .addHelpText('after', firstScreen);
  declareDemo(program, actions, done);
  declareInit(program, actions, done);
  declareDoctor(program, actions, done);
  declareImport(program, actions, done);
  declareRun(program, actions, done);
  declareScore(program, actions, done);
  declareMore(program, actions, done);
  declareReport(program, actions, done);
  declarePacket(program, actions, done);
  declareMerge(program, actions, done);
  declareVotes(program, actions, done);
  declareOutdated(program, actions, done);
  declareCi(program, actions, done);
  declareCompletion(program, actions, done);
  return program;
}

const firstScreen = `
Three commands do the job:
  gapcheck run prompts.csv      freeze, answer, score blind, report
  gapcheck score                go on scoring the newest run
  gapcheck report               what the votes decided

No key and no model at hand?    gapcheck demo`;

type Done = (code: ExitCode) => void;

/** Commands to copy, within 80 columns; what one is for stands beside it, or below where there is no room. */
function examples(...rows: (readonly [command: string, about?: string])[]): string {
  const lines = rows.map(([command, about]) => {
    const typed = `  $ ${command}`;
    if (about === undefined) return typed;
    return typed.length + about.length + 3 <= 80 ? `${typed}   ${about}` : `${typed}\n      ${about}`;
  });
  return ['\nExamples:', ...lines].join('\n');
}

function declareDemo(program: Command, actions: Actions, done: Done): void {
  program
    .command('demo')
    .description('the whole job on packaged prompts: no key, no model, no network')
    .addOption(resultsOption())
    .option('--name <name>', 'name of the run folder (default: demo)')
    .option('--no-score', 'do not open the scoring session')
    .addHelpText(
      'after',
      examples(['gapcheck demo'], ['gapcheck demo --no-score && gapcheck score --plain', 'for a screen reader']),
    )
    .action(async (options: DemoOptions) => done(await actions.demo(options)));
}

/** Not in the list of commands: it is typed once, from the README. */
function declareCompletion(program: Command, actions: Actions, done: Done): void {
  program
    .command('completion', { hidden: true })
    .description('a completion script for your shell')
    .addArgument(new Argument('<shell>', 'whose').choices(['bash', 'zsh', 'fish'] satisfies Shell[]))
    .addHelpText('after', '\nExamples:\n  $ eval "$(gapcheck completion bash)"\n  $ gapcheck completion fish | source')
    .action(async (shell: Shell) => done(await actions.completion(shell, program)));
}

function declareInit(program: Command, actions: Actions, done: Done): void {
  program
    .command('init')
    .summary('find keys and models, ask, write gapcheck.config.yaml')
    .description('look for keys and models, ask, and write gapcheck.config.yaml')
    .option('--closed <spec>', 'the closed side, without asking')
    .option('--open <spec>', 'the open side, without asking (repeatable)', collect)
    .option('--ci', 'write a GitHub workflow for gapcheck ci, beside the config')
    .option('--endpoint <url>', 'with --ci: where a CI machine reaches the Ollama that serves the open model')
    .option('--force', 'write over what is there')
    .addHelpText(
      'after',
      examples(
        ['gapcheck init'],
        ['gapcheck init --closed openai:gpt-5.6 --open ollama:qwen3:8b'],
        ['gapcheck init --ci --endpoint http://10.0.0.5:11434'],
      ),
    )
    .action(async (options: InitOptions) => done(await actions.init(options)));
}

function declareDoctor(program: Command, actions: Actions, done: Done): void {
  program
    .command('doctor')
    .summary('check keys, endpoints, Ollama and the config; say what to do')
    .description('check keys, endpoints, Ollama and its models, the config and the terminal; say what to do')
    .option('--config <file>', 'default: gapcheck.config.yaml, where there is one')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', examples(['gapcheck doctor']))
    .action(async (options: DoctorOptions) => done(await actions.doctor(options)));
}

function declareImport(program: Command, actions: Actions, done: Done): void {
  program
    .command('import')
    .description('any log format → prompts, and an audit of the log')
    .argument('[logs...]', 'CSV, JSON, JSONL, also .gz and .zip; several files and patterns')
    .optionsGroup('What comes out:')
    .option('-o, --output <file>', 'write prompts here (default: to stdout)')
    .option('-n <count>', 'a sample of this size ("all", and the default: every prompt)', countOrAll)
    .option('--tasks <a,b,c>', 'only these tasks (default: all)', commaList)
    .option('--hard <share>', 'share of hard prompts, e.g. 40% (default: as in the log)', share)
    .option('--since <time>', 'only records since then, e.g. 7d, 12h or 2026-11-01')
    .option('--until <time>', 'only records until then, e.g. 2026-11-08')
    .option('--seed <number>', 'which sample is drawn: the same number, the same sample (default 1)', wholeNumber)
    .option('--preview', 'say how the log is understood and show three records; write nothing')
    .option('--json', 'print the summary and the audit as JSON')
    .optionsGroup('How the log is read, where it is not obvious:')
    .option('--format <name>', 'chat, langfuse, otel, ai-sdk, helicone, csv, …')
    .option('--encoding <name>', 'shift_jis, windows-1251, utf-16le, …')
    .option('--prompt-field <name>', 'column or path that holds the prompt')
    .option('--messages-field <name>', 'column or path that holds the messages')
    .option('--answer-field <name>', 'column or path that holds the logged answer')
    .option('--task-field <name>', 'column or path that holds the task')
    .option('--task-map <old=new>', 'rename a task (repeatable)', collect)
    .option('--template <file>', 'promptfoo: the prompt that the variables go into')
    .option('--include-flagged', 'keep prompts that the log cut, blacked out or holds only in part')
    .option('--no-redact', 'keep e-mail addresses, keys and the like as they are')
    .option(
      '--config <file>',
      'own redaction patterns and task names (default: gapcheck.config.yaml, where there is one)',
    )
    .addHelpText('after', importExamples)
    .action(async (files: string[], options: ImportOptions) => done(await actions.import(files, options)));
}

const importExamples = examples(
  ['gapcheck import traces.jsonl --preview'],
  ["gapcheck import 'exports/*.jsonl.gz' -o prompts.jsonl --since 7d"],
  ['gapcheck import requests.jsonl results.jsonl -o prompts.jsonl', 'a batch and its results'],
  ['gapcheck import own.jsonl --messages-field body.messages -o prompts.jsonl'],
);

function declareRun(program: Command, actions: Actions, done: Done): void {
  program
    .command('run')
    .description('freeze the prompts, answer them, score blind, report')
    .argument('[prompts...]', 'CSV, JSONL or JSON files with your prompts')
    .optionsGroup('What is compared:')
    .option('--closed <spec>', 'the closed side: provider:model, logged, or column:NAME')
    .option('--open <spec>', 'the open side (repeatable)', collect)
    .option('--control <spec>', 'the same open model at full precision, hosted')
    .option('--arm <name=spec>', 'one more open model, with a name for it (repeatable)', collect)
    .addOption(new Option('--pairs <which>', 'also vote on open vs control and control vs closed').choices(['all']))
    .option('--pull', 'let Ollama pull a model that it lacks (gigabytes)')
    .option('--prices <file>', 'prices in LiteLLM’s format; they win over the built-in table')
    .optionsGroup('How much:')
    .option('-n <count>', 'ballots to read (default 24; "all" takes every prompt)', countOrAll)
    .option('--raters <count>', 'people who will score; each reads different prompts (default 1)', positive)
    .option(
      '--check-n <count>',
      'prompts answered for machine checks, ballots included (default: the ballots)',
      positive,
    )
    .option('--tasks <a,b,c>', 'take these tasks (default: the three largest)', commaList)
    .option('--hard <share>', 'share of hard prompts, e.g. 40% (default: as in the log)', share)
    .option('--trials <count>', 'independent answers per prompt (default 1)', positive)
    .option('--since <time>', 'only records since then, e.g. 7d, 12h or 2026-11-01')
    .option('--until <time>', 'only records until then, e.g. 2026-11-08')
    .optionsGroup('How the file is read, where it does not say so itself:')
    .option('--format <name>', 'chat, langfuse, otel, ai-sdk, helicone, csv, …')
    .option('--encoding <name>', 'shift_jis, windows-1251, utf-16le, …')
    .option('--prompt-field <name>', 'column or path that holds the prompt')
    .option('--messages-field <name>', 'column or path that holds the messages')
    .option('--answer-field <name>', "column or path that holds production's answer")
    .option('--task-field <name>', 'column or path that holds the task')
    .optionsGroup('How it is done:')
    .option(
      '--seed <number>',
      'of the sample and of the models; which answer is LEFT stays secret (default 1)',
      wholeNumber,
    )
    .option(
      '-j, --concurrency <limit>',
      'calls in flight, for all models or by name: 4, or closed=8,open=1 (default 8; 1 for Ollama)',
    )
    .option('--max-cost <usd>', 'US dollars; stop before the call that would pass them (default: no limit)', dollars)
    .option('--dry-run', 'print the plan, send nothing')
    .option('--no-redact', 'send e-mail addresses, keys and the like as they are')
    .option('--no-score', 'answer only; score later')
    .option('--yes', 'do not ask before spending')
    .option('--name <name>', "name of the run folder (default: the file's; no model names, raters see it)")
    .addOption(resultsOption())
    .option('--resume [run]', 'send only what is missing (default: the newest run)')
    .option('--reuse', 'take over answers of earlier runs to the very same calls')
    .option('--lock [file]', 'write gapcheck.lock.json, for `gapcheck ci` (written by itself where a config is)')
    .option('--config <file>', 'default: gapcheck.config.yaml, where there is one')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', runExamples)
    .action(async (prompts: string[], options: RunOptions & { n?: RunOptions['n'] }) =>
      done(await actions.run(prompts, options)),
    );
}

const runExamples = examples(
  ['gapcheck run prompts/demo.csv', 'both answers are in the file: nothing is sent'],
  ['gapcheck run prompts.csv --closed openai:gpt-5.6 --open ollama:qwen3:8b'],
  ['gapcheck run logs.jsonl --closed logged --open ollama:qwen3:8b', "production's own answers as the closed side"],
  ['gapcheck run --resume', 'after a crash or Ctrl-C'],
);

function declareScore(program: Command, actions: Actions, done: Done): void {
  program
    .command('score')
    .description('the blind session; continues where it stopped')
    .argument('[run]', 'run folder or its name (default: the newest)')
    .option('--rater <name>', 'who is scoring (default: your login name)')
    .option('--plain', 'line by line, numbers and Enter: for screen readers')
    .option('--finish', 'end your scoring here; your votes can no longer change')
    .addOption(resultsOption())
    .addHelpText('after', examples(['gapcheck score'], ['gapcheck score 2026-11-21T0930Z-tickets --rater maria']))
    .action(async (run: string | undefined, options: ScoreOptions) => done(await actions.score(run, options)));
}

function declareMore(program: Command, actions: Actions, done: Done): void {
  program
    .command('more')
    .description('answer the next prompts of the reserve, and go on scoring')
    .argument('[run-and-count...]', 'run folder (default: the newest) and how many (default: 15)')
    .option('--task <task>', 'only prompts of this task')
    .option(
      '-j, --concurrency <limit>',
      'calls in flight, for all models or by name: 4, or closed=8,open=1 (default 8; 1 for Ollama)',
    )
    .option('--max-cost <usd>', 'US dollars; stop before the call that would pass them (default: no limit)', dollars)
    .option('--no-score', 'answer only; score later')
    .option('--config <file>', 'default: gapcheck.config.yaml, where there is one')
    .addOption(resultsOption())
    .addHelpText(
      'after',
      examples(['gapcheck more 15 --task summarise-ticket'], ['gapcheck more 2026-11-21T0930Z-tickets 30']),
    )
    .action(async (words: string[], options: MoreOptions) => done(await actions.more(words, options)));
}

function declareReport(program: Command, actions: Actions, done: Done): void {
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
    .option('--ops-fte <share>', 'share of a person who keeps it running (default 0.25, assumed)', Number)
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

function declarePacket(program: Command, actions: Actions, done: Done): void {
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

function declareMerge(program: Command, actions: Actions, done: Done): void {
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

function declareVotes(program: Command, actions: Actions, done: Done): void {
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

function declareOutdated(program: Command, actions: Actions, done: Done): void {
  program
    .command('outdated')
    .summary('what changed since the lock file: models, prices, licences')
    .description('what changed since gapcheck.lock.json: models, prices, licences; exit 1 when something did')
    .option('--lock <file>', 'default: gapcheck.lock.json, beside the config')
    .option('--config <file>', 'default: gapcheck.config.yaml, where there is one')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      examples(['gapcheck outdated'], ['gapcheck outdated --json', 'for a script; exit code 1 when something changed']),
    )
    .action(async (options: OutdatedOptions) => done(await actions.outdated(options)));
}

function declareCi(program: Command, actions: Actions, done: Done): void {
  program
    .command('ci')
    .summary('in CI: ask again what changed, keep the votes that hold, gate')
    .description('for CI: answer the locked prompts again, keep the votes that still hold, ask people the rest, gate')
    .argument('[run]', 'only with --verdict: which run (default: the newest that answers the locked prompts)')
    .option('--verdict', 'the second job: gate on the votes that came back; asks no model')
    .option('--if-changed', 'end at once, with no call, when no arm changed since the lock')
    .option('--again', 'ask every arm again, also those that look unchanged')
    .option('--accept', 'when the gates pass, make this run the locked one')
    .option(
      '--check-n <count>',
      'prompts answered for machine checks, ballots included (default: the ballots)',
      positive,
    )
    .option('--rater <name>', 'who gets the packet (repeatable; default: reviewer)', collect)
    .option('-o, --out <dir>', 'where packet, comment, JUnit and report go (default: ci/ in the run folder)')
    .option('--comment <file>', 'the pull-request comment (default: comment.md there)')
    .option('--junit <file>', 'JUnit XML (default: junit.xml there)')
    .option(
      '-j, --concurrency <limit>',
      'calls in flight, for all models or by name: 4, or closed=8,open=1 (default 8; 1 for Ollama)',
    )
    .option('--max-cost <usd>', 'US dollars; stop before the call that would pass them (default: no limit)', dollars)
    .addOption(resultsOption())
    .option('--lock <file>', 'default: gapcheck.lock.json, beside the config')
    .option('--config <file>', 'default: gapcheck.config.yaml, where there is one')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', ciExamples)
    .action(async (run: string | undefined, options: CiOptions) => done(await actions.ci(run, options)));
}

const ciExamples = `
Exit codes: 0 passed, 1 failed, 3 answers are missing, 4 cannot decide yet,
5 blinding or seal broken.
${examples(
  ['gapcheck ci --if-changed -o gapcheck-ci', 'the first job: minutes'],
  ['gapcheck score gapcheck-ci/packet-reviewer.json', 'a person, wherever'],
  ['gapcheck merge packet-reviewer.votes.jsonl && gapcheck ci --verdict', 'the second job'],
)}`;

const resultsOption = (): Option => new Option('--results <dir>', 'where run folders are (default: results)');

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];
const commaList = (value: string): string[] => value.split(',').map((item) => item.trim());

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('It takes a whole number.');
  return number;
}

function positive(value: string): number {
  const number = wholeNumber(value);
  if (number < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return number;
}

function users(value: string): number {
  const number = wholeNumber(value.replaceAll(/[,_]/g, ''));
  if (number < 0) throw new InvalidArgumentError('It takes a whole number of users.');
  return number;
}

const countOrAll = (value: string): number | 'all' => (value === 'all' ? 'all' : positive(value));

function dollars(value: string): number {
  const number = Number(value.replace(/^\$/, ''));
  if (!/^\$?(?:\d+\.?\d*|\.\d+)$/.test(value) || !Number.isFinite(number))
    throw new InvalidArgumentError('It takes an amount in US dollars.');
  return number;
}

/** `40%` or `0.4`. */
function share(value: string): number {
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('It takes a share such as 40%.');
  return number;
}

import type { ImportOptions } from '../../app/verb-options.ts';
import {
  commaList,
  countOrAll,
  flag,
  group,
  read,
  reading,
  share,
  since,
  text,
  until,
  wholeNumber,
} from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ImportOptions> = {
  name: 'import',
  description: 'turn a log into prompts and summarise the log',
  args: [
    {
      name: '[logs...]',
      says: 'CSV, JSON, JSONL, Parquet, SQLite, also packed (.gz, .zip, .tar); several files, patterns, or - for standard input',
    },
  ],
  options: {
    ...group('What comes out:', {
      output: text('-o, --output <file>', 'write prompts here (default: to stdout)'),
      force: flag('--force', 'write over a file that gapcheck import did not write'),
      n: read('-n <count>', 'a sample of this size ("all", and the default: every prompt)', countOrAll),
      tasks: read('--tasks <a,b,c>', 'only these tasks (default: all)', commaList),
      hard: read('--hard <share>', 'share of hard prompts, e.g. 40% (default: as in the log)', share),
      since,
      until,
      jobs: flag('--jobs', 'jobs for whole agents: what began each session, without the work that followed'),
      seed: read('--seed <number>', 'which sample is drawn: the same number, the same sample (default 1)', wholeNumber),
      preview: flag('--preview', 'say how the log is understood and show three records; write nothing'),
      json: flag('--json', 'print the summary and the audit as JSON'),
    }),
    ...group('How the log is read, where it is not obvious:', {
      ...reading,
      redact: flag('--no-redact', 'keep e-mail addresses, keys and the like as they are'),
      config: text(
        '--config <file>',
        'own redaction patterns and task names (default: gapcheck.config.yaml, where there is one)',
      ),
    }),
  },
  most: ['output', 'n', 'tasks', 'since', 'preview', 'format', 'promptField', 'taskField'],
  examples: [
    ['gapcheck import traces.jsonl --preview'],
    ["gapcheck import 'exports/*.jsonl.gz' -o prompts.jsonl --since 7d"],
    ['gapcheck import requests.jsonl results.jsonl -o prompts.jsonl', 'a batch and its results'],
    ["gapcheck import '~/.claude/projects/*/*.jsonl' --jobs -o jobs.jsonl", 'jobs for whole agents'],
    ['gapcheck import own.jsonl --messages-field body.messages -o prompts.jsonl'],
  ],
  run: async (files, options, context) =>
    (await import('../../app/import-logs.ts')).importLogs([...files], options, context),
};

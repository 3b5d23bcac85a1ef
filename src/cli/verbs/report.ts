import type { ReportOptions } from '../../app/verb-options.ts';
import {
  dollars,
  each,
  flag,
  group,
  growth,
  people,
  positive,
  ratio,
  read,
  results,
  share,
  text,
  users,
} from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<ReportOptions> = {
  name: 'report',
  description: 'what the votes decided, overall and per task',
  args: [{ name: '[run]', says: 'run folder or its name (default: the newest)' }],
  options: {
    output: each(
      '-o, --output <file>',
      'also write the report to FILE; its ending chooses the format: .html .md .json .csv .ballots.csv .raters.csv .agents.csv .days.csv .xml (repeatable)',
    ),
    summary: flag('--summary', 'print a short Markdown form, for a pull-request comment'),
    prompt: text(
      '--prompt <id>',
      'show one prompt again: both answers with their models, every vote on it, the checks; ID is its number in the report, or its id',
    ),
    texts: flag('--texts', 'show answers by model also while more votes are proposed'),
    withoutTexts: flag('--without-texts', 'leave out every prompt, answer and note, for sharing'),
    routes: each(
      '--routes <file>',
      'write which model each task goes to: .json, .mjs for Node, .yaml for LiteLLM (repeatable)',
    ),
    regardlessOfCost: flag('--regardless-of-cost', 'write routes by quality alone, also where moving does not pay'),
    json: flag('--json', 'print the JSON report'),
    results,
    ...group('Money:', {
      volume: read('--volume <calls>', "calls a month (default: the log's own rate)", positive),
      machinePrice: read(
        '--machine-price <usd>',
        'US dollars per hour of the machine that the open model needs',
        dollars,
      ),
      machines: read('--machines <count>', 'machines that gave the answers of this run together (default 1)', positive),
      peak: read(
        '--peak <ratio>',
        "calls in the busiest hours over the mean (default: the log's, from 7 days on; else 1)",
        ratio,
      ),
      growth: read(
        '--growth <rate>',
        "growth of the volume, e.g. 2%/month (default: the log's, from 8 weeks on)",
        growth,
      ),
      batchShare: read(
        '--batch-share <share>',
        'calls that the closed provider takes in batches, at half its price',
        share,
      ),
      wrongCost: read('--wrong-cost <usd>', 'what one wrong answer costs you (default: not counted)', dollars),
      opsFte: read('--ops-fte <share>', 'share of a person who keeps it running (default 0.25, assumed)', people),
      opsYear: read('--ops-year <usd>', 'what that person costs a year (default 120000, assumed)', dollars),
    }),
    ...group('Licences:', {
      mau: read('--mau <users>', "tells you whether your monthly users exceed a licence's limit", users),
    }),
    ...group('Seal:', {
      unblind: flag('--unblind', 'show the result before everyone has finished; this is recorded and ends the voting'),
    }),
  },
  most: ['output', 'prompt', 'summary', 'routes', 'json', 'volume', 'machinePrice', 'unblind', 'results'],
  examples: [
    ['gapcheck report'],
    ['gapcheck report -o report.html -o report.json'],
    ['gapcheck report --prompt 7'],
    ['gapcheck report --routes routes.json --volume 200000 --machine-price 1.20'],
  ],
  run: async ([run], options, context) =>
    (await import('../../app/result/show-report.ts')).report(run, options, context),
};

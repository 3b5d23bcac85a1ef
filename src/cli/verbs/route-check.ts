import type { RouteCheckOptions } from '../../app/verb-options.ts';
import {
  config,
  flag,
  group,
  maxCost,
  needed,
  positive,
  read,
  reading,
  results,
  text,
  wholeNumber,
} from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<RouteCheckOptions> = {
  name: 'route-check',
  summary: 'do the routes do on a log what the report promised?',
  description:
    'do the routes do on a log what the report promised: how often closed answers, how much longer that takes, and what the checks miss',
  args: [{ name: '<log>', says: 'a log, or a run folder, whose recorded answers are judged again' }],
  options: {
    routes: needed('--routes <file>', 'routes.json of a report'),
    ask: read('--ask <count>', 'ask the open model so many prompts of the log now', positive),
    maxCost,
    answers: text('--answers <name>', 'take the answers of the column answer:NAME, or of a mirror log'),
    seed: read('--seed <number>', 'which prompts --ask draws (default 1)', wholeNumber),
    json: flag('--json', 'print it as JSON'),
    results,
    config,
    ...group('How the log is read, where it does not say so itself:', reading),
  },
  examples: [
    ['gapcheck route-check results/2026-11-27-tickets --routes routes.json', 'what the run itself shows'],
    ['gapcheck route-check today.jsonl --routes routes.json --ask 200 --max-cost 2'],
  ],
  exitCodes: '0 as promised · 1 a share lies outside its limits · 4 nothing could be replayed',
  run: async ([log], options, context) =>
    (await import('../../app/route/route-check.ts')).routeCheck(log ?? '', options, context),
};

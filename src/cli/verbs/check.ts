import type { CheckLinesOptions } from '../../app/verb-options.ts';
import { config, text } from '../option-rows.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb<CheckLinesOptions> = {
  name: 'check',
  summary: 'judge answers as a run does: JSON lines in, JSON lines out',
  description:
    'judge answers as a run does: one JSON line in, one out, for as long as somebody writes. A line has "answer" (a text, or what an API replied) and what was asked: "task", "messages", "tools", "response_format"',
  args: [{ name: '[file]', says: 'JSON lines (default: standard input)' }],
  options: {
    routes: text('--routes <file>', 'routes.json of a report: its checks count, in place of those of the config'),
    config,
  },
  examples: [
    ['gapcheck check --routes routes.json', 'stays, and answers each line: what a router asks'],
    ['gapcheck check answers.jsonl', 'the checks of gapcheck.config.yaml on a file'],
  ],
  exitCodes: '0 every answer passed · 1 one failed a check · 2 a line could not be read',
  run: async ([file], options, context) =>
    (await import('../../app/route/check-lines.ts')).checkLines(file, options, context),
};

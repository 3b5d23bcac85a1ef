/** What several verbs declare alike: options, and examples at the end of a help text. */
import { Option } from 'commander';
import { dollars, positive } from './option-values.ts';

export const resultsOption = (): Option => new Option('--results <dir>', 'where run folders are (default: results)');

export const configOption = (): Option =>
  new Option('--config <file>', 'default: gapcheck.config.yaml, where there is one');

export const lockOption = (): Option => new Option('--lock <file>', 'default: gapcheck.lock.json, beside the config');

export const concurrencyOption = (): Option =>
  new Option(
    '-j, --concurrency <limit>',
    'calls in flight, for all models or by name: 4, or closed=8,open=1 (default 8; 1 for Ollama)',
  );

export const maxCostOption = (): Option =>
  new Option('--max-cost <usd>', 'US dollars; stop before the call that would pass them (default: no limit)').argParser(
    dollars,
  );

/** How many prompts get machine checks; people read the ballots among them. */
export const checkCountOption = (): Option =>
  new Option(
    '--check-n <count>',
    'prompts answered for machine checks, ballots included (default: the ballots)',
  ).argParser(positive);

/** Commands to copy, within 80 columns; what one is for stands beside it, or below where there is no room. */
export function examples(...rows: (readonly [command: string, about?: string])[]): string {
  const lines = rows.map(([command, about]) => {
    const typed = `  $ ${command}`;
    if (about === undefined) return typed;
    return typed.length + about.length + 3 <= 80 ? `${typed}   ${about}` : `${typed}\n      ${about}`;
  });
  return ['\nExamples:', ...lines].join('\n');
}

/** What `--hard` draws from: the prompts that look hard, by which signs, or that none does. */
import { signsOf } from '../../logs/difficulty.ts';
import type { PromptRecord } from '../../records/prompt-record.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { sourceOf } from '../../report/source-words.ts';
import { plural } from '../../text/numbers.ts';

const mostSigns = 4;

/**
 * Empty without `--hard`. `prompts`: the frozen ones, reserve included; what the log's other prompts show is in the
 * traffic of each task.
 */
export function hardPrompts(run: RunRecord, prompts: readonly PromptRecord[]): string[] {
  const { settings, tasks } = run;
  if (settings.hard === null) return [];
  const ballots = tasks.reduce((sum, { planned }) => sum + planned, 0);
  const drawn = tasks.reduce((sum, { planned, hardPlan }) => sum + Math.round(planned * hardPlan), 0);
  const asked = `--hard ${Math.round(settings.hard * 100)}%`;
  if (drawn === 0)
    return [
      `${asked} changes nothing: no prompt here looks hard. gapcheck looked at length, demands, tools, turns and schemas, and at thumbs down, errors, cuts and refusals in the log.`,
    ];
  const counts = new Map<string, number>();
  for (const prompt of prompts.filter(({ difficulty }) => difficulty === 'hard'))
    for (const sign of signsOf(prompt)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const signs = [...counts].sort((x, y) => y[1] - x[1]).slice(0, mostSigns);
  const used =
    signs.length === 0 ? 'marked so in the file' : signs.map(([sign, count]) => `${sign} (${count})`).join(', ');
  const share = drawn < Math.floor(settings.hard * ballots) ? ', all that there are' : '';
  return [
    `${asked}: ${plural(drawn, 'prompt')} of ${ballots} on the ballots look hard${share}. Signs of the hard prompts: ${used}. The verdict weighs them by their share in ${sourceOf(run).log}.`,
  ];
}

/** `report --prompt`: one prompt again, once the results may be seen. */
import { type GapcheckError, nearestName, userError } from '../../errors.ts';
import type { Report } from '../../report/model.ts';
import { toOpenSeal } from '../../report/next-step.ts';
import { findPrompt, knownPrompts, onePrompt } from '../../report/one-prompt.ts';
import type { ReportInput } from '../../report/report-input.ts';
import { shellWord } from '../../text/shell.ts';
import type { Context } from '../context.ts';
import { runWord } from '../short-path.ts';
import type { ReportOptions } from '../verb-options.ts';
import type { Gathered } from './gather.ts';

interface Kept {
  model: Report;
  input: ReportInput;
  gathered: Gathered;
}

/** Before anything is opened. Throws (exit 2) where the whole report is asked for as well, or no texts. */
export function refuseWithPrompt(options: ReportOptions): void {
  if (options.prompt === undefined) return;
  const other = options.json ? '--json' : options.summary ? '--summary' : options.withoutTexts ? '--without-texts' : '';
  if (other === '') return;
  throw userError(
    'prompt-alone',
    `--prompt shows the texts of one prompt in the terminal, and ${other} asks for something else.`,
    `gapcheck report --prompt ${options.prompt}`,
  );
}

/** Throws (exit 2) while the run is sealed, and for a prompt that it does not have. */
export function showPrompt(wanted: string, { model, input, gathered }: Kept, context: Context): void {
  if (model.sealed)
    throw userError('sealed', `No prompt can be shown with its models yet: ${model.sealed.reason}`, toOpenSeal(input));
  const at = runWord(context.cwd, gathered.stored.paths.folder);
  const prompt = findPrompt(input, wanted);
  if (!prompt) throw noSuchPrompt(wanted, { input, at });
  const command = `gapcheck report ${at} --prompt ${shellWord(wanted)}`;
  const shown = { report: model, input, command };
  context.data(onePrompt(prompt, shown, { columns: Math.min(context.stdout.columns ?? 80, 120) }));
  context.out(`Next: gapcheck report ${at}`);
}

function noSuchPrompt(wanted: string, { input, at }: Pick<Kept, 'input'> & { at: string }): GapcheckError {
  const names = [...input.prompts.flatMap(({ id, source_id: own }) => (own === undefined ? [id] : [id, own]))];
  const near = /^\d+$/.test(wanted) ? undefined : nearestName(wanted, names);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return userError(
    'no-such-prompt',
    `--prompt: this run has no prompt "${wanted}".${meant} ${knownPrompts(input)}`,
    `gapcheck report ${at} --prompt ${near ?? 1}`,
  );
}

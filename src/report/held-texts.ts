/** Which texts a report holds. Answers by model stay out while more votes are proposed: their reader would know the styles. */
import { listed } from '../text/numbers.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import type { NextStep } from './next-step.ts';
import type { ReportInput } from './report-input.ts';

export interface HeldTexts {
  /** Prompts, notes and answers; prompts and notes; or none of them. */
  held: 'all' | 'prompts' | 'none';
  /** Whose texts these are and how to share the report without them; or how to see them. */
  words: string;
  /** Shows one prompt again when its number is put behind it; null where no text may be shown. */
  command: string | null;
}

export function heldTexts(
  input: Pick<ReportInput, 'run' | 'texts' | 'pairs' | 'runFolder'>,
  next: NextStep,
): HeldTexts {
  if (input.pairs === 'sealed' || input.pairs.length === 0)
    return { held: 'none', words: 'This report holds no prompt, no answer and no note.', command: null };
  if (input.texts === 'none')
    return {
      held: 'none',
      words: 'This report holds no prompt, no answer and no note: it was made with --without-texts.',
      command: null,
    };
  const at = input.runFolder === undefined ? '' : ` ${shellWord(input.runFolder)}`;
  const command = `gapcheck report${at} --prompt`;
  if (input.texts !== 'all' && proposesMore(next))
    return {
      held: 'prompts',
      words: `This report holds ${promptsOf(input)}, but no answers: it proposes more votes, and whoever has read answers beside a model's name knows its style. --texts shows them.`,
      command,
    };
  return {
    held: 'all',
    words: `This report holds ${promptsOf(input)} and the answers of ${listed(modelsOf(input))}. To share it without them, add --without-texts.`,
    command,
  };
}

/** `more` asks for votes on answers that nobody has read yet. */
export const proposesMore = ({ command }: Pick<NextStep, 'command'>): boolean =>
  command?.startsWith('gapcheck more') ?? false;

function promptsOf({ run, pairs }: Pick<ReportInput, 'run' | 'pairs'>): string {
  const files = run.sources.map(({ file }) => oneLine(file.split(/[\\/]/).at(-1) ?? file, 60));
  const votes = pairs === 'sealed' ? [] : pairs.flatMap(({ evidence }) => evidence.flatMap((unit) => unit.votes));
  const authors = new Set(votes.flatMap(({ rater, note }) => (note === undefined ? [] : [oneLine(rater, 40)])));
  const notes = authors.size === 0 ? '' : ` and notes of ${listed([...authors])}`;
  return `prompts of ${listed(files)}${notes}`;
}

const modelsOf = ({ run }: Pick<ReportInput, 'run'>): string[] => [
  ...new Set(run.arms.map(({ model }) => oneLine(model, 60))),
];

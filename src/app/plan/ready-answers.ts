/** Arms that answer from the file (`column:NAME`, `logged`): what they name has to be in it. */
import type { ArmConfig } from '../../arms/arm.ts';
import { providerOf } from '../../arms/registry.ts';
import { type GapcheckError, nearestName, userError } from '../../errors.ts';
import type { LoadedPrompts } from '../../logs/load.ts';
import { shellWord } from '../../text/shell.ts';
import type { Config } from '../config/load-config.ts';
import type { RunOptions } from '../verb-options.ts';

/** What `column:NAME` names, in flags and config. */
export function namedColumns(
  { closed, open = [], control, arm = [] }: Pick<RunOptions, 'closed' | 'open' | 'control' | 'arm'>,
  config: Pick<Config, 'closed' | 'open' | 'control'>,
): string[] {
  const flags = [closed, ...open, control, ...arm.map((words) => words.slice(words.indexOf('=') + 1))];
  const entries = [config.closed, ...(config.open ?? []), config.control];
  const specs = [...flags, ...entries.map((entry) => entry?.spec)];
  return specs.flatMap((spec) => /^column:(.+)$/s.exec(spec ?? '')?.[1] ?? []);
}

export type ReadyAnswers = Pick<LoadedPrompts, 'prompts' | 'answerColumns' | 'understood' | 'unused'>;

/** Throws (exit 2) where the file does not have the answers that an arm names. */
export function refuseWithoutAnswers({ provider, model }: ArmConfig, loaded: ReadyAnswers): void {
  const from = providerOf(provider)?.ready?.from;
  if (from === 'column' && !loaded.answerColumns.includes(model)) throw noColumn(model, loaded);
  if (from !== 'log') return;
  if (!loaded.prompts.some(({ ref }) => ref !== undefined)) {
    throw userError(
      'no-logged-answers',
      'The file has no logged answers, so there is nothing for "logged" to compare with.',
      'name the column or field that has them with --answer-field in gapcheck import, or choose another --closed',
    );
  }
  if (loaded.prompts.every(({ ref }) => ref === undefined || ref.error !== undefined)) {
    throw userError(
      'no-logged-answers',
      'Every call in the log failed, so there is nothing for "logged" to compare with.',
      'choose another --closed: a model that answers the prompts now',
    );
  }
}

function noColumn(model: string, loaded: ReadyAnswers): GapcheckError {
  const message = `The file has no column of answers called "${model}".`;
  return userError('no-column', message, columnHint(model, loaded));
}

function columnHint(model: string, loaded: ReadyAnswers): string {
  // The answers of production came with the prompts, whatever their column is called.
  const logged =
    loaded.prompts.some(({ ref }) => ref !== undefined) &&
    /^(?:answers?|responses?|output|completion|reply|logged)$/i.test(model);
  if (logged) return `the file's own answers were read: --closed logged compares with them`;
  const plain = plainColumns(loaded);
  if (plain.includes(model)) return `the column ${model} is there: rename it answer:${model}`;
  const near = nearestName(model, [
    ...loaded.answerColumns,
    ...plain.filter((column) => !column.startsWith('answer:')),
  ]);
  if (near !== undefined) return `did you mean "${near}"?`;
  const answers =
    loaded.answerColumns.length > 0 ? loaded.answerColumns : plain.filter((column) => sideNames.includes(column));
  const found = answers.map((name) => `column:${name}`).join(', ');
  return found === '' ? 'name the column of ready answers answer:NAME' : `it has ${found}`;
}

const plainColumns = ({ understood }: ReadyAnswers): string[] => understood.flatMap(({ columns = [] }) => columns);

const sideNames = ['closed', 'open'];

/** Columns called closed and open hold answers, whatever else they could: what to do, else undefined. */
export function plainAnswers(loaded: ReadyAnswers): GapcheckError | undefined {
  const columns = plainColumns(loaded);
  if (!sideNames.every((name) => columns.includes(name) && !loaded.answerColumns.includes(name))) return undefined;
  const [file = 'prompts.csv'] = loaded.understood.map((each) => each.file);
  return userError(
    'plain-answers',
    'Columns closed and open look like answers, but nothing says that they are.',
    `gapcheck run ${shellWord(file)} --closed column:closed --open column:open`,
  );
}

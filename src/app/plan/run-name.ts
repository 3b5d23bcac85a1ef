import { basename, extname } from 'node:path';
import { userError } from '../../errors.ts';
import { isModel } from '../../records/arm-where.ts';
import type { ArmRecord } from '../../records/run-record.ts';

/** Words of a model id that would tell a rater what is compared; sizes and short words tell nothing. */
function tellingWords(arms: readonly Pick<ArmRecord, 'provider' | 'where' | 'model' | 'spec'>[]): string[] {
  const words = arms
    .filter((arm) => isModel(arm))
    .flatMap((arm) => [arm.provider, ...arm.model.toLowerCase().split(/[^a-z0-9]+/)]);
  return [...new Set(words.flatMap((word) => [word, word.replace(/\d+(\.\d+)?b?$/, '')]))].filter(
    (word) => word.length >= 3 && /[a-z]/.test(word),
  );
}

/**
 * Name of the run folder: `--name`, or the prompt file's stem (`standard-input` for a pipe). Raters see this path, so it carries no model name:
 * a `--name` with one is refused (exit 2), a file name with one becomes `prompts`.
 */
export function runName(
  wanted: string | undefined,
  files: readonly string[],
  arms: readonly Pick<ArmRecord, 'provider' | 'where' | 'model' | 'spec'>[],
): string {
  const stem = basename(files[0] ?? 'prompts').replace(/\.gz$/, '');
  const name = wanted ?? (stem === '-' ? 'standard-input' : stem.slice(0, stem.length - extname(stem).length));
  const telling = tellingWords(arms).find((word) => name.toLowerCase().includes(word));
  if (telling === undefined) return name === '' ? 'prompts' : name;
  if (wanted === undefined) return 'prompts';
  throw userError(
    'telling-name',
    `--name ${wanted} has "${telling}" in it, and raters see the name of the run folder.`,
    'choose a name that says nothing about the models, such as --name tickets',
  );
}

/** Runs of a hundred thousand prompts: memory matters more than a tenth of the processor's time. */
import { farFromBytes } from '../store/far-texts.ts';
import { fileSize } from '../store/file-lines.ts';
import type { RunPaths } from '../store/layout.ts';
import type { Context } from './context.ts';

/** Before a run's files are read: garbage is collected more often where their texts will not be held in memory. */
export function collectOftenIfLarge({ prompts }: RunPaths, { collectOften }: Pick<Context, 'collectOften'>): void {
  if (fileSize(prompts) > farFromBytes) collectOften?.();
}

/** Vite plugin: swaps one text of one source file while it is loaded, as `GAPCHECK_MUTANT` (JSON) says. */
import { join } from 'node:path';
import type { Plugin } from 'vitest/config';
import type { Mutant } from './list.ts';

export function swapPlugin(): Plugin[] {
  const given = process.env.GAPCHECK_MUTANT;
  if (given === undefined) return [];
  const { file, from, to } = JSON.parse(given) as Mutant;
  const target = join(import.meta.dirname, '../../src', file).replaceAll('\\', '/');
  return [
    {
      name: 'gapcheck-mutant',
      enforce: 'pre',
      transform: (code, id) => (id.split('?')[0] === target ? code.replace(from, () => to) : undefined),
    },
  ];
}

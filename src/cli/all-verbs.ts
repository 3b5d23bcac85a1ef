/** Every verb, in flow order, so that `--help` reads as the flow. A command loads its own file and no other. */
import type { AnyVerb } from './verb.ts';

const files = {
  demo: () => import('./verbs/demo.ts'),
  init: () => import('./verbs/init.ts'),
  doctor: () => import('./verbs/doctor.ts'),
  import: () => import('./verbs/import.ts'),
  run: () => import('./verbs/run.ts'),
  watch: () => import('./verbs/watch.ts'),
  score: () => import('./verbs/score.ts'),
  more: () => import('./verbs/more.ts'),
  report: () => import('./verbs/report.ts'),
  list: () => import('./verbs/list.ts'),
  status: () => import('./verbs/status.ts'),
  packet: () => import('./verbs/packet.ts'),
  merge: () => import('./verbs/merge.ts'),
  votes: () => import('./verbs/votes.ts'),
  outdated: () => import('./verbs/outdated.ts'),
  ci: () => import('./verbs/ci.ts'),
  check: () => import('./verbs/check.ts'),
  'route-check': () => import('./verbs/route-check.ts'),
  completion: () => import('./verbs/completion.ts'),
} satisfies Record<string, () => Promise<{ verb: AnyVerb }>>;

export const allVerbs = async (): Promise<AnyVerb[]> =>
  (await Promise.all(Object.values(files).map((load) => load()))).map(({ verb }) => verb);

/** The verb that the first word names, alone; all of them where it names none: help and errors list them. */
export async function verbsFor(word: string | undefined): Promise<AnyVerb[]> {
  if (word === '--version' || word === '-V') return [];
  if (word === undefined || !Object.hasOwn(files, word)) return allVerbs();
  return [(await files[word as keyof typeof files]()).verb];
}

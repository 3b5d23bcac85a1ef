/**
 * `npm run mutants [WORD]`: each entry of list.ts (whose file or text has the word) is swapped in, and its tests must
 * fail. An entry that survives, whose text is not found exactly once, or whose tests fail without it, fails the run.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutants } from './list.ts';
import { projectsOf, unmatched } from './named-tests.ts';

const root = join(import.meta.dirname, '../..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const options = ['--config', 'test/vitest.config.ts', '--root', '.', '--bail', '1', '--reporter', 'dot'];

const [word = ''] = process.argv.slice(2);
const chosen = mutants.filter(({ file, from }) => `${file} ${from}`.includes(word));

function testsPass(tests: readonly string[], mutant?: Mutant): Promise<boolean> {
  const env = { ...process.env, ...(mutant && { GAPCHECK_MUTANT: JSON.stringify(mutant) }) };
  const among = projectsOf(tests).flatMap((project) => ['--project', project]);
  const args = [vitest, 'run', ...options, ...among, ...tests];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

const timesFound = ({ file, from }: Mutant): number =>
  readFileSync(join(root, 'src', file), 'utf8').split(from).length - 1;

async function fateOf(mutant: Mutant): Promise<'killed' | string> {
  const found = timesFound(mutant);
  if (found !== 1) return `its text stands ${found} times in the file, not once`;
  return (await testsPass(mutant.tests, mutant)) ? 'survived' : 'killed';
}

function stop(sentence: string): never {
  process.stdout.write(`${sentence}\n`);
  process.exit(1);
}

const started = performance.now();
if (chosen.length === 0) stop(`No line of test/mutants/list.ts has "${word}" in its file or its text.`);
for (const mutant of chosen)
  for (const name of unmatched(mutant))
    stop(`${mutant.file}: no test matches ${name}. Name a file or folder below test/core, test/edges or test/cli.`);
if (!(await testsPass([...new Set(chosen.flatMap(({ tests }) => tests))])))
  stop('The tests fail without any mutant: mend them first.');
const waiting = [...chosen];
let bad = 0;
async function work(): Promise<void> {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const fate = await fateOf(mutant);
    if (fate !== 'killed') bad += 1;
    process.stdout.write(
      `${fate === 'killed' ? 'killed  ' : 'SURVIVED'}  ${mutant.file}: ${mutant.to}${fate === 'killed' || fate === 'survived' ? '' : `  (${fate})`}\n`,
    );
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`\n${chosen.length - bad} of ${chosen.length} mutants killed in ${seconds} s\n`);
process.exitCode = bad === 0 ? 0 : 1;

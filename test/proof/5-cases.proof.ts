/** Cases with right values, each run through the built command: readings of logs, and what servers send byte by byte. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { sharedData } from '../helpers/shared-data.ts';
import { type ProofRow, proofRow } from './row.ts';

const program = resolve(import.meta.dirname, '../../bin/gapcheck.js');
/** The scripts look whether they are the program that runs, so a link is followed first. */
const casesOf = (kind: string): string => realpathSync(resolve(sharedData, `../cases/${kind}`));

/** What a script of cases prints; it ends with 1 where a case fails, which its last line counts. */
function printed(script: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [script, ...words],
      { env: { ...process.env, ...env }, maxBuffer: 2 ** 26 },
      (error, out, err) => {
        if (error && error.code !== 1) fail(new Error(`${script}: ${err || error.message}`));
        else done(out);
      },
    );
  });
}

function counted(out: string, pattern: RegExp): [number, number] {
  const [, first, second] = out.match(pattern) ?? [];
  if (first === undefined || second === undefined) throw new Error(`no count in the last line: ${out.slice(-200)}`);
  return [Number(first), Number(second)];
}

const missesOf = (out: string, isMiss: (line: string) => boolean): void => {
  for (const line of out.split('\n').filter(isMiss)) process.stderr.write(`${line}\n`);
};

export const rows: ProofRow[] = [
  proofRow({
    word: 'import-cases',
    what: 'log files of shapes that teams have, read otherwise than they should be',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data: '../cases/import',
    measure: async () => {
      const out = await printed(`${casesOf('import')}/check.mjs`, [], { GAPCHECK: `${process.execPath} ${program}` });
      missesOf(out, (line) => line.startsWith('FAIL') || line.startsWith('HALF'));
      const [passed, failed] = counted(out, /(\d+) passed, (\d+) failed/);
      return { value: failed, shown: `${failed} of ${passed + failed}` };
    },
  }),
  proofRow({
    word: 'wire-cases',
    what: 'replies of servers, byte by byte, that end in another answer, failure, exit code or sentence than they should',
    side: 'at most',
    bar: 0,
    unit: 'cases',
    data: '../cases/wire',
    measure: async () => {
      const out = await printed(`${casesOf('wire')}/compare.mjs`, [program, '-j', '2']);
      missesOf(out, (line) => /^\d\d-/.test(line));
      const [right, all] = counted(out, /(\d+) of (\d+) right/);
      return { value: all - right, shown: `${all - right} of ${all}` };
    },
  }),
];

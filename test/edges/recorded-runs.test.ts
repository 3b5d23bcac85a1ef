/** What this edition makes of the votes of the recorded runs of version 0.1.0, beside what that version made of them. */
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepReport } from '../../src/app/result/write-reports.ts';
import { schemaVersion } from '../../src/records/run-record.ts';
import { jsonReport } from '../../src/report/to-json.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { asOfThisEdition, type RecordedRun, recordedRuns, unpackRun } from '../helpers/recorded-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/**
 * Fields that a rule of this edition changes, by the beginning of their path, each with the reason. A refactoring adds
 * nothing here; who changes a rule adds its line, and removes none that others need.
 */
const intended: Record<string, string> = {
  generatedAt: 'the time of this test',
  checked: 'checks are counted for the report',
  'run.demo': 'says whether the answers are those of the packaged sample',
  'arms[].latencies': 'times are of first answers, as the figures beside them',
  'arms[].figures': 'a sealed report gives no usable, failed or retried answers by model; tries are counted by cause',
  'arms[].asked': 'says what was asked of each model',
  'arms[].missingBecause': 'missing answers are named with their cause',
  'ballots[].noAnswer': 'nothing on either side counts as no answer from either, never as both fine',
  'ballots[].texts': 'one pipeline prints texts; a failed check is said, not held against the answer',
  refusals: 'a table of its own',
  'ballots[].refused': 'says whose answer refuses',
  checkedVotes: 'failed checks stand beside the votes',
  'blind[].length': 'a ballot is no longer taken away where an answer failed',
  notices: 'causes and missing answers have sentences of their own',
  pairs: 'the second edition of the statistics: planned look, traffic, skips, sentences',
  next: 'its chances are averaged over what the votes leave open',
  terms: 'sentences are edited',
  week: 'what a watched week came to is said',
  voids: 'which notices void the result is said',
  unchecked: 'forms that prompts ask for and no check measured are said',
  routes: 'they follow the verdicts',
  'arms[].quantizationWords': 'names the window that was served, whichever observation said it',
  schema: 'the report of this edition has fields that 0.1.0 does not know',
  'run.traffic': 'each task’s share of the log is said',
  texts: 'which texts the report holds is said',
  'ballots[].sourceId': 'the user’s own id of a prompt is said',
  'arms[].weights': 'the weights of a model file are said',
  'arms[].onGpu': 'where a model ran is said',
  'arms[].speedWords': 'how fast a model was is said',
  'arms[].survival': 'the formula of independent steps is gone',
  'arms[].agent': 'how whole agents ended is said',
  'arms[].kind': 'says what the report calls the arm',
  'arms[].contextServed': 'the window that the server lists is heeded',
  'arms[].observedModel': 'the model that the server names is kept',
  'blind[].masks': 'the mask searches the text as it is displayed',
  money: 'a plan over tasks, capacity as measured under load, and what each figure rests on',
  gap: 'an interval is that of the planned look',
  votedAfterOpen: 'an opening is a line of the ledger, which 0.1.0 did not write',
  carried: 'votes of an earlier run are told apart',
  'blind[].position': 'votes of an earlier run have a side too',
  'blind[].unrecognised': 'over the units of the second edition',
  'ballots[].pair': 'as for their number',
  'ballots[].n': 'units stand in the frozen order of their prompts',
  'ballots[].prompt': 'as for their number',
  'ballots[].task': 'as for their number',
  'ballots[].difficulty': 'as for their number',
  'ballots[].score': 'one unit is one vote',
  'ballots[].identical': 'as for their number',
  'ballots[].votes': 'as for their number',
  'tasks[].arms': 'as for `arms[].figures`',
  strata: 'a sealed report gives no refusals by model; conversations of ten turns are a stratum',
  'run.hasTimes': 'whether the log tells when its calls came is said',
  'run.logged': 'a log is counted in records and in different prompts',
};

const leaves = (value: unknown, path = ''): [string, unknown][] =>
  value === null || typeof value !== 'object'
    ? [[path, value]]
    : Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
      );
const anyIndex = (path: string): string => path.replace(/\[\d+\]/g, '[]');

async function reportNow(run: RecordedRun, cwd: string): Promise<unknown> {
  const folder = unpackRun(asOfThisEdition(run, schemaVersion), `${cwd}/results`);
  const money = run.args.includes('--volume') ? { volume: 200_000, machinePrice: 1.2 } : {};
  const { model } = await keepReport(dirname(folder), folder, quietContext(cwd).context, money);
  return JSON.parse(jsonReport(model));
}

describe('the votes of 0.1.0 under the rules of this edition', () => {
  const used = new Set<string>();

  it.each(recordedRuns())('$name: $story', async (run) => {
    using dir = tempDir();
    const before = new Map(leaves(run.report));
    const after = new Map(leaves(await reportNow(run, dir.path)));
    const changed = [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => before.get(path) !== after.get(path))
      .filter((path) => {
        const reasons = Object.keys(intended).filter((start) => anyIndex(path).startsWith(start));
        for (const reason of reasons) used.add(reason);
        return reasons.length === 0;
      })
      .map((path) => `${path}: ${JSON.stringify(before.get(path))} → ${JSON.stringify(after.get(path))}`);
    expect(changed).toEqual([]);
  });

  it('differ in every field that is said to differ', () => {
    expect(Object.keys(intended).filter((start) => !used.has(start))).toEqual([]);
  });
});

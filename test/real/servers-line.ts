import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const mark = ' · not run: ';

/** The last lines of the suite: which servers answered, how many cases passed, and what was not run and why. */
export default class ServersLine implements Reporter {
  /** A suite that is ended for taking too long must still say what passed, and fail for what failed before. */
  onTestCaseResult(test: TestCase): void {
    const file = process.env.GAPCHECK_REAL_RESULTS;
    const server = test.parent.type === 'suite' ? test.parent.name : '';
    if (file !== undefined) appendFileSync(file, `${test.result().state}\t${server}\t${test.fullName}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const suites = modules.flatMap((module) => [...module.children.suites()]);
    const state = (wanted: string): number =>
      modules.flatMap((module) => [...module.children.allTests()]).filter((test) => test.result().state === wanted)
        .length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests()].length === 0,
    );
    const ran = suites.filter(({ name }) => !name.includes(mark)).map(({ name }) => name);
    const lines = suites
      .filter(({ name }) => name.includes(mark))
      .map((suite) => `not run: ${suite.name.split(mark)[1]}: ${[...suite.children.allTests()].length} cases`);
    process.stdout.write(
      `\n${[...new Set(lines)].join('\n')}${lines.length ? '\n' : ''}servers: ${[...new Set(ran)].join(', ') || 'none'}; ${state('passed')} cases passed, ${state('failed') + broken.length} failed, ${state('skipped')} not run\n`,
    );
  }
}

/** What a CI job leaves behind: report, JUnit, comment, GitHub's summary. */
import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CiResult, ciComment } from '../../releases/comment.ts';
import type { GateResult } from '../../releases/gate-input.ts';
import type { Report } from '../../report/model.ts';
import { type JunitGate, junitReport, suiteXml } from '../../report/to-junit.ts';
import { markdownReport } from '../../report/to-markdown.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWriteFile } from '../../store/cannot-write.ts';
import { makeFolder } from '../../store/make-folder.ts';
import type { Context } from '../context.ts';

export interface CiFiles {
  folder: string;
  comment: string;
  junit: string;
}

/** `report`: null when the votes cannot be read, and only the gates can be shown. */
export function writeCiFiles(files: CiFiles, result: CiResult, report: Report | null, context: Context): void {
  const comment = ciComment(result);
  write(files.comment, comment);
  write(files.junit, junit(result, report, context));
  if (report) write(join(files.folder, 'report.md'), markdownReport(report));
  write(join(files.folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  const summary = context.env.GITHUB_STEP_SUMMARY;
  if (summary) appendFileSync(summary, comment);
}

function junit({ gates }: CiResult, report: Report | null, { now }: Context): string {
  const ofVerdicts = gates.filter((gate) => gate.gate === 'verdict' && gate.pair !== undefined);
  const others = gates.filter((gate) => !ofVerdicts.includes(gate));
  const generatedAt = report?.generatedAt ?? now().toISOString();
  const suite = suiteXml(
    'gates',
    { generatedAt },
    // While sealed the report's own suite holds no verdicts: the gates' words stand here.
    (report && !report.sealed ? others : gates).map(({ gate, scope, state, message }) => ({
      name: `${gate}: ${scope}`,
      state: junitState(state),
      message,
    })),
  );
  if (!report) return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gapcheck">\n${suite}\n</testsuites>\n`;
  return junitReport(report, ofVerdicts.map(junitGate), [suite]);
}

const junitState = (state: GateResult['state']): JunitGate['state'] =>
  state === 'passed' ? 'passed' : state === 'failed' || state === 'broken' ? 'failed' : 'undecided';

const junitGate = ({ pair = '', task = null, state, message }: GateResult): JunitGate => ({
  pair,
  task,
  state: junitState(state),
  message,
});

function write(path: string, text: string): void {
  try {
    makeFolder(dirname(path));
    writeWhole(path, text);
  } catch (error) {
    throw cannotWriteFile(path, error);
  }
}

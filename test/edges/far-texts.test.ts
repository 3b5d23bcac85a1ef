/** Records whose texts stay in the file are the same to everybody who reads them. */
import { appendFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTrials, retriesOf } from '../../src/runs/trial.ts';
import { readAttempts } from '../../src/store/attempts-file.ts';
import { farTexts } from '../../src/store/far-texts.ts';
import { eachLine } from '../../src/store/jsonl.ts';
import { openRun } from '../../src/store/run-folder.ts';
import { makeAnsweredRun, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

interface Line {
  id: number;
  text?: string;
  calls?: { name: string }[];
  checks: { check: string; pass: boolean }[];
}

const far = (path: string): Line[] => {
  const keep = farTexts<Line>(path, ['text', 'calls']);
  return [...eachLine(path)].map(({ value, from }) => keep(value as Line, from));
};

describe('records whose texts stay in the file', () => {
  it('are what was written, in any order of asking, whatever the texts hold', () => {
    using dir = tempDir();
    const file = dir.at('lines.jsonl');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      // Longer than a block, and than four of them; a line feed in a text is no end of its line.
      fc.nat(20_000).map((times) => 'größer\n'.repeat(times)),
    );
    const line = fc.record(
      { text, calls: fc.array(fc.record({ name: text }), { maxLength: 2 }), pass: fc.boolean() },
      { requiredKeys: ['pass'] },
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(7)), (given, order) => {
        const lines = given.map(({ pass, ...rest }, id): Line => ({ id, ...rest, checks: [{ check: 'empty', pass }] }));
        writeFileSync(file, lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
        const read = far(file);
        for (const at of order) expect(read[at]?.text).toEqual(lines[at]?.text);
        expect(read.map((one) => ({ ...one }))).toEqual(lines);
        expect(read.map((one) => JSON.stringify(one))).toEqual(lines.map((one) => JSON.stringify(one)));
        expect(read.map((one) => 'text' in one)).toEqual(lines.map((one) => 'text' in one));
      }),
      { numRuns: 8 },
    );
  });

  it('of a run fold into the same trials as those in memory', () => {
    using dir = tempDir();
    const paths = makeAnsweredRun(dir.path, ticketAnswers(20));
    const { folder } = paths;
    // A crash cut a line, and the next writer said so.
    appendFileSync(paths.attempts('open'), '{"prompt":"p_\n{"torn":21}\n');
    const { run, prompts } = openRun(folder);
    const apart = openRun(folder, 0);
    expect(JSON.stringify(apart.prompts)).toBe(JSON.stringify(prompts));
    expect(Object.getOwnPropertyDescriptor(apart.prompts[0], 'messages')?.get).toBeDefined();
    for (const arm of run.arms) {
      const near = readAttempts(paths, arm.name);
      const read = readAttempts(paths, arm.name, 0);
      expect(read.warnings).toEqual(near.warnings);
      expect(Object.getOwnPropertyDescriptor(read.steps[0], 'text')?.get).toBeDefined();
      const fold = ({ steps }: typeof near) => [...foldTrials(steps, retriesOf(arm, run.settings))];
      expect(JSON.stringify(fold(read))).toBe(JSON.stringify(fold(near)));
    }
  });
});

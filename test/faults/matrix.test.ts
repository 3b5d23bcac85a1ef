/**
 * Every fault against every command that can meet it, with the built CLI as a process: it ends in the documented exit
 * code, says what to do next, leaves whole files behind, and what goes on from there works. GAPCHECK_MATRIX=1 prints
 * the matrix as Markdown.
 */
import { describe, expect, it } from 'vitest';
import { canMount } from '../helpers/small-disk.ts';
import { hasTmux } from '../helpers/terminal.ts';
import { ci, ciBeforeItBegins, ciUnder } from './ci-cells.ts';
import { type Cell, exitOf, type Matrix, matrixMarkdown, type Play, plays } from './matrix.ts';
import { offlineCells } from './offline-cells.ts';
import { run, runBeforeAHang, runBeforeItBegins, runUnder, unknownHost } from './run-cells.ts';
import { score } from './score-cells.ts';

const packet = offlineCells('packet');
const merge = offlineCells('merge');
const verdict = offlineCells('verdict');
const report = offlineCells('report');

const callsNothing = 'it calls no model: what is on the disk is all it needs';
/** Commands beside `run` and `ci`, where a model is at fault. */
const noModel = {
  packet: { because: callsNothing },
  score: { because: callsNothing },
  merge: { because: callsNothing },
  'ci --verdict': { because: callsNothing },
  report: { because: callsNothing },
} satisfies Record<string, Cell>;

const dead = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
const unknown = { OPENAI_BASE_URL: `http://${unknownHost}/v1` };

const matrix = {
  '429 storm': { run: [runUnder('429 storm')], ci: [ciUnder('429 storm')], ...noModel },
  '5xx': { run: [runUnder('5xx')], ci: [ciUnder('5xx')], ...noModel },
  'cut stream': { run: [runUnder('cut stream')], ci: [ciUnder('cut stream')], ...noModel },
  hang: { run: [runBeforeAHang, runUnder('hang')], ci: [ciUnder('hang')], ...noModel },
  'slow body': { run: [runUnder('slow body')], ci: [ciUnder('slow body')], ...noModel },
  'wrong JSON': { run: [runUnder('wrong JSON')], ci: [ciUnder('wrong JSON')], ...noModel },
  'dead backend': {
    run: [runBeforeItBegins(/Next: start the server that should listen on 127/, () => dead), runUnder('dead backend')],
    ci: [ciBeforeItBegins(() => dead), ciUnder('dead backend')],
    ...noModel,
  },
  'DNS failure': {
    run: [runBeforeItBegins(/ENOTFOUND[\s\S]*Next: check baseURL, or the network/, () => unknown)],
    ci: [ciBeforeItBegins(() => unknown)],
    ...noModel,
  },
  'clock jump': at('clock jump'),
  'disk full': at('disk full'),
  'read-only folder': at('read-only folder'),
  'two processes': at('two processes'),
  'Ctrl-C': at('Ctrl-C'),
  'kill -9': at('kill -9'),
} satisfies Matrix;

function at(fault: keyof typeof run) {
  return {
    run: run[fault],
    packet: packet[fault],
    score: score[fault],
    merge: merge[fault],
    ci: ci[fault],
    'ci --verdict': verdict[fault],
    report: report[fault],
  };
}

const able = { mount: canMount && hasTmux, tmux: hasTmux };

interface Named {
  name: string;
  play: Play;
}

const all: Named[] = Object.entries(matrix).flatMap(([fault, cells]) =>
  Object.entries<Cell>(cells).flatMap(([command, cell]) =>
    plays(cell).map((play) => ({ name: `${fault} × ${command}: ${play.when}`, play })),
  ),
);

describe.concurrent('the fault matrix', () => {
  for (const { name, play } of all) {
    it.skipIf(play.needs !== undefined && !able[play.needs])(name, async () => {
      const ending = await play.play();
      expect({ exit: exitOf(ending), text: ending.text }).toMatchObject({ exit: play.exit });
      if (play.says) expect(ending.text).toMatch(play.says);
      expect(ending.text).not.toMatch(/This is a bug in gapcheck|\n\s+at /);
    });
  }
});

if (process.env.GAPCHECK_MATRIX) process.stdout.write(`${matrixMarkdown(matrix)}\n`);

/**
 * Whole commands against bare Node, in the same run: medians of alternating runs. Compiled code is kept between starts, as
 * on a user's machine; Node 20 cannot do so and has bars of its own.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scoreDemo } from '../helpers/stranger-flow.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { atMost, type Row } from './row.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const prompts = fileURLToPath(new URL('../../prompts', import.meta.url));
const keepsCode = Number(process.versions.node.split('.')[0]) >= 22;
const rounds = 15;
/** Prints peak resident memory, kB, when the process ends. */
const peak = 'process.on("exit",()=>process.stderr.write(String(process.resourceUsage().maxRSS)))';

const dir = tempDir();
process.once('exit', () => dir[Symbol.dispose]());
const env = { PATH: process.env.PATH ?? '', HOME: dir.path, NO_COLOR: '1', OLLAMA_HOST: '127.0.0.1:9' };

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function wallMs(args: string[], cwd: string): number {
  const before = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore', cwd, env });
  return performance.now() - before;
}

function peakMb(args: string[]): number {
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`];
  const spawn = `process.stdout.write(require('child_process').spawnSync(process.execPath, ${JSON.stringify([...preload, ...args])}, {encoding:'utf8'}).stderr)`;
  return Number(execFileSync(process.execPath, ['-e', spawn], { encoding: 'utf8', env })) / 1024;
}

interface Pair {
  bareMs: number;
  oursMs: number;
}

/** Medians of `rounds` pairs; the first pair fills the caches and does not count. */
function timed(args: string[], cwd: string, between: () => void = () => undefined): Pair {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    pairs.push({ bareMs: wallMs(['-e', '0'], cwd), oursMs: wallMs([bin, ...args], cwd) });
    between();
  }
  const counted = pairs.slice(1);
  return { bareMs: median(counted.map(({ bareMs }) => bareMs)), oursMs: median(counted.map(({ oursMs }) => oursMs)) };
}

function demoRun(): Pair {
  const cwd = dir.at('run');
  mkdirSync(cwd, { recursive: true });
  cpSync(prompts, dir.at('run/prompts'), { recursive: true });
  const clear = () => rmSync(dir.at('run/results'), { recursive: true, force: true });
  return timed(['run', 'prompts/demo.csv', '--no-score'], cwd, clear);
}

async function demoReport(): Promise<Pair> {
  const cwd = dir.at('report');
  mkdirSync(cwd, { recursive: true });
  await scoreDemo(process.execPath, [bin], cwd);
  return timed(['report'], cwd);
}

const known = new Map<string, Promise<Pair>>();
function once(name: string, measure: () => Pair | Promise<Pair>): Promise<Pair> {
  const measured = known.get(name) ?? Promise.resolve(measure());
  known.set(name, measured);
  return measured;
}

const version = () => once('version', () => timed(['--version'], dir.path));
const ran = () => once('run', demoRun);
const reported = () => once('report', demoReport);
const inTimes = ({ bareMs, oursMs }: Pair): number => oursMs / bareMs;

export const rows: Row[] = [
  atMost('gapcheck --version over node -e 0, wall (median)', 'ms', keepsCode ? 18 : 25, async () => {
    const { bareMs, oursMs } = await version();
    return oursMs - bareMs;
  }),
  atMost('gapcheck --version over node -e 0, peak memory (median)', 'MB', 25, async () => {
    const pairs = Array.from({ length: 5 }, () => [peakMb([bin, '--version']), peakMb(['-e', '0'])] as const);
    return median(pairs.map(([ours]) => ours)) - median(pairs.map(([, bare]) => bare));
  }),
  atMost('gapcheck report of the scored demo, wall (median)', 'ms', 150, async () => (await reported()).oursMs),
  atMost('gapcheck report of the scored demo over node -e 0', '×', keepsCode ? 5 : 4, async () =>
    inTimes(await reported()),
  ),
  atMost('gapcheck run of the demo, wall (median)', 'ms', keepsCode ? 220 : 300, async () => (await ran()).oursMs),
  atMost('gapcheck run of the demo over node -e 0', '×', keepsCode ? 8 : 7, async () => inTimes(await ran())),
];

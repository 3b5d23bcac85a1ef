/** Start-up against bare Node, in the same run: medians of alternating runs. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const rounds = 15;
/** Prints peak resident memory, kB, when the process ends. */
const peak = 'process.on("exit",()=>process.stderr.write(String(process.resourceUsage().maxRSS)))';

function once(args: string[]): { ms: number; mb: number } {
  const before = performance.now();
  execFileSync(process.execPath, args, { stdio: 'ignore' });
  const ms = performance.now() - before;
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`];
  const kb = execFileSync(process.execPath, ['-e', report(preload, args)], { encoding: 'utf8' });
  return { ms, mb: Number(kb) / 1024 };
}

/** Runs `args` with the preload and prints what it wrote to stderr. */
const report = (preload: string[], args: string[]): string =>
  `process.stdout.write(require('child_process').spawnSync(process.execPath, ${JSON.stringify([...preload, ...args])}, {encoding:'utf8'}).stderr)`;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function overBare(): { ms: number; mb: number } {
  const bare: { ms: number; mb: number }[] = [];
  const ours: { ms: number; mb: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(once(['-e', '0']));
    ours.push(once([bin, '--version']));
  }
  return {
    ms: median(ours.map(({ ms }) => ms)) - median(bare.map(({ ms }) => ms)),
    mb: median(ours.map(({ mb }) => mb)) - median(bare.map(({ mb }) => mb)),
  };
}

let measured: { ms: number; mb: number } | undefined;
const over = (): { ms: number; mb: number } => {
  measured ??= overBare();
  return measured;
};

export const rows = [
  {
    name: 'gapcheck --version over node -e 0, wall (median)',
    run: async () => ({ value: over().ms, unit: 'ms', bar: 60, ok: over().ms <= 60 }),
  },
  {
    name: 'gapcheck --version over node -e 0, peak memory (median)',
    run: async () => ({ value: over().mb, unit: 'MB', bar: 25, ok: over().mb <= 25 }),
  },
];

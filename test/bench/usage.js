/** Loaded with `--import`: writes what the process used, as it ends, to the file named by GAPCHECK_BENCH_USAGE. */
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const used = { wallMs: performance.now(), cpuMs: (user + system) / 1_000, rssMb };
  writeFileSync(process.env.GAPCHECK_BENCH_USAGE ?? 'usage.json', JSON.stringify(used));
});

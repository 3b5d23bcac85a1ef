/** Speed and memory: rows of `npm run bench`, with its bars. Medians, ratios and CPU times; other work still shows. */
import { fromBench, type ProofRow } from './row.ts';

const logs = () => import('../bench/logs.bench.ts');
const runs = () => import('../bench/runs.bench.ts');
const scale = () => import('../bench/scale.bench.ts');
const session = () => import('../bench/session.bench.ts');
const startUp = () => import('../bench/start-up.bench.ts');

export const rows: ProofRow[] = [
  fromBench(runs, 'gapcheck run, 200 prompts × 2 arms at 20: wall over ideal', {
    word: 'overhead',
    what: 'wall time over the ideal, 200 prompts × 2 arms, 20 at a time',
  }),
  fromBench(runs, 'gapcheck run, 2000 prompts × 2 arms at 50: wall over ideal', {
    word: 'overhead-big',
    what: 'wall time over the ideal, 2,000 prompts × 2 arms, 50 at a time',
  }),
  fromBench(runs, 'gapcheck run, 2000 prompts × 2 arms at 50: CPU over bare SDK calls', {
    word: 'cpu',
    what: 'CPU of that run over the same SDK calls in a bare loop',
  }),
  fromBench(startUp, 'gapcheck --version over node -e 0, wall (median)', {
    word: 'start-up',
    what: '`gapcheck --version` over bare `node -e 0`, wall time, median',
  }),
  fromBench(startUp, 'gapcheck report of the scored demo, wall (median)', {
    word: 'start-report',
    what: '`gapcheck report` of the scored demo, wall time, median',
  }),
  fromBench(startUp, 'gapcheck run of the demo, wall (median)', {
    word: 'start-run',
    what: '`gapcheck run prompts/demo.csv --no-score`, wall time, median',
  }),
  fromBench(runs, 'gapcheck run, 20000 prompts × 2 arms at 256: wall over bare SDK calls', {
    word: 'cluster',
    what: 'wall time of 20,000 prompts × 2 arms at 256 in flight over the same SDK calls in a bare loop',
  }),
  fromBench(runs, 'gapcheck run, 20000 prompts × 2 arms at 256: CPU over bare SDK calls', {
    word: 'cluster-cpu',
    what: 'CPU of that run over the same bare loop',
  }),
  fromBench(runs, 'gapcheck run, 20000 prompts × 2 arms at 256: memory over bare SDK calls', {
    word: 'cluster-memory',
    what: 'peak memory of that run over the same bare loop',
  }),
  fromBench(scale, 'run of 100,000 prompts × 2 replayed arms: peak memory', {
    word: 'scale-run',
    what: 'peak memory of a run of 100,000 prompts × 2 replayed arms',
  }),
  fromBench(scale, 'report of 100,000 prompts × 2 replayed arms: peak memory', {
    word: 'scale-memory',
    what: 'peak memory of a report of 100,000 prompts × 2 replayed arms',
  }),
  fromBench(scale, 'report of 100,000 prompts × 2 replayed arms: wall', {
    word: 'scale-time',
    what: 'wall time of that report',
  }),
  fromBench(logs, '1,000,000 rows: speed against bare csv-parse', {
    word: 'import',
    what: 'import of 1,000,000 CSV rows: speed of bare csv-parse that is left, CPU',
    side: 'at least',
  }),
  fromBench(logs, '1,000,000 rows, CSV: peak memory with -n 24', {
    word: 'memory-import',
    what: 'peak memory of that import, 24 prompts kept',
  }),
  fromBench(runs, 'gapcheck run, 2000 prompts × 2 arms at 50: memory over bare SDK calls', {
    word: 'memory-run',
    what: 'peak memory of 2,000 prompts × 2 arms, over the same SDK calls in a bare loop',
  }),
  fromBench(session, 'session: key to frame, a run of 5,000 ballots', {
    word: 'ballots-5000',
    what: 'key to frame in a run of 5,000 ballots, votes among the keys, median',
  }),
  fromBench(session, 'session: heap growth from ballot 100 to 500', {
    word: 'memory-session',
    what: 'heap growth of a session from ballot 100 to 500, two answers of 100 KB each',
  }),
];

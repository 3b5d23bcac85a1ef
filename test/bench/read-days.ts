/** Child of watch.bench.ts: closes one day of a log, prints JSON {records, toRead, seconds, cpuMs, rssMb, bytes}. */
import { statSync } from 'node:fs';
import { calendar } from '../../src/logs/days.ts';
import { readDays } from '../../src/logs/watch/read-days.ts';
import { hashing } from '../../src/store/hashing.ts';

const [file = '', from = '0'] = process.argv.slice(2);
const day = '2026-11-02';
const options = { redact: true, now: new Date(0), seed: 1, hashing, cwd: '/' };
const { size, dev, ino } = statSync(file);
const bytes = Number(from);
/** What an earlier day read: its tail is unknown here, which a state of that kind may be. */
const states =
  bytes === 0
    ? []
    : [
        {
          path: file,
          device: dev,
          inode: ino,
          size: bytes,
          bytes,
          records: 0,
          sha256: hashing.sha256(''),
          head: 0,
          format: 'chat',
        },
      ];

const before = process.cpuUsage();
const began = performance.now();
const { days } = await readDays({
  logs: [file],
  options,
  draw: {
    calendar: calendar('UTC'),
    closing: [day],
    perDay: 24,
    key: new Uint8Array(32).fill(7),
    hashing,
    redact: true,
    tasks: new Set(),
    drawn: { ids: new Set(), sources: new Set() },
    isReady: () => true,
  },
  states,
  firstDay: day,
  mirror: false,
});
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
const [drawn] = days;
console.log(
  JSON.stringify({
    records: drawn?.records,
    toRead: drawn?.prompts.length,
    seconds,
    cpuMs: (user + system) / 1000,
    rssMb: process.resourceUsage().maxRSS / 1024,
    bytes: size,
  }),
);

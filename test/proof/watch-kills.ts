/**
 * A simulated week with a rotating log and kill -9 at random moments: real processes with a clock of their own, a model
 * over HTTP. What was drawn is held against the records alone.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRun, type StoredRun } from '../../src/store/run-folder.ts';
import { otherClock } from '../faults/place.ts';
import { startCli } from '../helpers/cli.ts';
import { reply, startModelServer } from '../helpers/model-server.ts';
import { drawnBy, RotatingLog, rightDraw, rotations } from '../helpers/rotating-log.ts';
import { seeded } from '../helpers/vote-paths.ts';
import { dayMs, firstDay, weekFolder } from '../helpers/watched-week.ts';

export interface WeekKills {
  kills: number;
  records: number;
  calls: number;
  /** Prompts that two days drew. */
  drawnTwice: number;
  /** Records that no day counted, or that two did. */
  lost: number;
  /** Days whose draw is not the one without kills. */
  otherDraw: number;
  /** Calls for an answer that was recorded already. */
  paidTwice: number;
  /** Prompts to read without an answer at the end. */
  unanswered: number;
}

const days = 7;
const perDay = 3;

/** `kills` over the week, about as many on each day. Throws where a start that is left alone does not end with 0. */
export async function killWeek(kills: number, seed = 5): Promise<WeekKills> {
  const random = seeded(seed);
  const cwd = mkdtempSync(join(tmpdir(), 'gapcheck-week-'));
  let paidTwice = 0;
  await using server = await startModelServer((call) => {
    if (recorded(cwd).some((text) => text.includes(call.lastUserText))) paidTwice += 1;
    return reply(`Open answer to: ${call.lastUserText}`, { delayMs: 40 });
  });
  try {
    mkdirSync(join(cwd, 'logs'));
    const jump = join(cwd, 'jump');
    const clock = (ms: number): void => writeFileSync(jump, String(Math.round(firstDay + ms - Date.now())));
    const words = ['watch', 'logs/app.jsonl*', '--closed', 'logged', '--open', 'ollama:qwen3:8b', '-j', '1'];
    const env = { ...server.env, ...otherClock({ jumps: jump }) };
    const start = () =>
      startCli([...words, '--per-day', String(perDay), '--for', `${days}d`, '--no-test-call', '--yes'], { cwd, env });
    const log = new RotatingLog(join(cwd, 'logs'));
    log.write([firstDay - dayMs, firstDay + 60_000]);
    clock(120_000);
    await untilDone(start);
    let killed = 0;
    for (let day = 0; day < days; day += 1) {
      for (let part = 0; part < 4; part += 1) {
        const from = firstDay + day * dayMs + part * (dayMs / 4) + 600_000;
        log.write(Array.from({ length: 3 + Math.floor(random() * 6) }, (_, at) => from + at * 60_000));
        if (random() < 0.4) log.packOne();
        log.rotate(rotations[Math.floor(random() * rotations.length)] ?? 'none');
      }
      clock((day + 1) * dayMs + 2 * 3_600_000);
      const wanted = Math.round(((day + 1) * kills) / days) - killed;
      for (let at = 0; at < wanted; at += 1) {
        const running = start();
        // From the loading of the program to the last answer: the later ones get further.
        await new Promise((resolve) => setTimeout(resolve, 100 + random() * (200 + (1_500 * at) / wanted)));
        running.child.kill('SIGKILL');
        await running.done;
        killed += 1;
        if (random() < 0.3) log.rotate(rotations[Math.floor(random() * rotations.length)] ?? 'none');
      }
      await untilDone(start);
    }
    return { ...judged(weekOf(cwd), log), kills: killed, calls: server.calls.length, paidTwice };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function untilDone(start: () => ReturnType<typeof startCli>): Promise<void> {
  const { code, out, err } = await start().done;
  if (code !== 0) throw new Error(`a start that was left alone ended with ${code}:\n${out}\n${err}`);
}

const weekOf = (cwd: string): StoredRun => openRun(weekFolder(cwd) ?? '');

/** The answers that are on the disk. */
function recorded(cwd: string): string[] {
  const file = join(weekFolder(cwd) ?? cwd, 'attempts', 'open.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes('"outcome":"answered"'));
}

function judged(stored: StoredRun, log: RotatingLog) {
  const drawn = drawnBy(stored);
  const right = rightDraw(stored, log.written, perDay);
  const all = drawn.flatMap(({ prompts }) => prompts);
  const answers = readFileSync(stored.paths.attempts('open'), 'utf8');
  const toRead = drawn.flatMap(({ prompts }) => prompts.slice(0, perDay));
  return {
    records: right.reduce((sum, { records }) => sum + records, 0),
    drawnTwice: all.length - new Set(all).size,
    lost: right.reduce((sum, { records }, at) => sum + Math.abs(records - (drawn[at]?.records ?? 0)), 0),
    otherDraw: right.filter((day, at) => JSON.stringify(day) !== JSON.stringify(drawn[at])).length,
    unanswered: toRead.filter((id) => !answers.includes(id)).length,
  };
}

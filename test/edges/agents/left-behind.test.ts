/** What a killed process left behind, as a resume meets it; and agents that are hostile or odd. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { processId } from '../../../src/arms/programs/process-id.ts';
import { agentArgs, layAgents, leftBy } from '../../helpers/agent-run.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const resume = ['run', '--resume', '--no-score'];

/** A finished run whose ledger says that one trial more was begun, and its process. */
async function runWithLeft(
  folder: string,
  started: { pid: number; startTime: string; folder: string },
): Promise<string> {
  layAgents(folder, ['done']);
  expect(await runVerb(agentArgs(), { cwd: folder })).toMatchObject({ code: 0 });
  const { run, ended } = leftBy(folder);
  const { arm = '', prompt = '' } = ended[0] ?? {};
  const line = { at: new Date().toISOString(), event: 'trial-started', arm, prompt, trial: 2, ...started };
  appendFileSync(`${run}/events.jsonl`, `${JSON.stringify(line)}\n`);
  return run;
}

function sleeper() {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  const exited = once(child, 'exit');
  const { pid = 0 } = child;
  return {
    pid,
    exited,
    runs: () => child.exitCode === null && child.signalCode === null,
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

test.skipIf(process.platform === 'win32')(
  'a group that is certainly ours is ended',
  async () => {
    using dir = tempDir();
    using left = sleeper();
    await runWithLeft(dir.path, { ...processId(left.pid), folder: dir.at('gapcheck-r_0', 'x', 'work') });
    const { code, err } = await runVerb(resume, { cwd: dir.path });
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('One trial was cut off.') });
    await left.exited;
    const cut = leftBy(dir.path).events.filter((event) => event.event === 'trial-interrupted');
    expect(cut).toMatchObject([{ trial: 2, steps: 0, costUsd: null }]);
  },
  30_000,
);

test.skipIf(process.platform === 'win32').each(['another:1', ''])(
  'a group of that number with the start "%s" is left alone, and nothing is resumed',
  async (startTime) => {
    using dir = tempDir();
    using left = sleeper();
    await runWithLeft(dir.path, { pid: left.pid, startTime, folder: dir.at('gapcheck-r_0', 'x', 'work') });
    const { code, err } = await runVerb(resume, { cwd: dir.path });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(`ps -p ${left.pid}`) });
    expect(left.runs()).toBe(true);
  },
  30_000,
);

test('a number without a process, and folders that are not ours, are left alone', async () => {
  using dir = tempDir();
  mkdirSync(dir.at('precious', 'x', 'work'), { recursive: true });
  for (const pid of [0, 1, 999_999_999]) {
    using inner = tempDir();
    await runWithLeft(inner.path, { pid, startTime: 'x:1', folder: dir.at('precious', 'x', 'work') });
    const { code, err } = await runVerb(resume, { cwd: inner.path });
    expect(code, err).toBe(0);
  }
  expect(existsSync(dir.at('precious', 'x', 'work'))).toBe(true);
}, 60_000);

/** An agent of a few lines in place of the scripted one, on both sides. */
function layAgent(folder: string, body: string): void {
  layAgents(folder, ['done']);
  for (const side of ['closed', 'open']) {
    writeFileSync(`${folder}/${side}.sh`, `#!/bin/sh\n# ${side}\n${body}\n`);
    chmodSync(`${folder}/${side}.sh`, 0o755);
  }
}

const hostile: readonly (readonly [string, string, { end: string; why?: string }])[] = [
  [
    '40 MB without a line end',
    'head -c 40000000 /dev/zero | tr "\\0" x; sed -i s/broken/fixed/ state.txt',
    { end: 'done' },
  ],
  ['bytes that are no text', 'head -c 100000 /dev/urandom; sed -i s/broken/fixed/ state.txt', { end: 'done' }],
  [
    'deep JSON',
    `printf '%0.s[' $(seq 1 20000); echo; echo '{"type":"step","kind":"run","text":"x","ok":true}'`,
    { end: 'wrong-end', why: 'end check: exit 1' },
  ],
  ['a folder that is gone', 'rm -rf "$PWD"/* "$PWD"/.[a-z]*; cd /; rmdir "$OLDPWD"', { end: 'wrong-end' }],
  ['a link to everything', 'ln -s / root; ln -s . loop; sed -i s/broken/fixed/ state.txt', { end: 'done' }],
  [
    'a pipe and a folder that nobody may read',
    'mkfifo pipe; mkdir dark; chmod 000 dark; sed -i s/broken/fixed/ state.txt',
    { end: 'done' },
  ],
  ['a closed input', 'exec 0<&-; sed -i s/broken/fixed/ state.txt', { end: 'done' }],
];

test.each(hostile)(
  '%s breaks nothing',
  async (_name, body, expected) => {
    using dir = tempDir();
    layAgent(dir.path, body);
    const { code, err } = await runVerb(agentArgs('--time', '30s'), { cwd: dir.path });
    expect(code, err).toBe(0);
    expect(leftBy(dir.path).ended).toMatchObject([expected, expected]);
    expect(readFileSync(dir.at('fixture', 'state.txt'), 'utf8')).toBe('broken\n');
  },
  60_000,
);

test('a script whose interpreter is not there was never an agent: nothing is measured', async () => {
  using dir = tempDir();
  layAgent(dir.path, 'true');
  writeFileSync(dir.at('open.sh'), '#!/no/such/interpreter\n');
  const { code, err } = await runVerb(agentArgs(), { cwd: dir.path });
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('could not be started') });
}, 30_000);

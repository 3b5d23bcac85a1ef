import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exec } from '../../../src/checks/exec.ts';
import { readChecks, readPromptChecks } from '../../../src/checks/validate.ts';
import { assertPrograms, createAnswering } from '../../../src/runs/answering.ts';
import { assertExecPrograms, withExec } from '../../../src/runs/exec-check.ts';
import { runProgram } from '../../../src/runs/run-program.ts';
import { answerWith, promptWith } from '../../core/checks/sample.ts';

describe.skipIf(process.platform === 'win32')('exec programs', () => {
  let cwd = '';
  const env = { PATH: process.env.PATH };
  const script = (name: string, body: string, mode = 0o755): void => {
    writeFileSync(join(cwd, name), body);
    chmodSync(join(cwd, name), mode);
  };
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'gapcheck-exec-'));
    script('total.sh', '#!/bin/sh\ngrep -q total || { echo "no total in the $GAPCHECK_TASK answer" >&2; exit 3; }\n');
    script('slow.sh', '#!/bin/sh\n(sleep 5; touch survived) &\nsleep 60\n');
    script('deaf.sh', '#!/bin/sh\nexit 0\n');
    script('locked.sh', '#!/bin/sh\nexit 0\n', 0o644);
    script('loud.sh', '#!/bin/sh\nyes abcdefgh | head -c 3000000\necho; echo last line\nexit 1\n');
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const judge = async (command: string, text: string) => {
    const configured = readChecks({ '*': [{ exec: command, seconds: 1 }] });
    const [spec] = configured['*'] ?? [];
    const input = await withExec(answerWith({ text, prompt: promptWith() }), configured, { cwd, env });
    return spec && exec.run(spec, input);
  };

  it('passes on exit 0 and says the last line otherwise', async () => {
    expect(await judge('./total.sh', 'the total is 3')).toEqual({ check: 'exec', pass: true });
    expect(await judge('./total.sh', 'nothing')).toMatchObject({
      kind: 'exec',
      why: './total.sh ended with exit code 3: "no total in the summarise answer".',
    });
    expect(await judge('./loud.sh', 'x')).toMatchObject({ why: './loud.sh ended with exit code 1: "last line".' });
  });

  it('ends a program that takes too long, with its children', async () => {
    const started = performance.now();
    expect(await judge('./slow.sh', 'x')).toMatchObject({ pass: false, kind: 'exec-timeout' });
    expect(performance.now() - started).toBeLessThan(3_000);
    await wait(100);
    expect(existsSync(join(cwd, 'survived'))).toBe(false);
  });

  it('does not mind a program that never reads 5 MB', async () => {
    expect(await judge('./deaf.sh', 'x'.repeat(5_000_000))).toMatchObject({ pass: true });
  });

  it('hands the answer over byte for byte, never to a shell', async () => {
    script('keep.sh', '#!/bin/sh\ncat > kept\n');
    const text = '$(touch owned); `id` "é\u0000\r\n';
    await judge('./keep.sh', text);
    expect(readFileSync(join(cwd, 'kept'), 'utf8')).toBe(text);
    expect(existsSync(join(cwd, 'owned'))).toBe(false);
  });

  it('stops before any call when the program is missing or locked', async () => {
    const check = (command: string) => () => assertExecPrograms(readChecks({ sum: [{ exec: command }] }), { cwd, env });
    expect(check('./total.sh')).not.toThrow();
    expect(check('sh -c true')).not.toThrow();
    expect(check('./absent.sh')).toThrow('checks.sum[0].exec: ./absent.sh is not there or may not be run');
    expect(check('./locked.sh')).toThrow('checks.sum[0].exec: ./locked.sh is not there or may not be run');
    await expect(runProgram({ file: './absent.sh', args: [], limitMs: 1000 }, '', { cwd, env })).rejects.toThrow(
      /could not be started \(ENOENT\)/,
    );
  });

  it('starts nothing for a prompt file, whatever it says about itself', async () => {
    const own = [{ check: 'exec', value: './keep.sh', from: 'config' as const }];
    script('keep.sh', '#!/bin/sh\ntouch started\n');
    const prompt = promptWith({ checks: own });
    expect((await withExec(answerWith({ text: 'x', prompt }), {}, { cwd, env })).exec).toBeUndefined();
    expect(existsSync(join(cwd, 'started'))).toBe(false);
    expect(() => readPromptChecks([prompt])).toThrow(
      'test.jsonl:1: checks[0].exec: programs are started for checks of the config only, never for a prompt file',
    );
  });

  it('judges a whole run’s answers as its settings say', async () => {
    const settings = { checks: readChecks({ '*': [{ exec: './total.sh' }, { maxWords: 3 }] }) };
    const { checkAnswer } = createAnswering(settings, { cwd, env });
    const failed = await checkAnswer(promptWith(), { text: 'a b c d', toolCalls: [], finish: 'stop' });
    expect(failed.filter(({ pass }) => !pass).map(({ kind }) => kind)).toEqual(['too-long', 'exec']);
    expect(() => assertPrograms(settings, { cwd, env })).not.toThrow();
    expect(() => assertPrograms({ tools: { exec: './absent' } }, { cwd, env })).toThrow('tools.exec: ./absent');
  });

  it('ends when the run is interrupted', async () => {
    const stop = new AbortController();
    const running = runProgram({ file: './slow.sh', args: [], limitMs: 60_000 }, '', { cwd, env, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('interrupted')), 50);
    await expect(running).rejects.toThrow('interrupted');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { dayMs, firstDay, text, watchedWeek } from '../../helpers/watched-week.ts';

interface Call {
  prompt: string;
  at: number;
  answer: string;
  silent?: boolean;
  session?: string;
  id: string;
}

const iso = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('Z', '000');

/** As LiteLLM's StandardLoggingPayload has it. */
const logged = (
  { prompt, at, answer, silent = false, session, id }: Call,
  { marked = true, models = ['gpt-5.6', 'qwen3:8b'] }: { marked?: boolean; models?: string[] } = {},
) => ({
  id,
  call_type: 'acompletion',
  custom_llm_provider: silent ? 'ollama' : 'openai',
  response_cost: silent ? 0 : 0.002,
  model: models[silent ? 1 : 0],
  startTime: iso(at),
  endTime: iso(at + (silent ? 4_000 : 1_500)),
  messages: [{ role: 'user', content: prompt }],
  response: { choices: [{ message: { role: 'assistant', content: answer }, finish_reason: 'stop' }] },
  metadata: { ...(silent && marked && { is_silent_experiment: true }) },
  ...(session !== undefined && { trace_id: session }),
});

const started = Date.parse('2026-11-02T08:00:00Z');
let state = 11;
const random = (): number => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state / 0x7fffffff;
};

/** 1,000 pairs, of which 100 ask what an earlier one asked; 25 calls and 25 copies without a partner; in order of their end. */
function mirrorLog() {
  const calls: Call[] = [];
  const right = new Map<string, { ref: string; silent?: string }>();
  for (let n = 0; n < 1_000; n += 1) {
    const prompt = `Question ${n < 900 ? n : n - 900}`;
    const at = started + n * 20_000;
    const session = n % 3 === 0 ? `s-${n}` : undefined;
    const about = { prompt, ...(session && { session }) };
    calls.push({ ...about, at, answer: `closed ${n}`, id: `c${n}` });
    calls.push({ ...about, at: at + Math.floor(random() * 900), answer: `open ${n}`, silent: true, id: `s${n}` });
    if (n < 900) right.set(prompt, { ref: `closed ${n}`, silent: `open ${n}` });
  }
  for (let n = 0; n < 25; n += 1) {
    calls.push({ prompt: `Lonely ${n}`, at: started + n * 40_000, answer: `closed alone ${n}`, id: `l${n}` });
    calls.push({
      prompt: `Orphan ${n}`,
      at: started + n * 40_000,
      answer: `open alone ${n}`,
      silent: true,
      id: `o${n}`,
    });
    right.set(`Lonely ${n}`, { ref: `closed alone ${n}` });
  }
  return { calls: calls.sort((a, b) => a.at + (a.silent ? 4_000 : 1_500) - b.at - (b.silent ? 4_000 : 1_500)), right };
}

const load = (cwd: string, files: string[]) =>
  loadPrompts(files, { redact: false, now: new Date(started), seed: 1, hashing, cwd });

async function expectRight(cwd: string, files: string[], right: ReadonlyMap<string, { ref: string; silent?: string }>) {
  const { prompts } = await load(cwd, files);
  const found = new Map(
    prompts.map(({ messages, ref, answers }) => [
      String(messages[0]?.content),
      { ref: ref?.text, ...(answers?.silent && { silent: answers.silent.text }) },
    ]),
  );
  expect(found).toEqual(right);
}

describe('a mirror log', () => {
  test('1,000 pairs, 100 repeated, 50 without a partner: every answer stands with its own call', async () => {
    using dir = tempDir();
    const { calls, right } = mirrorLog();
    writeFileSync(dir.at('both.jsonl'), text(calls.map((call) => logged(call))));
    await expectRight(dir.path, ['both.jsonl'], right);
    writeFileSync(dir.at('closed.jsonl'), text(calls.filter(({ silent }) => !silent).map((call) => logged(call))));
    writeFileSync(dir.at('open.jsonl'), text(calls.filter(({ silent }) => silent).map((call) => logged(call))));
    await expectRight(dir.path, ['open.jsonl', 'closed.jsonl'], right);
  });

  test('one mark tells which model is the silent one in all other pairs', async () => {
    using dir = tempDir();
    const { calls, right } = mirrorLog();
    const paired = calls.filter(({ id }) => /^[cs]/.test(id));
    writeFileSync(dir.at('few.jsonl'), text(paired.map((call) => logged(call, { marked: call.id === 's500' }))));
    const answered = new Map([...right].filter(([prompt]) => !prompt.startsWith('Lonely')));
    await expectRight(dir.path, ['few.jsonl'], answered);
  });

  test('another session, another ten minutes and the same model make no pair', async () => {
    using dir = tempDir();
    const call = (id: string, at: number, more: Partial<Call> = {}): Call => ({
      id,
      prompt: `Question of ${id.slice(1)}`,
      at: started + at,
      answer: id,
      ...more,
    });
    const calls = [
      call('a1', 0, { session: 'x' }),
      call('b1', 100, { session: 'y', silent: true }),
      call('a2', 0),
      call('b2', 601_000, { silent: true }),
      call('a3', 0),
      call('b3', 599_000, { silent: true }),
    ];
    writeFileSync(dir.at('log.jsonl'), text(calls.map((one) => logged(one))));
    const { prompts } = await load(dir.path, ['log.jsonl']);
    expect(prompts.map(({ ref, answers }) => [ref?.text, answers?.silent?.text])).toEqual([
      ['a1', undefined],
      ['a2', undefined],
      ['a3', 'b3'],
    ]);
  });

  test('an ordinary log of two models stays as it is', async () => {
    using dir = tempDir();
    const calls: Call[] = [
      { id: 'a', prompt: 'Same question', at: started, answer: 'one' },
      { id: 'b', prompt: 'Same question', at: started + 100, answer: 'two', silent: true },
    ];
    writeFileSync(dir.at('log.jsonl'), text(calls.map((call) => logged(call, { marked: false }))));
    const { prompts } = await load(dir.path, ['log.jsonl']);
    expect(prompts.map(({ count, answers }) => [count, answers])).toEqual([[2, undefined]]);
  });

  test('import, run and watch compare both answers and send nothing', async () => {
    using dir = tempDir();
    const { calls } = mirrorLog();
    writeFileSync(dir.at('both.jsonl'), text(calls.slice(0, 300).map((call) => logged(call))));
    const imported = await runVerb(['import', 'both.jsonl', '-o', 'prompts.jsonl'], { cwd: dir.path });
    expect(imported.out).toContain('--closed logged --open column:silent');
    for (const file of ['both.jsonl', 'prompts.jsonl']) {
      const words = ['run', file, '--closed', 'logged', '--open', 'column:silent', '-n', '12', '--no-score', '--yes'];
      const run = await runVerb([...words, '--name', file.slice(0, 4)], { cwd: dir.path });
      expect({ code: run.code, sends: /\d+ calls? to/.test(run.out) }).toEqual({ code: 0, sends: false });
    }
    const week = watchedWeek(join(dir.path, 'week'), ['--closed', 'logged', '--open', 'column:silent', '--for', '2d']);
    week.write(calls.slice(0, 300).map((call) => logged(call)));
    week.at(started - firstDay + 3_600_000);
    expect((await week.watch()).code).toBe(0);
    week.at(dayMs + 2 * 3_600_000);
    const { code, out } = await week.watch();
    expect({ code, line: /day 1 of 2 {3}\d+ new records, 6 to read \(6 so far, 0 voted\)/.test(out) }).toEqual({
      code: 0,
      line: true,
    });
    const pairs = week.run().prompts.map(({ ref, answers }) => [ref?.text, answers?.silent?.text]);
    expect(pairs).toHaveLength(24);
    for (const [closed, open] of pairs) expect(open).toBe(closed?.replace('closed', 'open'));
  });
});

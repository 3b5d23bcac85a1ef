/** What `import` says of a log's own traffic, and where tasks that the log does not name come from. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/app/context.ts';
import { importLogs } from '../../../src/app/import-logs.ts';
import type { ImportOptions } from '../../../src/app/verb-options.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'gapcheck-audit-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface Said {
  out: string;
  audit: Record<string, never> & { spend: unknown; tokens: unknown; traffic: unknown; kinds: Record<string, number> };
}

async function audit(name: string, records: unknown[], options: ImportOptions = {}): Promise<Said> {
  writeFileSync(join(cwd, name), `${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
  const said: string[] = [];
  const run = async (more: ImportOptions): Promise<string> => {
    said.length = 0;
    const context = {
      env: {},
      cwd,
      stdout: {},
      out: (text: string) => said.push(text),
      data: (text: string) => said.push(text),
      err: (text: string) => said.push(text),
      now: () => new Date('2026-11-21T00:00:00Z'),
      interactive: false,
      args: ['import', name],
    } as unknown as Context;
    await importLogs([name], { ...options, ...more }, context);
    return said.join('\n');
  };
  const out = (await run({ preview: true })).replace(/\s+/g, ' ');
  return { out, audit: (JSON.parse(await run({ json: true })) as { audit: Said['audit'] }).audit };
}

const call = (text: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  messages: [{ role: 'user', content: text }],
  response: { choices: [{ message: { role: 'assistant', content: 'Yes.' } }] },
  ...more,
});
const priced = (model: string, tokens: number): Record<string, unknown> =>
  call(`About ${model}?`, { model, usage: { prompt_tokens: tokens, completion_tokens: 0 } });

describe('spend', () => {
  it('goes on past a model without a price, and says which share of the tokens has one', async () => {
    const { out, audit: found } = await audit('a.jsonl', [priced('gpt-4o', 750), priced('our-own-model', 250)]);
    // $2.50 per million input tokens: 750 of them.
    expect(found.spend).toMatchObject({ tokens: 750, records: 1, listed: 1, unknown: ['our-own-model'] });
    expect((found.spend as { usd: number }).usd).toBeCloseTo((750 * 2.5) / 1e6, 10);
    expect(out).toContain('for 75 % of the tokens');
    expect(out).toContain('no price: our-own-model; give one with `prices` in the config');
  });

  it('takes the price of the undated name for a dated one, and says so', async () => {
    const { out, audit: found } = await audit('b.jsonl', [priced('gpt-4o-2026-01-31', 1000)]);
    expect(found.spend).toMatchObject({ as: [{ model: 'gpt-4o-2026-01-31', price: 'gpt-4o' }] });
    expect(out).toContain('gpt-4o-2026-01-31 at the price of gpt-4o');
  });

  it('reckons with no tokens and no price for a call that failed', async () => {
    const generation = (id: string, more: Record<string, unknown>) => ({
      ...{ id, traceId: `trace-${id}`, type: 'GENERATION', model: 'gpt-4o', parentObservationId: null },
      ...{ input: [{ role: 'user', content: `Question ${id}?` }], usageDetails: {}, ...more },
    });
    const { out, audit: found } = await audit('f.jsonl', [
      generation('a', { output: 'Yes.', usageDetails: { input: 1000, output: 2 } }),
      generation('b', { output: null, level: 'ERROR', statusMessage: 'APITimeoutError: Request timed out.' }),
    ]);
    expect(out).toContain('1 of 2 failed');
    expect(found.tokens).toEqual({ in: 1000, out: 2, estimated: 0 });
    expect(found.spend).toMatchObject({ records: 1, listed: 1, tokens: 1002 });
    expect(out).not.toMatch(/of \d+ records at list prices/);
  });

  it('projects what has a price, and nothing else', async () => {
    const at = (day: number): string => new Date(Date.UTC(2026, 9, day)).toISOString();
    const records = [
      { ...priced('gpt-4o', 1_000_000), created_at: at(1) },
      { ...priced('our-own-model', 1_000_000), created_at: at(11) },
    ];
    const { audit: found } = await audit('c.jsonl', records);
    // $2.50 in 10 days.
    expect((found.spend as { perMonth: number }).perMonth).toBeCloseTo((2.5 / 10) * 30.44, 6);
  });
});

describe('time', () => {
  const daily = (days: number, calls: (day: number) => number): Record<string, unknown>[] =>
    Array.from({ length: days }, (_, day) =>
      Array.from({ length: calls(day) }, (__, n) =>
        call(`Question ${day} number ${n}, please?`, {
          created_at: new Date(Date.UTC(2026, 5, 1 + day, n % 24)).toISOString(),
        }),
      ),
    ).flat();

  it('--since counts from the last record, of a file and of standard input', async () => {
    const records = daily(20, () => 1);
    const { out } = await audit('d.jsonl', records, { since: '7d' });
    expect(out).toContain('--since 7d counts from the last record: from 2026-06-13 on.');
    expect(out).toContain('What the log says: 8 usable records, 2026-06-13 to 2026-06-20');
    const piped = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'import', '-', '--since', '7d'], {
      input: records.map((record) => JSON.stringify(record)).join('\n'),
      encoding: 'utf8',
    });
    expect(piped.stdout.trim().split('\n')).toHaveLength(8);
  });

  it('gives whole weeks and growth from eight of them on', async () => {
    // 70 calls in the first week, a tenth more in each: 70, 77, 84.7 … The last hour of the log ends the last week.
    const records = daily(56, (day) => Math.round(10 * 1.1 ** Math.floor(day / 7)));
    records.push(call('The last one?', { created_at: '2026-07-26T23:30:00Z' }));
    const { out, audit: found } = await audit('e.jsonl', records);
    expect((found.traffic as { weekly: number[] }).weekly).toEqual([70, 77, 84, 91, 105, 112, 126, 134]);
    expect(out).toMatch(/growth \+5\d % a month, from 8 whole weeks \(95 % limits \+4\d % to \+5\d %\)/);
    const short = await audit(
      'f.jsonl',
      daily(50, () => 2),
    );
    expect(short.out).not.toContain('growth');
  });

  it('says that growth is not clear where its limits include none', async () => {
    const { out } = await audit(
      'g.jsonl',
      daily(60, (day) => 4 + (Math.floor(day / 7) % 2)),
    );
    expect(out).toContain('growth not clear from 8 whole weeks');
  });

  it('gives the peak and the cached share', async () => {
    const records = Array.from({ length: 240 }, (_, hour) =>
      call(`Hour ${hour}?`, {
        created_at: new Date(Date.UTC(2026, 5, 1, hour)).toISOString(),
        usage: { prompt_tokens: 100, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 25 } },
      }),
    );
    const { audit: found } = await audit('h.jsonl', records);
    expect(found.traffic).toMatchObject({ peak: 1, cachedShare: 0.25 });
  });
});

describe('kinds', () => {
  it('calls long what is long by itself, whatever usage the log states', async () => {
    const long = call('word '.repeat(4000));
    const chatty = call('Short?', { usage: { prompt_tokens: 50_000, completion_tokens: 1 } });
    expect((await audit('i.jsonl', [long, chatty])).audit.kinds).toMatchObject({ longContext: 1 });
  });

  it('counts conversations of ten turns or more', async () => {
    const turns = (n: number): unknown[] =>
      Array.from({ length: n }, (_, at) => ({ role: at % 2 ? 'assistant' : 'user', content: `Turn ${at}` }));
    const records = [{ messages: turns(9) }, { messages: turns(11) }];
    const { out, audit: found } = await audit('j.jsonl', records);
    expect(found.kinds).toMatchObject({ manyTurns: 1 });
    expect(out).toContain('1 with conversations of 10 turns or more');
  });

  it('says records and different prompts', async () => {
    const { out } = await audit('k.jsonl', [call('One?'), call('One?'), call('Two?')]);
    expect(out).toContain(
      'Exact repeats are folded: 3 records, 2 different prompts; each different prompt counts once.',
    );
  });
});

describe('tasks that the log does not name', () => {
  const under = (system: string, text: string): Record<string, unknown> => ({
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: text },
    ],
  });

  it('are a group for each system prompt with two records, whatever the shapes of its prompts', async () => {
    const { audit: found } = await audit('l.jsonl', [
      under('Sort tickets by urgency.', 'The lamp broke.'),
      under('Sort tickets by urgency.', 'Answer with JSON: the bell fell off.'),
      under('Translate menus to Danish.', 'Soup of the day'),
    ]);
    expect(found.tasks).toEqual([
      { task: 'sort-tickets-urgency', records: 2 },
      { task: 'questions', records: 1 },
    ]);
  });

  it('say which unlike system prompts are together', async () => {
    const { out } = await audit('m.jsonl', [
      under('Sort tickets by urgency.', 'The lamp broke.'),
      under('Translate menus to Danish.', 'Soup of the day'),
    ]);
    expect(out).toContain('Tasks were guessed from 2 system prompts.');
    expect(out).toContain('2 different system prompts with one record each are together under "questions".');
  });

  it('name the unused field that looks like the task, and no field that is not there', async () => {
    const records = ['a', 'b', 'a', 'b', 'a', 'b'].map((kind, at) => ({
      ...call(`Question ${at}?`),
      ticket_kind: kind,
    }));
    const { out } = await audit('n.jsonl', records);
    expect(out).toContain('Not used: "ticket_kind". Is it the task? Then add --task-field ticket_kind');
    expect((await audit('o.jsonl', [call('One?')])).out).not.toMatch(/--task-field/);
  });
});

/** Two exports of one project hold the same calls: each counts once, and it is said. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const calls = [
  ['Where is my parcel 4711?', 'It left the depot this morning.'],
  ['Cancel my order, please.', 'Your order is cancelled.'],
  ['Can I pay by invoice?', 'Yes, from your second order on.'],
] as const;

const traceId = (at: number): string => `6f1c2b9a-0000-4000-8000-00000000000${at}`;
const messagesOf = (question: string) => [{ role: 'user', content: question }];

const traces = calls.map(([question, answer], at) => ({
  id: traceId(at),
  bookmarked: false,
  name: 'support',
  timestamp: `2026-11-0${at + 1}T09:00:00.000Z`,
  input: { messages: messagesOf(question) },
  output: { role: 'assistant', content: answer },
}));
const observations = calls.map(([question, answer], at) => ({
  id: `obs-5d0e-${at}-aa01`,
  traceId: traceId(at),
  type: 'GENERATION',
  model: 'gpt-4o-mini',
  parentObservationId: null,
  startTime: `2026-11-0${at + 1}T09:00:00.120Z`,
  usageDetails: { input: 12, output: 8 },
  input: messagesOf(question),
  output: { role: 'assistant', content: answer },
}));

const imported = async (files: Record<string, unknown>): Promise<string> => {
  using dir = tempDir();
  for (const [name, value] of Object.entries(files)) writeFileSync(dir.at(name), JSON.stringify(value));
  const { out, err } = await runVerb(['import', ...Object.keys(files), '-o', 'p.jsonl'], { cwd: dir.path });
  return `${out}${err}`.replace(/\s+/g, ' ');
};

describe('two exports of the same calls', () => {
  it('count each call once: of traces and of observations', async () => {
    const text = await imported({ 'traces.json': traces, 'observations.json': observations });
    expect(text).toMatch(/Passed over 3: the same call as in another file/);
    expect(text).not.toMatch(/Exact repeats are folded/);
  });

  it('count each call once: of observations that were exported twice', async () => {
    const text = await imported({ 'monday.json': observations, 'tuesday.json': observations.slice(1) });
    expect(text).toMatch(/Passed over 2: the same call as in another file/);
  });

  it('count a record once that one file holds twice, and what was asked again under another id each time', async () => {
    const later = { ...observations[1], id: 'obs-77e1-9-bb02', traceId: traceId(9) };
    const text = await imported({ 'log.json': [...observations, { ...observations[0] }, later] });
    expect(text).toMatch(/Passed over 1: the same record again \(same id, time, messages and answer\): counted once/);
    expect(text).toContain('4 usable records');
    expect(text).toMatch(/Exact repeats are folded: 4 records, 3 different prompts/);
  });

  it('keep what was really asked twice, in one file or under another id', async () => {
    const again = observations.map((one, at) => ({
      ...one,
      id: `obs-77e1-${at}-bb02`,
      traceId: `9${traceId(at).slice(1)}`,
    }));
    expect(await imported({ 'one.json': [...observations, ...again] })).not.toContain('Passed over');
    const text = await imported({ 'one.json': observations, 'two.json': again });
    expect(text).not.toContain('Passed over');
    expect(text).toContain('Exact repeats are folded');
  });
});

it('names near duplicates of a file of one line by their ids', async () => {
  const near = observations.map((one, at) => ({ ...one, input: messagesOf(`Where is my parcel ${4711 + at}?`) }));
  const text = await imported({
    'one.json': [...near, ...observations.slice(1).map((one, at) => ({ ...one, id: `obs-1234-${at}` }))],
  });
  expect(text).toMatch(
    /2 near duplicates kept, such as one\.json:1 \(obs-5d0e-0-aa01\) and one\.json:1 \(obs-5d0e-1-aa01\)/,
  );
});

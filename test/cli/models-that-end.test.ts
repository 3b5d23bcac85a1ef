import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { json, type RepliesServer, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const chat = '/v1/chat/completions';
/** YYYY-MM-DD, so many days from now. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Place {
  listed: (...models: object[]) => void;
  gapcheck: (...args: string[]) => ReturnType<typeof runVerb>;
}

/** A whole message, as Anthropic streams it. */
const anthropicSaid = {
  headers: { 'content-type': 'text/event-stream' },
  body: [
    { type: 'message_start', message: { id: 'x', model: 'm-1', usage: { input_tokens: 3, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'fine' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
    { type: 'message_stop' },
  ]
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join(''),
};

/** A locked run of `m-1` at a server whose list can be changed. */
async function locked(
  cwd: string,
  server: RepliesServer,
  open: string,
  first: object,
  config = '',
  version = '/v1',
): Promise<Place> {
  const listed = (...models: object[]) => server.play('/v1/models', json({ object: 'list', data: models }));
  listed(first);
  writeFileSync(join(cwd, 'p.csv'), 'prompt,answer:closed\nOne?,a\nTwo?,b\n');
  writeFileSync(
    join(cwd, 'gapcheck.config.yaml'),
    `prompts: p.csv\nclosed: column:closed\nopen: {spec: "${open}", baseURL: "${server.url}${version}"${config}}\n`,
  );
  const gapcheck = (...args: string[]) => runVerb(args, { cwd, env: { ANTHROPIC_API_KEY: 'k', MISTRAL_API_KEY: 'k' } });
  const made = await gapcheck('run', '--no-score', '--yes', '--lock');
  if (made.code !== 0) throw new Error(made.out + made.err);
  return { listed, gapcheck };
}

describe('outdated, on a list with dates', () => {
  it('says a date that is far with exit 0, one within --within with exit 1, and counts the days', async () => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    const model = { id: 'm-1', shutdown_date: inDays(100) };
    const { gapcheck, listed } = await locked(dir.path, server, 'openai:m-1', model);
    const far = await gapcheck('outdated');
    expect(far.out).toContain(
      `m-1 ends on ${inDays(100)}, in 100 days   (developers.openai.com/api/docs/deprecations)`,
    );
    expect(far.code).toBe(exitCodes.done);
    expect((await gapcheck('outdated', '--within', '99d')).code).toBe(exitCodes.done);
    expect((await gapcheck('outdated', '--within', '100d')).code).toBe(exitCodes.gateFailed);
    listed({ ...model, shutdown_date: inDays(48) });
    const near = await gapcheck('outdated');
    expect(near.out).toContain(`m-1 ends on ${inDays(48)}, in 48 days`);
    expect(near.code).toBe(exitCodes.gateFailed);
    listed({ ...model, shutdown_date: inDays(-3) });
    expect((await gapcheck('outdated')).out).toContain(`m-1 ended on ${inDays(-3)}, 3 days ago`);
    listed({ ...model, shutdown_date: 'in the spring' });
    const words = await gapcheck('outdated');
    expect(words.out).toContain('m-1: its provider says of its end "in the spring"');
    expect(words.code).toBe(exitCodes.done);
  });

  it('names the replacement where the list has one, in a command that runs', async () => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    const ending = { id: 'm-1', deprecation: `${inDays(20)}T00:00:00Z`, deprecation_replacement_model: 'm-2' };
    const { gapcheck } = await locked(dir.path, server, 'mistral:m-1', ending);
    const done = await gapcheck('outdated');
    expect(done.out).toContain(`m-1 ends on ${inDays(20)}, in 20 days; m-2 takes its place`);
    const command = /gapcheck run .*--open mistral:m-2/.exec(done.out)?.[0] ?? '';
    expect(command).toBe('gapcheck run p.csv --closed logged --open mistral:m-2');
  });

  it.each([
    ['azure:m-1', (day: string) => ({ id: 'm-1', deprecation: { inference: Date.parse(`${day}T00:00:00Z`) / 1000 } })],
    ['openrouter:m-1', (day: string) => ({ id: 'm-1', expiration_date: day })],
  ])('reads the field of %s', async (spec, model) => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    const { gapcheck } = await locked(dir.path, server, spec, model(inDays(30)));
    expect((await gapcheck('outdated')).out).toContain(`m-1 ends on ${inDays(30)}, in 30 days`);
  });

  it('tells a model of Anthropic that is overdue from one that is retired, and names no day where none is said', async () => {
    using dir = tempDir();
    await using server = await startReplies({ '/v1/messages': anthropicSaid });
    const life = (lifecycle: string, retires: string | null) => ({
      id: 'm-1',
      type: 'model',
      lifecycle,
      deprecated_at: lifecycle === 'active' ? null : `${inDays(-90)}T00:00:00Z`,
      retires_at: retires,
    });
    const { gapcheck, listed } = await locked(dir.path, server, 'anthropic:m-1', life('active', null), '', '');
    const quiet = await gapcheck('outdated');
    expect(quiet.code).toBe(exitCodes.done);
    expect(quiet.out).not.toMatch(/m-1 (?:ends|ended|was)/);
    listed(life('deprecated', `${inDays(30)}T00:00:00Z`));
    expect((await gapcheck('outdated')).out).toContain(
      `m-1 ends on ${inDays(30)}, in 30 days   (platform.claude.com/docs/en/about-claude/model-deprecations)`,
    );
    listed(life('deprecated', `${inDays(-5)}T00:00:00Z`));
    const overdue = await gapcheck('outdated');
    expect(overdue.out).toContain(`m-1 was to end on ${inDays(-5)}, 5 days ago, and is still there`);
    expect(overdue.code).toBe(exitCodes.gateFailed);
    listed(life('deprecated', null));
    const unsaid = await gapcheck('outdated');
    expect(unsaid.out).toContain(`m-1: its provider says of its end "deprecated on ${inDays(-90)}, no day is named"`);
    expect(unsaid.code).toBe(exitCodes.done);
    listed(life('retired', `${inDays(-5)}T00:00:00Z`));
    expect((await gapcheck('outdated')).out).toContain(`m-1 ended on ${inDays(-5)}, 5 days ago`);
  });

  it('calls a model that the list no longer has ended', async () => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    const { gapcheck, listed } = await locked(dir.path, server, 'openai:m-1', { id: 'm-1' });
    expect((await gapcheck('outdated')).code).toBe(exitCodes.done);
    listed({ id: 'other' }, { id: 'another' });
    const done = await gapcheck('outdated');
    expect(done.out).toContain('ended: the provider lists it no more');
    expect(done.code).toBe(exitCodes.gateFailed);
  });

  it('takes the date from the config, else from a price file, where the list has none', async () => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    writeFileSync(join(dir.path, 'prices.json'), JSON.stringify({ 'groq/m-1': { deprecation_date: inDays(25) } }));
    const { gapcheck } = await locked(dir.path, server, 'groq:m-1', { id: 'm-1' }, `, ends: "${inDays(40)}"`);
    expect((await gapcheck('outdated')).out).toContain(`m-1 ends on ${inDays(40)}, in 40 days`);
    const text = `prompts: p.csv\nprices: ${join(dir.path, 'prices.json')}\nclosed: column:closed\nopen: {spec: "groq:m-1", baseURL: "${server.url}/v1"}\n`;
    writeFileSync(join(dir.path, 'gapcheck.config.yaml'), text);
    expect((await gapcheck('outdated')).out).toContain(
      `m-1 ends on ${inDays(25)}, in 25 days   (console.groq.com/docs/deprecations)`,
    );
  });
});

describe('ci, on a list with dates', () => {
  it('has a gate for a model that ends soon', async () => {
    using dir = tempDir();
    await using server = await startReplies({ [chat]: said('fine') });
    const { gapcheck } = await locked(dir.path, server, 'openai:m-1', { id: 'm-1', shutdown_date: inDays(100) });
    const within = await gapcheck('ci', '--json', '--within', '120d');
    const gates = JSON.parse(within.out).gates.filter(({ gate }: { gate: string }) => gate === 'retirement');
    expect(gates).toEqual([
      {
        gate: 'retirement',
        scope: 'open',
        state: 'failed',
        message: `open: m-1 ends on ${inDays(100)}, in 100 days.`,
      },
    ]);
    expect(within.code).toBe(exitCodes.gateFailed);
    const usual = JSON.parse((await gapcheck('ci', '--json')).out).gates;
    expect(usual.filter(({ gate }: { gate: string }) => gate === 'retirement')).toEqual([]);
  });
});

/** The route files that gapcheck writes, in a real LiteLLM: the handler of docs/routes.md, and a file per provider. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { liteLlmParams } from '../../src/arms/litellm-params.ts';
import { providers } from '../../src/arms/registry.ts';
import type { ArmRecord, RunRecord } from '../../src/records/run-record.ts';
import { liteLlmConfig, routesJson } from '../../src/verdicts/router-file.ts';
import type { Routing, TaskRoute } from '../../src/verdicts/routing.ts';
import { bin } from '../helpers/cli.ts';
import { type ModelServer, reply, startModelServer, status } from '../helpers/model-server.ts';
import { armRecord, reportInput } from '../helpers/report-input.ts';
import { litellm, masterKey, startLitellm } from './servers/litellm.ts';
import { type Started, titleOf, tryStart } from './servers/real-server.ts';

const open = await startModelServer(({ lastUserText }) =>
  lastUserText.includes('break') ? status(500) : reply(lastUserText.includes('good') ? 'Thanks, done.' : 'Done.'),
);
const closed = await startModelServer(reply('Thanks, says closed.'));

const served = (name: 'open' | 'closed', { url }: ModelServer): ArmRecord => ({
  ...armRecord(name),
  provider: 'openai',
  model: `${name}-model`,
  host: new URL(url).host,
  setup: { baseURL: `${url}/v1`, apiKeyEnv: 'MODEL_KEY' },
});

const route = (task: string, to: TaskRoute['route']): TaskRoute => ({
  task,
  route: to,
  reason: 'open is within the margin',
  failureCost: 'medium',
  margin: 0.3,
  closedShare: 0.2,
  closedShareInterval: null,
  costPerCall: null,
  closedCostPerCall: null,
  delayMs: null,
  savingPerMonth: null,
});

const routing: Routing = {
  open: 'open',
  closed: 'closed',
  tasks: [route('reply', 'open-first'), route('extract', 'open'), route('draft', 'closed')],
  savingPerMonth: null,
};
const { run: sample } = reportInput();
const run: RunRecord = {
  ...sample,
  arms: [served('closed', closed), served('open', open)],
  settings: { ...sample.settings, checks: { reply: [{ check: 'contains', value: 'Thanks', from: 'config' }] } },
};

/** The handler as the page prints it, with the command of this checkout. */
function handler(): string {
  const page = readFileSync(join(import.meta.dirname, '../../docs/routes.md'), 'utf8');
  const [, code = ''] = /```python\n([\s\S]*?)```/.exec(page) ?? [];
  return code.replace('["npx", "gapcheck",', JSON.stringify([process.execPath, bin]).replace(/\]$/, ','));
}

const started: Started = await tryStart(litellm, () =>
  startLitellm(
    { ...liteLlmConfig(run, routing, liteLlmParams) },
    {
      files: { 'gapcheck_handler.py': handler(), 'routes.json': JSON.stringify(routesJson(run, routing, [])) },
      env: { MODEL_KEY: 'sk-behind' },
    },
  ),
);
afterAll(async () => {
  await started.running?.stop();
  for (const server of [open, closed]) await server[Symbol.asyncDispose]();
});

async function ask(model: string, text: string, stream = false): Promise<string> {
  const response = await fetch(`${started.running?.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${masterKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: text }] }),
  });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${body.slice(0, 500)}`);
  if (!stream) return (JSON.parse(body) as { choices: [{ message: { content: string } }] }).choices[0].message.content;
  const chunks = body.split('\n').flatMap((line) => (/^data: \{/.test(line) ? [JSON.parse(line.slice(6))] : []));
  return (chunks as { choices: { delta?: { content?: string } }[] }[])
    .map(({ choices }) => choices[0]?.delta?.content ?? '')
    .join('');
}

describe.skipIf(started.why !== undefined)(titleOf(litellm, started), () => {
  it.each([
    ['whole', false],
    ['streamed', true],
  ])('passes a good answer of open and escalates a failing one, %s', async (_, stream) => {
    expect(await ask('reply', 'a good one', stream)).toBe('Thanks, done.');
    expect(await ask('reply', 'another one', stream)).toBe('Thanks, says closed.');
  });

  it('asks closed where open breaks, first or alone', async () => {
    expect(await ask('reply', 'break')).toBe('Thanks, says closed.');
    expect(await ask('extract', 'break')).toBe('Thanks, says closed.');
  });

  it('does not check what is open without conditions, and keeps closed what stays', async () => {
    expect(await ask('extract', 'another one')).toBe('Done.');
    expect(await ask('draft', 'a good one')).toBe('Thanks, says closed.');
  });

  const routable = providers.filter(({ prefix }) => prefix !== undefined).map(({ name }) => name);
  // A start takes some ten seconds: a file for each of them only where somebody asks for it.
  const files = process.env.GAPCHECK_REAL_EACH ? routable.map((name) => [name]) : [routable];

  it.each(files)('starts with a file for %s', { timeout: 240_000 }, async (...names) => {
    const configs = names.map((name) => {
      const arm: ArmRecord = {
        ...armRecord('open'),
        provider: name,
        model: name === 'azure' ? 'my-deployment' : 'some-model',
        host: new URL(open.url).host,
        setup: { baseURL: `${open.url}/v1`, apiKeyEnv: 'MODEL_KEY' },
      };
      const tasks = routing.tasks.map((task) => ({ ...task, task: `${name}-${task.task}` }));
      return liteLlmConfig({ ...run, arms: [arm, served('closed', closed)] }, { ...routing, tasks }, liteLlmParams);
    });
    const models = configs.flatMap(({ model_list }) =>
      model_list.filter(({ litellm_params: { model } }) => !String(model).startsWith('gapcheck/')),
    );
    await using second = await startLitellm({ model_list: models }, { env: { MODEL_KEY: 'sk-behind' } });
    const list = await fetch(`${second.url}/v1/models`, { headers: { authorization: `Bearer ${masterKey}` } });
    const { data } = (await list.json()) as { data: { id: string }[] };
    const expected = names.flatMap((name) => [`${name}-reply-open`, `${name}-extract`, `${name}-draft`]);
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
  });
});

/** The real command against replies that people quote in public issue threads: cause, fault, ballot, exit code, words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { laterRepliesOfIssues } from '../fixtures/later-replies-of-issues.ts';
import { moreRepliesOfIssues } from '../fixtures/more-replies-of-issues.ts';
import { type IssueReply, repliesOfIssues } from '../fixtures/replies-of-issues.ts';
import { runsOf } from '../helpers/ci-run.ts';
import { json, type PlayedReply, type PlayedRequest, said, startReplies } from '../helpers/replies-server.ts';
import { runVerb } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const tool = {
  type: 'function',
  function: { name: 'f', description: 'd', parameters: { type: 'object', properties: {} } },
};
const extras = {
  tools: { tools: [tool] },
  json: { response_format: { type: 'json_object' } },
  penalty: { presence_penalty: 0.5 },
};
const paths = { openai: '/v1/chat/completions', anthropic: '/v1/messages', ollama: '/api/chat' };

const ollamaLine = (message: object, more: object = {}) =>
  `${JSON.stringify({ model: 'm-1', message, done: false, ...more })}\n`;
const fine: Record<keyof typeof paths, PlayedReply> = {
  openai: said('A fine answer.'),
  anthropic: {
    headers: { 'content-type': 'text/event-stream' },
    body: [
      { type: 'message_start', message: { id: 'a', model: 'm-1', usage: { input_tokens: 9, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A fine answer.' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
      { type: 'message_stop' },
    ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  },
  ollama: {
    body: [
      ollamaLine({ role: 'assistant', content: 'A fine answer.' }),
      ollamaLine(
        { role: 'assistant', content: '' },
        { done: true, done_reason: 'stop', eval_count: 4, prompt_eval_count: 9 },
      ),
    ],
  },
};

/** Plays the case: what was recorded of the first prompt, and what the user saw. */
async function play(one: IssueReply) {
  using dir = tempDir();
  const wire = one.wire ?? 'openai';
  let refused = 0;
  const asked = (request: PlayedRequest): PlayedReply => {
    const text = JSON.stringify(request.body.messages ?? '');
    const isTarget = one.tested === true || text.includes('Trouble');
    const isSent = one.whileSent === undefined || JSON.stringify(request.body).includes(one.whileSent);
    if (!isTarget || !isSent || (one.times !== undefined && refused >= one.times)) return fine[wire];
    refused += 1;
    return typeof one.body === 'string'
      ? { status: one.status, headers: { 'content-type': 'text/event-stream' }, body: one.body }
      : json(one.body, one.status);
  };
  await using server = await startReplies({
    [paths[wire]]: asked,
    '/api/version': json({ version: '0.24.0' }),
    '/api/tags': json({ models: [{ name: 'm-1', digest: 'a'.repeat(64), details: {} }] }),
    '/api/show': json({ details: {}, model_info: {}, capabilities: ['completion', 'tools'] }),
    '/api/ps': json({ models: [] }),
  });
  const rows = ['Trouble', 'No worries'].map((content, at) => ({
    messages: [{ role: 'user', content: `${content}, please.` }],
    task: 't',
    ...(at === 0 && one.prompt && extras[one.prompt]),
    response: {
      choices: [{ message: { role: 'assistant', content: 'As logged.' }, finish_reason: 'stop' }],
      model: 'old',
    },
  }));
  writeFileSync(join(dir.path, 'p.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const base = wire === 'openai' ? `, baseURL: "${server.url}/v1"` : `, baseURL: "${server.url}"`;
  const config = `prompts: p.jsonl\nclosed: logged\nopen: {spec: "${wire}:m-1"${base}${one.arm ? `, ${one.arm}` : ''}}\n`;
  writeFileSync(join(dir.path, 'gapcheck.config.yaml'), config);
  const args = ['run', '--no-score', '--yes', '-j', '1', ...(one.tested ? ['--test-call'] : [])];
  const done = await runVerb(args, { cwd: dir.path, env: { ANTHROPIC_API_KEY: 'sk-x', OPENAI_API_KEY: 'sk-y' } });
  const text = done.out + done.err;
  const [run] = runsOf(join(dir.path, 'results'));
  if (!run) return { code: done.code, text, steps: [] };
  const prompts = lines(join(run.folder, 'prompts.jsonl'));
  const id = prompts.find((prompt) => JSON.stringify(prompt.messages).includes('Trouble'))?.id;
  const steps = lines(join(run.folder, 'attempts', 'open.jsonl')).filter(({ prompt }) => prompt === id);
  return { code: done.code, text, steps };
}

// biome-ignore lint/suspicious/noExplicitAny: records as they stand in the file
const lines = (path: string): any[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('replies that people quote in public threads', () => {
  it.each(
    [...repliesOfIssues, ...moreRepliesOfIssues, ...laterRepliesOfIssues].map((one) => [one.thread, one] as const),
  )('%s', async (_, one) => {
    const { code, text, steps } = await play(one);
    const [first] = steps;
    const got = { exit: code, outcome: first?.outcome, cause: first?.cause, fault: first?.fault };
    if (one.tested) expect({ exit: code, frozen: steps.length, text }).toMatchObject({ exit: one.exit, frozen: 0 });
    else {
      const { exit, outcome, cause, fault } = one;
      expect({ ...got, text }).toMatchObject({ exit, outcome, cause, fault });
    }
    const last = steps.at(-1);
    if (one.exit === 0) expect(last?.outcome).toBe('answered');
    if (one.adjusted) expect(last?.adjusted?.join('\n')).toMatch(new RegExp(one.adjusted.source, 'm'));
    if (one.says) expect(text).toMatch(one.says);
    expect(text).not.toMatch(/This is a bug in gapcheck/);
  });
});

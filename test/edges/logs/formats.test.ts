/** Every format: a small fixture of its own with the prompts it must give, and the real samples where they are. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../src/logs/formats/registry.ts';
import { type LoadedPrompts, type LoadOptions, loadPrompts } from '../../../src/logs/load.ts';
import type { PromptRecord } from '../../../src/records/prompt-record.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { isAbsent, sharedData } from '../../helpers/shared-data.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/logs');
const load = (files: string[], cwd: string, extra: Partial<LoadOptions> = {}): Promise<LoadedPrompts> =>
  loadPrompts(files, { redact: true, now: new Date('2026-11-20T00:00:00Z'), seed: 1, hashing, cwd, ...extra });
const asTold = (promise: Promise<LoadedPrompts>): Promise<unknown> =>
  promise.then(
    ({ prompts, rejected, skipped, understood }) => ({
      format: understood[0]?.format,
      why: understood[0]?.why,
      prompts,
      rejected,
      skipped,
    }),
    (error: Error & { hint?: string }) => ({ error: error.message, next: error.hint }),
  );

const files = readdirSync(fixtures, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));

describe('fixtures', () => {
  // A new fixture's file is written only when this file has ended.
  const told = new Map<string, unknown>();

  it.each(files.filter((name) => name !== 'README.md'))('%s', async (name) => {
    const more = name === 'batch-input.jsonl' ? [name, 'batch-output.jsonl'] : [name];
    const template = name.startsWith('promptfoo') ? { template: 'Where is {{city}}?' } : {};
    const read = await asTold(load(more, fixtures, template));
    told.set(`${name}.json`, read);
    await expect(`${JSON.stringify(read, null, 1)}\n`).toMatchFileSnapshot(join(fixtures, 'expected', `${name}.json`));
  });

  it('there is one for every format in the registry', async () => {
    const seen = new Set<string>(['gapcheck']);
    const written = readdirSync(join(fixtures, 'expected')).map(
      (name): unknown => told.get(name) ?? JSON.parse(readFileSync(join(fixtures, 'expected', name), 'utf8')),
    );
    for (const one of [...told.values(), ...written] as { format?: string; error?: string }[]) {
      const format = one.format ?? /read as ([\w-]+)/.exec(one.error ?? '')?.[1];
      if (format) seen.add(format);
    }
    expect(formats.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });

  it('--format overrides what was detected', async () => {
    const loaded = await load(['anthropic.jsonl'], fixtures, { format: 'chat' });
    expect(loaded.understood[0]).toMatchObject({ format: 'chat', why: 'as --format says' });
    await expect(load(['chat.jsonl'], fixtures, { format: 'nope' })).rejects.toThrow('--format nope: no such format.');
  });

  it('asks where two formats fit as well as each other', async () => {
    const told = await asTold(load(['ambiguous/mixed.jsonl'], fixtures));
    expect(told).toMatchObject({
      error: expect.stringContaining('could be'),
      next: expect.stringContaining('--format'),
    });
  });

  it('reads unknown records by field flags, names or paths', async () => {
    const loaded = await load(['unknown/own.jsonl'], fixtures, {
      promptField: 'q.text',
      answerField: 'a[0].said',
      taskField: 'about',
    });
    expect(loaded.prompts[0]).toMatchObject({
      task: 'bikes',
      messages: [{ role: 'user', content: 'How many gears?' }],
      ref: { text: 'Seven.' },
    });
    const chat = await load(['unknown/own.jsonl'], fixtures, { messagesField: 'q.turns' });
    expect(chat.prompts[0]?.messages).toEqual([{ role: 'user', content: 'As a turn' }]);
  });

  it('takes patterns, each file once', async () => {
    const loaded = await load(['langfuse-*', 'langfuse-trace.json'], fixtures);
    expect(loaded.understood.map(({ file }) => file)).toEqual(['langfuse-observations.csv', 'langfuse-trace.json']);
  });
});

const samples = join(sharedData, 'log-samples');
const absent = isAbsent('log-samples');

describe.skipIf(absent)('real samples (../shared/data/log-samples)', () => {
  /** File → prompts; 0 means an explained refusal. */
  const counts: Record<string, number> = {
    'braintrust/anthropic-v0800.log-payloads.json': 4,
    'langfuse/agno-2025-06-11.trace.json': 0,
    'langfuse/claude-agent-2025-12-22.trace.json': 1,
    'langfuse/google-adk-2025-08-28.trace.json': 2,
    'langfuse/google-adk-2025-08-28.json': 2,
    'langfuse/koog-2025-08-26.trace.json': 2,
    'langfuse/koog-2025-08-26.json': 2,
    'langfuse/langgraph-python-2025-08-22.trace.json': 2,
    'langfuse/langgraph-2025-08-22.json': 2,
    'langfuse/llamaindex-2025-06-05.trace.json': 1,
    'langfuse/microsoft-agent-2025-12-17.trace.json': 1,
    'langfuse/openai-agents-2025-09-30.trace.json': 2,
    'langfuse/pydantic-ai-2025-06-06.trace.json': 1,
    'langfuse/vercel-aisdk-2025-11-17.trace.json': 1,
    'langsmith/langsmith_js_wrap_openai_default.json': 1,
    'langsmith/langsmith_js_wrap_openai_stream.json': 1,
    'langsmith/langsmith_py_wrap_openai_reasoning.json': 1,
    'litellm/spend_logs_payload.json': 0,
    'litellm/standard_logging_payload.json': 1,
    'openai-batch/batch_output.jsonl': 0,
    'openai-finetune/toy_chat_fine_tuning.head.jsonl': 3,
    'openinference/openinference_client_span_tool_calls.json': 1,
    'otel-genai/otel_genai_client_span_tool_calls.json': 1,
    'otel-genai/otel_genai_tool_execution_span.json': 0,
    'otlp-json/logs.json': 0,
    'otlp-json/trace.json': 0,
    'sharegpt/dummy_conversation.subset.json': 65,
    'vercel-ai-sdk/ai-generateObject-doGenerate.json': 1,
    'vercel-ai-sdk/ai-generateText-doGenerate.json': 2,
    'vercel-ai-sdk/ai-generateText.json': 2,
  };

  it.each(Object.entries(counts))('%s gives %i', async (file, count) => {
    const told = (await asTold(load([file], samples))) as { prompts?: PromptRecord[]; error?: string; next?: string };
    expect(told.prompts?.length ?? 0).toBe(count);
    if (!count) expect(told.next?.length).toBeGreaterThan(20);
    for (const prompt of told.prompts ?? []) {
      expect(prompt.messages.at(-1)?.role).not.toBe('assistant');
      expect(prompt.messages.some(({ role }) => role === 'user')).toBe(true);
    }
  });

  it('root and leaf of the AI SDK are one call, also across files', async () => {
    const loaded = await load(['vercel-ai-sdk/*.json'], samples);
    expect(loaded.prompts.map(({ task }) => task).sort()).toEqual([
      'test-generate-object',
      'test-generate-text',
      'test-generate-text-messages',
    ]);
    expect(loaded.duplicates).toBe(0);
  });

  it('the same span gives the same prompt from OpenTelemetry and from OpenInference', async () => {
    const [otel, inference] = await Promise.all([
      load(['otel-genai/otel_genai_client_span_tool_calls.json'], samples),
      load(['openinference/openinference_client_span_tool_calls.json'], samples),
    ]);
    expect(inference.prompts[0]?.messages).toEqual(otel.prompts[0]?.messages);
    expect(inference.prompts[0]?.ref?.text).toBe(otel.prompts[0]?.ref?.text);
  });

  it('Langfuse: what its own reader found in a GENERATION is what we send', async () => {
    let compared = 0;
    for (const file of readdirSync(join(samples, 'langfuse')).filter((name) => name.endsWith('.trace.json'))) {
      const told = (await asTold(load([`langfuse/${file}`], samples, { redact: false }))) as {
        prompts?: PromptRecord[];
      };
      const reference = JSON.parse(
        readFileSync(join(samples, 'langfuse', file.replace('.trace.', '.chatml.')), 'utf8'),
      ) as Record<string, { input?: { success: boolean; data?: { role: string; content?: unknown }[] } }>;
      for (const prompt of told.prompts ?? []) {
        const input = reference[prompt.source_id ?? '']?.input;
        if (!input?.success) continue;
        const users = input.data
          ?.filter(({ role, content }) => role === 'user' && typeof content === 'string')
          .map(({ content }) => content);
        // Gemini's function responses stand in user turns; to us they are tool results.
        const results = prompt.messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
        const ours = prompt.messages.filter(({ role }) => role === 'user').map(({ content }) => content);
        expect(ours, `${file} ${prompt.source_id}`).toEqual(
          users?.filter((content) => !results.includes(content as string)),
        );
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(9);
  });

  it('rebuilds what the frameworks put elsewhere', async () => {
    const first = async (file: string): Promise<PromptRecord | undefined> =>
      (await load([`langfuse/${file}`], samples)).prompts[0];
    // System prompt and tools only in the output.
    expect(await first('openai-agents-2025-09-30.trace.json')).toMatchObject({
      messages: [{ role: 'system', content: 'You are a helpful agent.' }, {}, {}, {}],
      tools: [{ name: 'get_weather' }],
    });
    // System prompt only on the agent span.
    expect((await first('microsoft-agent-2025-12-17.trace.json'))?.messages[0]).toEqual({
      role: 'system',
      content: 'You are a helpful assistant.',
    });
    // Tool definitions as messages.
    expect((await first('langgraph-python-2025-08-22.trace.json'))?.tools?.[0]?.name).toBe('Web-Search');
    // The assistant's calls logged as role `tool`.
    expect((await first('koog-2025-08-26.trace.json'))?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
    ]);
    expect((await first('koog-2025-08-26.trace.json'))?.flags).toBeUndefined();
  });
});

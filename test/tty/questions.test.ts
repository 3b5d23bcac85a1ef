import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ModelServer, ollamaModel, reply, startModelServer } from '../helpers/model-server.ts';
import { json, type PlayedRequest, type RepliesServer, said, startReplies } from '../helpers/replies-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { hasTmux, openTerminal } from '../helpers/terminal.ts';

const gapcheck = `${process.execPath} ${fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url))}`;
const chat = '/v1/chat/completions';

type TempDir = ReturnType<typeof tempDir>;

const opened = (dir: TempDir, args: string, env: Record<string, string> = {}) =>
  openTerminal(`${gapcheck} ${args}`, { cwd: dir.path, cols: 110, rows: 40, env });

describe.skipIf(!hasTmux)('what was typed before a question', () => {
  const setUp = async (dir: TempDir): Promise<ModelServer> => {
    const server = await startModelServer(reply('fine'));
    server.ollama.models = [ollamaModel('qwen3:8b')];
    writeFileSync(dir.at('p.csv'), 'prompt\nOne?\nTwo?\n');
    return server;
  };
  const run = 'run p.csv --closed openai:gpt-test --open ollama:qwen3:8b --no-score';

  /** Of the one short answer of the local model, which tells its speed, every word is ours. */
  const isOfUser = (call: ModelServer['calls'][number]): boolean =>
    JSON.stringify(call).includes('gpt-test') || /One\?|Two\?/.test(JSON.stringify(call));

  it('consents to nothing: the plan is on the screen first, and the question waits', async () => {
    using dir = tempDir();
    await using server = await setUp(dir);
    await using terminal = opened(dir, run, server.env);
    terminal.type('y\ny\n\n');
    terminal.press('Enter', 'y', 'Enter');
    const screen = await terminal.see(/Enter start/, 30_000);
    expect(screen).toMatch(/2 prompts[\s\S]*closed\s+openai:gpt-test[\s\S]*Enter start/);
    terminal.press('q');
    await terminal.see(/None of your prompts was sent and nothing was written\.[\s\S]*\[exit 0\]/);
    expect(server.calls.filter(isOfUser)).toEqual([]);
  });

  it('is not lost to Ctrl-C: that still ends the command', async () => {
    using dir = tempDir();
    await using server = await setUp(dir);
    await using terminal = opened(dir, run, server.env);
    await terminal.see(/Enter start/, 30_000);
    terminal.press('C-c');
    await terminal.see(/Stopped at the question; nothing was changed\.[\s\S]*\[exit 130\]/);
    expect(server.calls.filter(isOfUser)).toEqual([]);
  });
});

describe.skipIf(!hasTmux)('after a run that lacks answers', () => {
  /** Four of six prompts break off until the server is mended. */
  const setUp = async (dir: TempDir): Promise<RepliesServer & { mend(): void }> => {
    const broken = { headers: { 'content-type': 'text/event-stream' }, body: ['data: {"choices":[]}\n\n', null] };
    const isBroken = ({ body }: PlayedRequest) => /Q[1-4]/.test(JSON.stringify(body.messages));
    let isMended = false;
    const server = await startReplies({
      '/v1/models': json({ data: [] }),
      [chat]: (request) => (isMended || !isBroken(request) ? said('A fine answer.') : broken),
    });
    const rows = Array.from({ length: 6 }, (_, at) => `Q${at + 1}?,logged ${at}`);
    writeFileSync(dir.at('p.csv'), `prompt,answer:closed\n${rows.join('\n')}\n`);
    const config = `prompts: p.csv\nclosed: column:closed\nopen: {spec: "vllm:m", baseURL: "${server.url}/v1"}\n`;
    writeFileSync(dir.at('gapcheck.config.yaml'), config);
    return Object.assign(server, {
      mend: () => {
        isMended = true;
      },
    });
  };
  const three = /What now\?[\s\S]*try the missing ones again[\s\S]*vote on the others[\s\S]*quit/;

  it('asks whether to try again, to vote on the others or to quit; keys typed before choose none', async () => {
    using dir = tempDir();
    await using server = await setUp(dir);
    await using terminal = opened(dir, 'run --yes --no-test-call -j 4');
    terminal.type('\n\n');
    await terminal.see(three, 40_000);
    const before = server.to(chat).length;
    terminal.press('Down', 'Down', 'Enter');
    await terminal.see(/Next: gapcheck run --resume \S+[\s\S]*\[exit 3\]/);
    expect(server.to(chat)).toHaveLength(before);
  });

  it('goes to the session on the others, and says how many prompts it lacks and why', async () => {
    using dir = tempDir();
    await using _server = await setUp(dir);
    await using terminal = opened(dir, 'run --yes --no-test-call -j 4');
    await terminal.see(three, 40_000);
    terminal.press('Down', 'Enter');
    await terminal.see(/to begin|Any key begins|ballot 1\b/, 20_000);
    expect(terminal.everything()).toContain('4 of 6 prompts have no answer from open (no answer in several tries).');
    expect(terminal.everything()).toContain('The session has the other 2.');
    terminal.press('q');
  });

  it('tries the missing ones again at once, and has them all then', async () => {
    using dir = tempDir();
    await using server = await setUp(dir);
    await using terminal = opened(dir, 'run --yes --no-test-call -j 4');
    await terminal.see(three, 40_000);
    server.mend();
    const before = server.to(chat).length;
    terminal.press('Enter');
    await terminal.see(/to begin|Any key begins|ballot 1\b/, 20_000);
    expect(server.to(chat).length - before).toBe(4);
    terminal.press('q');
  });
});

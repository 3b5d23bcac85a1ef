import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ollamaModel, startModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { hasTmux, openTerminal } from '../helpers/terminal.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));

describe.skipIf(!hasTmux)('gapcheck init in a terminal', () => {
  it('lets the user choose both sides from what is there', async () => {
    await using server = await startModelServer();
    server.ollama.models.push(ollamaModel('older:4b', { modified_at: '2020-01-01T00:00:00Z' }));
    using dir = tempDir();
    await using terminal = openTerminal(`${process.execPath} ${bin} init`, {
      cols: 100,
      cwd: dir.path,
      env: server.env,
    });
    await terminal.see(/The closed side:[\s\S]*logged {2}\(the production answers/);
    terminal.press('Up', 'Up', 'Enter');
    await terminal.see(/The open side:[\s\S]*qwen3:8b[\s\S]*older:4b/);
    terminal.press('Down', 'Enter');
    await terminal.see(
      /Closed may be better in how many more of 100 prompts[\s\S]*30 \(default\)[\s\S]*10: 1 time in 10/,
    );
    terminal.press('Down', 'Enter');
    await terminal.see(/Wrote gapcheck\.config\.yaml[\s\S]*\[exit 0\]/);
    const text = readFileSync(dir.at('gapcheck.config.yaml'), 'utf8');
    expect(text).toMatch(/^closed: logged$/m);
    expect(text).toMatch(/^open: ollama:older:4b$/m);
    expect(text).toMatch(/^margin: 0\.20 {3}# /m);
    expect(terminal.everything()).not.toContain('sk-test-key');
  });

  it('--ci asks how many people vote, and writes what so many can pass', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('gapcheck.config.yaml'), 'closed: openai:gpt-5.6\nopen: openrouter:qwen/qwen3-8b\n');
    await using terminal = openTerminal(`${process.execPath} ${bin} init --ci`, { cols: 100, cwd: dir.path });
    await terminal.see(/How many people vote\?[^\n]*1/);
    terminal.type('0');
    terminal.press('Enter');
    await terminal.see(/a number from 1 to 20/);
    terminal.press('BSpace');
    terminal.type('3');
    terminal.press('Enter');
    await terminal.see(/rater-a, rater-b vote on the locked run, rater-c on releases[\s\S]*\[exit 0\]/);
    expect(readFileSync(dir.at('gapcheck.config.yaml'), 'utf8')).toMatch(/^raters: 2 #/m);
    expect(readFileSync(dir.at('.github/workflows/gapcheck.yml'), 'utf8')).toContain('rater: rater-c');
  });

  it('Ctrl-C at a question ends in one line and exit 130', async () => {
    await using server = await startModelServer();
    using dir = tempDir();
    await using terminal = openTerminal(`${process.execPath} ${bin} init`, {
      cols: 100,
      cwd: dir.path,
      env: server.env,
    });
    await terminal.see(/The closed side:/);
    terminal.press('C-c');
    await terminal.see(/Stopped at the question; nothing was changed\.[\s\S]*\[exit 130\]/);
    expect(terminal.everything()).not.toContain('bug in gapcheck');
  });
});

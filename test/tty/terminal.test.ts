import { describe, expect, test } from 'vitest';
import { hasTmux, openTerminal, stripEscapes } from '../helpers/terminal.ts';

/** The tool that the terminal tests rest on. */
describe.skipIf(!hasTmux)('terminal helper', () => {
  test('keys without Enter, every byte, wide characters, exit code', async () => {
    await using terminal = openTerminal('stty raw -echo; printf "東京 ready\\r\\n"; head -c 2; stty sane');
    await terminal.see(/東京 ready/);
    terminal.press('x', 'y');
    await terminal.see(/xy/);
    await terminal.see(/\[exit 0\]/);
    expect(terminal.everything()).toContain('東京 ready');
  });

  test('sees what was drawn over', async () => {
    await using terminal = openTerminal(`printf 'secret\\r\\033[K'; echo done`);
    const screen = await terminal.see(/done/);
    expect(screen).not.toContain('secret');
    // The screen may be ahead of the file that everything goes to.
    await expect.poll(terminal.everything).toContain('secret');
    expect(stripEscapes('a\u001b[1;3Hb\u001b[0mc\u001b]8;;http://x\u0007d')).toBe('abcd');
  });

  test('resize reaches the command; signals end it; a time-out shows the screen', async () => {
    await using terminal = openTerminal(
      `node -e "process.stdout.on('resize', () => console.log(process.stdout.columns)); console.log('up'); setInterval(() => {}, 1000)"`,
    );
    await terminal.see(/up/);
    terminal.resize(40, 12);
    await terminal.see(/40/);
    terminal.kill('SIGKILL');
    await terminal.see(/\[exit 137\]/);
    await expect(terminal.see(/never/, 60)).rejects.toThrow(/The screen was:[\s\S]*\[exit 137\]/);
  });
});

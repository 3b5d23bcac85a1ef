/**
 * One person, temperature 0, from `init --ci --raters 1` to a gate that passes: the answers, the votes of the locked run in
 * a real terminal, a release behind the same name, its packet, its votes, the verdict. Real processes and real HTTP.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { frozenNumbers, packetNumbers, releaseModel, runsOf, ticketServer, voteOnPacket } from '../helpers/ci-run.ts';
import { gapcheck } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, type Terminal } from '../helpers/terminal.ts';

const bin = fileURLToPath(new URL('../../bin/gapcheck.js', import.meta.url));
const prompts = 14;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Prefers the side whose answer is a list, as this person does; the open model writes lists. */
async function voteOnAll(terminal: Terminal): Promise<void> {
  await begin(terminal);
  for (let n = 1; n <= prompts; n += 1) {
    const screen = await terminal.see(new RegExp(`ballot ${n}\\b[^]*update`));
    const [left = ''] = screen.split('\n').filter((line) => line.includes('Closed reply'));
    await sleep(1_650);
    terminal.press(left.indexOf('Closed reply') < left.indexOf('│') ? 'j' : 'f');
  }
  await terminal.see(/That was the last ballot/);
  terminal.press('Enter');
  // Repeated ballots, questions about the models and the good-bye: answered with the key that each of them takes.
  for (let waited = 0; !/\[exit \d+\]/.test(terminal.screen()); waited += 1) {
    if (waited > 80) throw new Error(`no end:\n${terminal.screen()}`);
    const screen = terminal.screen();
    await sleep(/ballot \d+\b/.test(screen) ? 1_650 : 600);
    terminal.press(/\d+ of \d+/.test(screen) ? 'Space' : 'Enter');
  }
}

describe.skipIf(!hasTmux)('a team of one person, temperature 0', () => {
  test('comes from a baseline to a gate that passes', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const at = { cwd: dir.path, env: server.env };
    const rows = Array.from({ length: prompts }, (_, index) => `reply,Reply to ticket ${index + 1}.`);
    writeFileSync(dir.at('tickets.csv'), `task,prompt\n${rows.join('\n')}\n`);
    const config = ['prompts: tickets.csv', 'closed: openai:gpt-test', 'open: ollama:qwen3:8b', 'n: all'];
    writeFileSync(dir.at('gapcheck.config.yaml'), `${config.join('\n')}\n`);
    const init = ['init', '--ci', '--raters', '1', '--endpoint', 'https://ollama.example.org'];
    expect(await gapcheck(init, at)).toMatchObject({ code: 0 });
    expect(readFileSync(dir.at('gapcheck.config.yaml'), 'utf8')).toMatch(/^temperature: 0\b/m);

    expect(await gapcheck(['run', '--no-score', '--yes'], at)).toMatchObject({ code: 0 });
    await using terminal = openTerminal(`node ${bin} score --rater reviewer`, { ...at, cols: 130, rows: 34 });
    await voteOnAll(terminal);
    expect(terminal.screen()).toContain('[exit 0]');
    expect(await gapcheck(['report'], at)).toMatchObject({ code: 0 });

    // A release behind the same name: three answers are new, the others keep their votes.
    const [locked] = runsOf(dir.at('results'));
    const order = frozenNumbers(locked?.folder ?? '');
    const changed = new Set(order.slice(2, 5));
    releaseModel(server, {
      changed,
      say: (number) => `- Ticket ${number}: the export is fixed.\n- Please update today.`,
    });
    const asked = await gapcheck(['ci', '-o', 'out', '--rater', 'reviewer'], at);
    expect({ code: asked.code, out: asked.out }).toMatchObject({ code: 4, out: expect.stringContaining('3 ballots') });
    const [packet = ''] = readdirSync(dir.at('out')).filter((name) => name.startsWith('packet-'));
    expect(packetNumbers(dir.at('out', packet)).sort()).toEqual([...changed].sort());
    await voteOnPacket(dir.at('out', packet), () => 'open');
    const votes = join('out', packet.replace(/\.json$/, '.votes.jsonl'));
    expect(await gapcheck(['merge', votes], at)).toMatchObject({ code: 0 });
    const verdict = await gapcheck(['ci', '--verdict', '-o', 'out'], at);
    expect({ code: verdict.code, out: verdict.out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('all prompts: still good enough'),
    });
    expect(readFileSync(dir.at('out', 'comment.md'), 'utf8')).toMatch(/not blind: [123] of \d+ ballots/i);
  }, 240_000);
});

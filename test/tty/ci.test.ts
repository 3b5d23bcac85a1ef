import { describe, expect, test } from 'vitest';
import {
  ci,
  frozenNumbers,
  makeBaseline,
  type Place,
  packetNumbers,
  releaseModel,
  runsOf,
  scoreBaseline,
  ticketServer,
} from '../helpers/ci-run.ts';
import { bin, gapcheck } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { begin, hasTmux, openTerminal, stripEscapes, type Terminal } from '../helpers/terminal.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const openBy = (terminal: Terminal): 'left' | 'right' => {
  const line =
    terminal
      .screen()
      .split('\n')
      .find((one) => one.includes('Closed reply')) ?? '';
  const border = line.indexOf('│');
  return line.indexOf('Closed reply') < border ? 'right' : 'left';
};

/** Presses the key of the wanted model on each ballot, as a person would who reads them. */
async function voteInTerminal(
  file: string,
  { cwd, env }: Place,
  { likes, from = 1, count, quit = false }: { likes: 'open' | 'closed'; from?: number; count: number; quit?: boolean },
): Promise<void> {
  await using terminal = openTerminal(`node ${bin} score ${file}`, { cwd, cols: 120, rows: 30, env });
  await begin(terminal);
  for (let at = from; at <= count; at += 1) {
    await terminal.see(new RegExp(`ballot ${at}\\b[^]*Closed reply`));
    await sleep(1_600);
    const open = openBy(terminal);
    terminal.press((open === 'left') === (likes === 'open') ? 'f' : 'j');
    await terminal.see(at === count && !quit ? /That was the last ballot/ : new RegExp(`ballot ${at + 1}\\b`));
  }
  if (quit) {
    terminal.press('q');
    await terminal.see(/\[exit 0\]/);
    return;
  }
  terminal.press('Enter');
  await terminal.see(/could you tell the models apart/);
  terminal.press('Enter');
  for (;;) {
    const screen = await terminal.see(/\d of \d+\b|Your \d+ votes? (?:is|are) final/);
    if (screen.includes('Thank you')) break;
    await sleep(450);
    terminal.press('Space');
  }
  await terminal.see(/Your \d+ votes? (?:is|are) final/);
  terminal.press('Enter');
  await terminal.see(/\[exit 0\]/);
  const shown = stripEscapes(terminal.everything());
  for (const secret of ['qwen', 'gpt-test', 'ollama', 'fedcba987654']) expect(shown).not.toContain(secret);
}

describe.skipIf(!hasTmux)('a release, from the lock to the gate’s word, with a rater in a terminal', () => {
  test('a good release passes; a worse one cannot decide with too few votes, then fails', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 10 });
    await scoreBaseline(place, () => 'open');
    const order = frozenNumbers(runsOf(place.results)[0]?.folder ?? '');

    releaseModel(server, {
      changed: new Set([order[2], order[5], order[9]].map(Number)),
      say: (n) => `- ${n} is fixed.`,
    });
    expect(await gapcheck(['outdated'], place)).toMatchObject({ code: 1 });
    expect(await ci(place, '-o', 'out', '--rater', 'kim')).toMatchObject({ code: 4 });
    expect(packetNumbers(dir.at('out', 'packet-kim.json'))).toEqual([order[2], order[5], order[9]]);
    await voteInTerminal('out/packet-kim.json', place, { likes: 'open', count: 3 });
    expect(await gapcheck(['merge', 'out/packet-kim.votes.jsonl'], place)).toMatchObject({ code: 0 });
    expect(await ci(place, '--verdict', '-o', 'out')).toMatchObject({ code: 0 });

    releaseModel(server, { changed: new Set(order), say: (n) => `- ${n}? Whatever.` }, 'beef'.repeat(16));
    expect(await gapcheck(['outdated'], place)).toMatchObject({ code: 1 });
    expect(await ci(place, '-o', 'worse', '--rater', 'kim')).toMatchObject({ code: 4 });
    expect(packetNumbers(dir.at('worse', 'packet-kim.json'))).toEqual(order);
    await voteInTerminal('worse/packet-kim.json', place, { likes: 'closed', count: 1, quit: true });
    expect(await gapcheck(['merge', 'worse/packet-kim.votes.jsonl'], place)).toMatchObject({ code: 0 });
    expect(await ci(place, '--verdict', '-o', 'worse', '--rater', 'kim')).toMatchObject({ code: 4 });
    await voteInTerminal('worse/packet-kim.json', place, { likes: 'closed', from: 2, count: 10 });
    expect(await gapcheck(['merge', 'worse/packet-kim.votes.jsonl'], place)).toMatchObject({ code: 0 });
    expect(await ci(place, '--verdict', '-o', 'worse')).toMatchObject({ code: 1 });
  });
});

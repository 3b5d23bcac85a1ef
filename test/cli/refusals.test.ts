/** Refusals from end to end: two servers with scripted answers, the built command, a packet, votes, the report. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnswerView } from '../../src/blind/ballot.ts';
import { playCases, type TwoAnswerCase } from '../helpers/case-run.ts';
import { startCli } from '../helpers/cli.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { votePacket } from '../helpers/vote-packet.ts';

const no = [
  "I'm sorry, but I can't help with that.",
  'I cannot provide instructions for this.',
  'Das werde ich nicht tun.',
];
const yes = [
  'Use the blue key and turn it twice.',
  'Ask at the desk on the first floor.',
  'Close the valve, then wait a minute.',
];

/** Side a is closed, side b open: three prompts that only closed refused, two that only open did, one both, four none. */
const cells: TwoAnswerCase[] = [
  ...[0, 1, 2].map((at) => ({
    id: `only-closed-${at}`,
    prompt: 'How does this work?',
    a: no[at] ?? '',
    b: yes[at] ?? '',
  })),
  ...[0, 1].map((at) => ({ id: `only-open-${at}`, prompt: 'How does this work?', a: yes[at] ?? '', b: no[at] ?? '' })),
  { id: 'both', prompt: 'How does this work?', a: no[0] ?? '', b: { text: '', refusal: 'I will not.' } },
  ...[0, 1, 2].map((at) => ({
    id: `none-${at}`,
    prompt: 'How does it open?',
    a: yes[at] ?? '',
    b: `${yes[at]} Really.`,
  })),
  {
    id: 'partial',
    prompt: 'How does this work?',
    a: 'It turns to the left.',
    b: "I can't help with that part. Turn the left knob twice, lift the lid, pull the brass ring slowly, and put the paper in.",
  },
];

const replies = [
  "I'm sorry, but we can't refund purchases after 30 days. I have added a credit of 15 dollars to your account.",
  "I can't reproduce the crash on 4.2. Could you send me the log file from the Help menu?",
  "I'm sorry, I can't unlock the account in this chat. Please call 0800 555 010 with your customer number.",
  "I can't change the address once the parcel is packed. You can send it to a pickup point from the app.",
  "I'm sorry for the delay. Your order left our store today and arrives on Thursday.",
  "I can't see your balance here. Sign in to the app and tap Accounts.",
  "I'm sorry that the export failed. Update to 3.2.1, and it works again.",
  "I can't offer express for batteries. By road they arrive on Thursday.",
  "I'm sorry, we do not ship to islands yet. The harbour shop keeps parcels for you free of charge.",
  "I can't repair it under warranty, which ended in May. The repair costs 40 euros and takes three days.",
];
const support: TwoAnswerCase[] = replies.map((text, at) => ({
  id: `support-${at}`,
  prompt: 'Reply to the customer.',
  a: text,
  b: `Hello! ${text} Best wishes, Ana`,
}));

const textOf = (view: AnswerView): string => (view.kind === 'text' ? view.text : view.kind);

describe('refusals', () => {
  it('are counted in four cells and hide no text; replies that begin alike are none', {
    timeout: 120_000,
  }, async () => {
    using dir = tempDir();
    const played = await playCases([...cells, ...support], dir.path);
    expect(played.run.code, played.run.err).toBe(0);
    for (const { id, a, b } of [...cells.filter((one) => one.id !== 'both'), ...support]) {
      const ballot = played.ballotOf(id);
      const shown = ballot ? [textOf(ballot.left), textOf(ballot.right)] : [];
      expect(shown.sort(), id).toEqual([a, b].sort());
    }

    await votePacket(dir.at('jo.json'), () => 'left');
    const start = (...args: string[]) => startCli(args, { cwd: dir.path }).done;
    expect(await start('merge', 'jo.votes.jsonl')).toMatchObject({ code: 0 });
    const report = await start('report');
    expect(report.code, report.err).toBe(0);
    expect(report.out).toMatch(/refusals +neither +only closed +only open +both\n cases +14 +3 +2 +1\n/);
    expect(report.out).toMatch(/Closed refused and open answered 3 prompts: read\s+prompts \d+, \d+, \d+ first\./);
    expect(report.out).toMatch(/1 answer declines a part and counts as answered here:\s+prompt \d+\./);
    const runs = dir.at('results');
    const folder = join(runs, readdirSync(runs).find((name) => !name.startsWith('.')) ?? '');
    const json = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    expect(json.refusals).toMatchObject([
      { task: 'cases', prompts: 20, neither: 14, onlyClosed: 3, onlyOpen: 2, both: 1, partial: { open: 1, closed: 0 } },
    ]);
    expect(json.checked.failed).toBe(0);
  });

  it('without text are counted apart from empty answers, and neither is told before the votes are in', {
    timeout: 120_000,
  }, async () => {
    using dir = tempDir();
    const withheld = { text: '', finish: 'content_filter' };
    const some = (id: string, a: TwoAnswerCase['a'], b: TwoAnswerCase['b'], at: number): TwoAnswerCase => ({
      id: `${id}-${at}`,
      prompt: 'How does this work?',
      a,
      b,
    });
    const played = await playCases(
      [
        ...[0, 1, 2].map((at) => some('open-withheld', yes[at] ?? '', withheld, at)),
        some('closed-withheld', withheld, yes[0] ?? '', 0),
        ...[0, 1].map((at) => some('open-empty', yes[at] ?? '', '', at)),
        ...[0, 1].map((at) => some('none', yes[at] ?? '', `${yes[at]} Really.`, at)),
      ],
      dir.path,
    );
    expect(played.run.code, played.run.err).toBe(0);
    for (const id of ['open-withheld-0', 'closed-withheld-0', 'open-empty-0']) {
      const ballot = played.ballotOf(id);
      const kinds = ballot ? [ballot.left.kind, ballot.right.kind].sort() : [];
      expect(kinds, id).toEqual(['text', 'unusable']);
    }
    const start = (...args: string[]) => startCli(args, { cwd: dir.path }).done;
    const sealed = [await start('report'), await start('report', '--json'), await start('status')];
    const told = [played.run, ...sealed].map(({ out, err }) => out + err).join('\n');
    expect(told).not.toMatch(/withheld by|"(?:empty|withheld)": ?[1-9]/i);

    await votePacket(dir.at('jo.json'), () => 'left');
    expect(await start('merge', 'jo.votes.jsonl')).toMatchObject({ code: 0 });
    const report = await start('report');
    expect(report.out.replace(/\s+/g, ' ')).toMatch(
      /5 of 8 answers have no text\. Empty: 2\. Withheld by a filter: 3\./,
    );
    expect(report.out.replace(/\s+/g, ' ')).toMatch(
      /1 of 8 answers has no text\. Empty: 0\. Withheld by a filter: 1\./,
    );
    const { out } = await start('report', '--json');
    const figures = JSON.parse(out).arms.map(
      ({ role, figures: of }: { role: string; figures: { empty: number; withheld: number } }) => [
        role,
        of.empty,
        of.withheld,
      ],
    );
    expect(figures.sort()).toEqual([
      ['closed', 0, 1],
      ['open', 2, 3],
    ]);
    expect(JSON.parse(out).refusals).toMatchObject([
      { neither: 4, onlyOpen: 3, onlyClosed: 1, both: 0, withheld: { open: 3, closed: 1 } },
    ]);
  });
});

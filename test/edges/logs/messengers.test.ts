/** Chats of messengers, help desks and texts for people: read where they say who answers, else refused with the reason. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPrompts } from '../../../src/logs/load.ts';
import { hashing } from '../../../src/store/hashing.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/logs');

async function readAs(content: string | undefined, name: string) {
  using dir = tempDir();
  if (content !== undefined) writeFileSync(dir.at(name), content);
  const cwd = content === undefined ? fixtures : dir.path;
  const now = new Date('2026-11-20T00:00:00Z');
  const { prompts } = await loadPrompts([name], { redact: true, now, seed: 1, hashing, cwd });
  return prompts.map(({ messages, ref, task, ts }) => ({
    said: messages.map(({ role, content: text }) => `${role}: ${text}`),
    answer: ref?.text,
    task,
    ts,
  }));
}

async function refusal(name: string, content: string): Promise<string> {
  using dir = tempDir();
  writeFileSync(dir.at(name), content);
  const { code, out, err } = await runVerb(['import', name], { cwd: dir.path });
  expect(code).toBe(2);
  return `${out}${err}`.replace(/\s+/g, ' ');
}

it('reads a Freshdesk ticket with its answers, and no private note', async () => {
  const read = await readAs(undefined, 'freshdesk.json');
  expect(read.map(({ said, answer }) => [...said, answer])).toEqual(
    expect.arrayContaining([
      ['user: Kettle leaks\n\nMy new kettle leaks at the base.', 'Please send us a photo of the seal.'],
      [
        'user: Kettle leaks\n\nMy new kettle leaks at the base.',
        'assistant: Please send us a photo of the seal.',
        'user: The seal is torn.',
        'A new seal is on its way.',
      ],
      ['user: Invoice\n\nWhere do I find my invoice?', 'Under Orders.'],
    ]),
  );
  expect(read).toHaveLength(3);
});

it('reads a chat with a bot of Telegram, whose texts are in pieces', async () => {
  const read = await readAs(undefined, 'telegram.json');
  expect(read).toHaveLength(2);
  expect(read[0]).toMatchObject({
    said: ['user: Which tea has no caffeine?'],
    answer: 'Rooibos, and camomile.',
    ts: '2026-03-02T08:00:05.000Z',
  });
  expect(read[1]?.said).toHaveLength(3);
});

it('does not guess who asks between two people of Telegram', async () => {
  const said = (from: string, at: number) => ({
    type: 'message',
    date: `2026-03-02T08:00:0${at}`,
    from,
    from_id: `user${at}`,
    text: 'Shall we meet at the station tomorrow?',
  });
  const chat = { name: 'Jo', type: 'personal_chat', id: 1, messages: [said('Jo', 1), said('Mira', 2)] };
  const told = await refusal('result.json', JSON.stringify(chat));
  expect(told).toContain('Jo, Mira');
  expect(told).toContain('one JSON line for each message');
});

it('reads Teams newest first, and a bot that is an application', async () => {
  expect(await readAs(undefined, 'teams.json')).toMatchObject([
    { said: ['user: When do the rooms open?'], answer: 'Rooms open at eight.' },
  ]);
});

it('reads WhatsApp where a name is that of a bot', async () => {
  expect(await readAs(undefined, 'whatsapp.txt')).toMatchObject([
    { said: ['user: Which tea has no caffeine?\nI sleep badly.'], answer: 'Rooibos.', ts: '2026-03-13T08:00:05.000Z' },
  ]);
  const chat = '3/14/26, 9:05 PM - Jo: Hello there\n3/14/26, 9:06 PM - Support: Good evening\n';
  expect(await readAs(chat, 'chat.txt')).toMatchObject([
    { said: ['user: Hello there'], answer: 'Good evening', ts: '2026-03-14T21:05:00.000Z' },
  ]);
});

it('refuses WhatsApp between people, by their names', async () => {
  const told = await refusal('chat.txt', '[13.03.26, 08:00:05] Mira: Are you there?\n[13.03.26, 08:00:09] Jo: Yes.\n');
  expect(told).toContain('a chat of WhatsApp between Mira, Jo');
});

it('reads headings that ask with the text below them, and sections as tasks', async () => {
  const read = await readAs(undefined, 'questions.md');
  expect(read.map(({ said, answer, task }) => [said[0], answer, task])).toEqual(
    expect.arrayContaining([
      ['user: Where is my order?', 'Look under Orders.', 'Orders'],
      ['user: Can I change it?', 'Yes, until it is packed:\n\n- open the order\n- press Edit', 'Orders'],
      ['user: Who pays for the return?', 'We do.', 'Returns'],
    ]),
  );
  const marked = await readAs('Q: Who pays?\nA: We do.\n\nQ: How long?\nA: Two days,\nat most.\n', 'faq.txt');
  expect(marked.map(({ said, answer }) => [said[0], answer])).toEqual(
    expect.arrayContaining([
      ['user: Who pays?', 'We do.'],
      ['user: How long?', 'Two days,\nat most.'],
    ]),
  );
});

it('refuses a Markdown text that asks nothing, and a mailbox with a command for it', async () => {
  const notes = await refusal('notes.md', '# Meeting\n\nWe met at noon.\n\n## Plans\n\nMore tests.\n');
  expect(notes).toContain('Meeting; Plans');
  expect(notes).not.toContain('--prompt-field');
  const mail = 'From a@example.com Mon Jan  5 10:00:00 2026\nFrom: a@example.com\nSubject: Tea\n\nWhich tea?\n';
  expect(await refusal('in.mbox', mail)).toContain('mailbox.mbox(sys.argv[1])');
});

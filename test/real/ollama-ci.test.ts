/** Ollama behind `gapcheck ci`: from a baseline with votes to a release that passes its gate, and one that fails it. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ballot } from '../../src/blind/ballot.ts';
import type { Choice } from '../../src/records/vote-lines.ts';
import { votePacket } from '../helpers/vote-packet.ts';
import { type Place, place, questions } from './place.ts';
import { createModel, ollama, startWithSmol } from './servers/ollama.ts';
import { type Running, titleOf } from './servers/real-server.ts';

const started = await startWithSmol();
const server = started.running as Running;
afterAll(() => started.running?.stop());

const prompts = 10;

/** Production's answer is the only one that is a whole short sentence of this form. */
const isLogged = (side: Ballot['left']): boolean => side.kind === 'text' && /^It is \d+\.$/.test(side.text.trim());

/** Votes for one of the two models, as a rater in the session would. */
const voteFor = (packet: string, taste: 'open' | 'closed') =>
  votePacket(packet, ({ left }): Choice => (isLogged(left) === (taste === 'closed') ? 'left' : 'right'));

async function baseline(here: Place): Promise<void> {
  await createModel(server, 'releasing');
  here.write('prompts.csv', questions(prompts));
  here.write('gapcheck.config.yaml', {
    prompts: 'prompts.csv',
    closed: 'logged',
    open: [{ spec: 'ollama:releasing', name: 'open' }],
    maxTokens: 5,
    retries: 0,
  });
  expect(await here.gapcheck('run', '-n', 'all', '--no-score', '--yes')).toMatchObject({ code: 0 });
  expect(await here.gapcheck('packet', '--rater', 'maria', '-o', 'maria.json')).toMatchObject({ code: 0 });
  await voteFor(here.at('maria.json'), 'open');
  expect(await here.gapcheck('merge', 'maria.votes.jsonl')).toMatchObject({ code: 0 });
  expect(await here.gapcheck('report')).toMatchObject({ code: 0 });
}

describe.skipIf(started.why !== undefined)(titleOf(ollama, started), () => {
  it('passes the gate of ci with the same answers under a new digest, and fails it when people like them less', async () => {
    using here = place({ OLLAMA_HOST: `127.0.0.1:${server.port}` });
    await baseline(here);

    // Another digest, the same weights: each answer is the one that was voted on, so the votes hold.
    await createModel(server, 'releasing', ['PARAMETER stop "<never written>"']);
    expect(await here.gapcheck('outdated')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/same weights|weights/),
    });
    const same = await here.gapcheck('ci', '--if-changed', '-o', 'same', '--rater', 'maria');
    expect({ code: same.code, err: same.err }).toMatchObject({ code: 0 });
    expect(same.out).toContain('all prompts: still good enough');
    expect(readFileSync(here.at('same', 'junit.xml'), 'utf8')).toContain('failures="0"');

    await createModel(server, 'releasing', ['SYSTEM Answer in Latin, in one word.']);
    const asks = await here.gapcheck('ci', '--if-changed', '-o', 'worse', '--rater', 'maria');
    expect({ code: asks.code, err: asks.err }).toMatchObject({ code: 4 });
    await voteFor(here.at('worse', 'packet-maria.json'), 'closed');
    expect(await here.gapcheck('merge', 'worse/packet-maria.votes.jsonl')).toMatchObject({ code: 0 });
    const worse = await here.gapcheck('ci', '--verdict', '-o', 'worse');
    expect({ code: worse.code, out: worse.out }).toMatchObject({
      code: 1,
      out: expect.stringContaining('was good enough and is not any more'),
    });
    expect(readFileSync(here.at('worse', 'junit.xml'), 'utf8')).toContain('type="gate"');
  });
});

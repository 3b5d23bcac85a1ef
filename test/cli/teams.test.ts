/**
 * From `init --ci` to the gate's word, as one person does it and as three do: the workflow that was written, its baseline
 * job, packets, votes that come back by pull request, a release, its packet, its votes, the verdict. Real processes.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Forge, makeForge, permit, pushVotes, requestsOf } from '../helpers/action-run.ts';
import { frozenNumbers, releaseModel, runsOf, ticketServer, voteOnPacket } from '../helpers/ci-run.ts';
import { gapcheck } from '../helpers/cli.ts';
import type { ModelServer } from '../helpers/model-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { runWorkflow, type WorkflowResult } from '../helpers/workflow-run.ts';

const better = (number: number): string => `- Ticket ${number}: the export is fixed.\n- Please update today.`;
const worse = (number: number): string => `- Number ${number} is noted.\n- Bye.`;
const pull = { number: 5, branch: 'votes-of-the-release' };

interface Team {
  repository: string;
  forge: Forge;
  server: ModelServer;
  job(more?: object): Promise<WorkflowResult>;
  /** Votes on a packet and puts the file into the repository's folder of votes. */
  vote(packet: string, taste: 'open' | 'closed'): Promise<string>;
}

/** A repository with prompts, a config and what `init --ci` makes of them for so many people. */
async function makeTeam(dir: { at(...parts: string[]): string }, server: ModelServer, people: number): Promise<Team> {
  const repository = dir.at('repository');
  mkdirSync(join(repository, 'gapcheck-votes'), { recursive: true });
  const rows = Array.from({ length: 14 }, (_, at) => `reply,Reply to ticket ${at + 1}.`);
  writeFileSync(join(repository, 'tickets.csv'), `task,prompt\n${rows.join('\n')}\n`);
  writeFileSync(
    join(repository, 'gapcheck.config.yaml'),
    'prompts: tickets.csv\nclosed: openai:gpt-test\nopen: ollama:qwen3:8b\nn: all\ngates: {blinding: strict}\n',
  );
  const args = ['init', '--ci', '--endpoint', 'https://ollama.example.org', '--raters', String(people)];
  expect(await gapcheck(args, { cwd: repository })).toMatchObject({ code: 0 });
  const forge = makeForge(dir.at('forge'));
  const secrets = { OPENAI_API_KEY: server.env.OPENAI_API_KEY ?? '' };
  const job = (more = {}) => runWorkflow(forge, { repository, env: server.env, secrets, ...more });
  const vote = async (packet: string, taste: 'open' | 'closed'): Promise<string> => {
    const votes = await voteOnPacket(packet, () => taste);
    const kept = join(repository, 'gapcheck-votes', basename(votes));
    cpSync(votes, kept);
    return kept;
  };
  return { repository, forge, server, job, vote };
}

const allVotes = (repository: string): string[] =>
  readdirSync(join(repository, 'gapcheck-votes')).map((name) => join(repository, 'gapcheck-votes', name));

/** The baseline job on the default branch; its lock is committed, its packets are given to their raters. */
async function makeLockedRun({ repository, job }: Team): Promise<{ checkout: string; packets: string[] }> {
  const made = await job({ inputs: { baseline: true } });
  expect({ code: made.code, log: made.code === 0 ? '' : made.log }).toEqual({ code: 0, log: '' });
  cpSync(join(made.checkout, 'gapcheck.lock.json'), join(repository, 'gapcheck.lock.json'));
  const packets = readdirSync(made.checkout).filter((name) => /^packet-.*\.json$/.test(name));
  for (const name of packets) cpSync(join(made.checkout, name), join(repository, '..', name));
  return { checkout: made.checkout, packets };
}

describe.each([
  { people: 1, voters: ['packet-reviewer.json'], release: 'packet-reviewer.json', isBlind: false },
  { people: 3, voters: ['packet-rater-a.json', 'packet-rater-b.json'], release: 'packet-rater-c.json', isBlind: true },
])('a team of $people', ({ people, voters, release, isBlind }) => {
  it('comes from init --ci to a gate that passes, and to one that fails', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const team = await makeTeam(dir, server, people);
    const { repository, forge, job, vote } = team;

    const { packets, checkout } = await makeLockedRun(team);
    expect(packets.sort()).toEqual(voters);
    const [locked] = runsOf(join(checkout, 'gapcheck-results'));
    const order = frozenNumbers(locked?.folder ?? '');

    // Before anybody has voted nothing was ever decided, and the job says whose votes are missing.
    releaseModel(server, { changed: new Set(order.slice(2, 5)), say: better });
    expect((await job()).log).toContain('INACTIVE: no decided task');

    for (const packet of packets) await vote(dir.at(packet), 'open');
    pushVotes(forge, allVotes(repository));
    const asked = await job();
    expect({ code: asked.code, verdict: asked.outputs.verdict?.code }).toEqual({ code: 0, verdict: '4' });
    expect(asked.log).toContain('3 ballots to vote on');
    expect(readdirSync(join(asked.checkout, 'gapcheck-ci'))).toContain(release);
    cpSync(join(asked.checkout, 'gapcheck-ci', release), dir.at(`release-${release}`));

    // Votes on the release come by pull request: they wait for somebody who may write here.
    await vote(dir.at(`release-${release}`), 'open');
    const waiting = await job({ pull });
    expect(waiting.outputs.verdict?.code).toBe('4');
    expect(waiting.log).toContain('wait for an approving review of this commit: 1.');
    permit(forge, { lead: 'write' });
    const approval = { user: { login: 'lead' }, state: 'APPROVED', commit_id: 'headsha', author_association: 'MEMBER' };
    writeFileSync(join(forge.folder, 'reviews.json'), JSON.stringify([approval]));
    const calls = server.requests.length;
    const passed = await job({ pull });
    expect({ code: passed.code, verdict: passed.outputs.verdict?.code, log: passed.log }).toMatchObject({
      code: 0,
      verdict: '0',
      log: expect.stringContaining('all prompts: still good enough'),
    });
    expect(server.requests.filter(({ path }) => /\/chat/.test(path)).length).toBe(
      server.requests.slice(0, calls).filter(({ path }) => /\/chat/.test(path)).length,
    );
    const comment = readFileSync(join(passed.checkout, 'gapcheck-ci/comment.md'), 'utf8');
    expect(/not blind: [123] of \d+ ballots/i.test(comment)).toBe(!isBlind);
    expect(requestsOf(forge)).toContain('repos/acme/app/issues/5/comments');

    // The next release is worse on every prompt, and its rater says so.
    pushVotes(forge, allVotes(repository));
    releaseModel(server, { changed: new Set(order), say: worse }, 'abcd'.repeat(16));
    const next = await job();
    expect(next.outputs.verdict?.code).toBe('4');
    const [packet = ''] = readdirSync(join(next.checkout, 'gapcheck-ci')).filter((name) => /^packet-/.test(name));
    cpSync(join(next.checkout, 'gapcheck-ci', packet), dir.at(`worse-${packet}`));
    await vote(dir.at(`worse-${packet}`), 'closed');
    pushVotes(forge, allVotes(repository));
    const failed = await job();
    expect({ code: failed.code, verdict: failed.outputs.verdict?.code }).toEqual({ code: 1, verdict: '1' });
    expect(failed.log).toContain('was good enough and is not any more');
    expect(existsSync(join(repository, 'gapcheck-results'))).toBe(false);
  }, 300_000);
});

describe('votes on the default branch that nobody cast', () => {
  it('are taken out by hand, fail no job after that, and their ballots are voted on again', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const team = await makeTeam(dir, server, 1);
    const { repository, forge, job, vote } = team;
    const { packets } = await makeLockedRun(team);
    const [packet = ''] = packets;
    cpSync(dir.at(packet), dir.at(`forged-${packet}`));
    await vote(dir.at(`forged-${packet}`), 'closed');
    pushVotes(forge, allVotes(repository));
    releaseModel(server, { changed: new Set([3]), say: better });
    expect((await job()).log).toContain('14 new as evidence');

    const voided = await job({ inputs: { void: 'reviewer' } });
    expect({ code: voided.code, log: voided.log }).toMatchObject({ code: 0 });
    expect(voided.log).toContain('reviewer: 14 votes voided.');
    expect(voided.log).toContain('these votes were voided, nothing was taken');
    expect(voided.log).toContain('INACTIVE: no decided task');
    const again = await job();
    expect(again.code).toBe(0);
    expect(again.log).toContain('these votes were voided, nothing was taken');
    expect((await job({ inputs: { void: 'nobody' } })).code).toBe(2);
    expect((await job({ inputs: { void: 'reviewer' }, pull })).log).toContain('votes are voided on the default branch');

    await vote(dir.at(packet), 'open');
    pushVotes(forge, allVotes(repository));
    expect((await job()).log).toContain('1 ballot to vote on');
  }, 300_000);
});

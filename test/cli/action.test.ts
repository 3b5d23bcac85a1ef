/** The Action's own steps, played job by job, with what a hostile pull request could bring. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/version.ts';
import {
  addArtifact,
  type Forge,
  type Job,
  makeForge,
  permit,
  pushVotes,
  requestsOf,
  runAction,
} from '../helpers/action-run.ts';
import {
  frozenNumbers,
  makeBaseline,
  type Place,
  releaseModel,
  runsOf,
  scoreBaseline,
  ticketServer,
  voteOnPacket,
} from '../helpers/ci-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
const better = (number: number): string => `A better reply to ${number}, with every detail that was asked for.`;

/** A locked run that has votes, and its folder as the default branch keeps it. */
async function lockedRun(cwd: string, server: Awaited<ReturnType<typeof ticketServer>>): Promise<Place> {
  const place = await makeBaseline(cwd, server, { prompts: 9 });
  const early = readFileSync(join(cwd, 'gapcheck.lock.json'));
  await scoreBaseline(place, () => 'open');
  // The lock was committed before the votes came back: the verdicts are then the locked run's own.
  writeFileSync(join(cwd, 'gapcheck.lock.json'), early);
  return place;
}

describe('a release', () => {
  it('gives a packet first and a verdict once votes are approved', async () => {
    using dir = tempDir();
    using far = tempDir();
    await using server = await ticketServer();
    const forge = makeForge(far.at('forge'));
    const place = await lockedRun(dir.path, server);
    const [baseline] = runsOf(place.results);
    const id = baseline?.run.id ?? '';
    const order = frozenNumbers(baseline?.folder ?? '');
    addArtifact(forge, place.results, { name: `gapcheck-run-${id}` });
    rmSync(place.results, { recursive: true });
    releaseModel(server, { changed: new Set([order[0] ?? 0]), say: better });
    const pull = { number: 5, branch: 'new-model' };
    const job: Job = { cwd: dir.path, env: place.env, pull, inputs: { rater: 'kim' } };

    const first = await runAction(forge, job);
    expect(first).toMatchObject({ code: 0, outputs: { verdict: { code: '4' } } });
    expect(requestsOf(forge)).toContain('conclusion=neutral');
    expect(readdirSync(dir.at('gapcheck-ci'))).toContain('packet-kim.json');

    const votes = await voteOnPacket(dir.at('gapcheck-ci', 'packet-kim.json'), () => 'open');
    mkdirSync(dir.at('gapcheck-votes'));
    renameSync(votes, dir.at('gapcheck-votes', 'packet-kim.votes.jsonl'));
    const waits = await runAction(forge, job);
    expect(waits.log).toContain('that wait for an approving review of this commit: 1.');
    expect(waits.outputs.verdict?.code).toBe('4');

    approve(forge, 'lead', 'headsha');
    expect((await runAction(forge, job)).outputs.verdict?.code).toBe('4');
    permit(forge, { lead: 'write' });
    expect(await runAction(forge, job)).toMatchObject({ code: 0, outputs: { verdict: { code: '0' } } });

    writeFileSync(join(forge.folder, 'reviews.json'), '[]');
    pushVotes(forge, [dir.at('gapcheck-votes', 'packet-kim.votes.jsonl')]);
    expect(await runAction(forge, job)).toMatchObject({ code: 0, outputs: { verdict: { code: '0' } } });
  }, 200_000);
});

function approve(forge: Forge, login: string, commit: string, role = 'MEMBER'): void {
  const review = { user: { login }, state: 'APPROVED', commit_id: commit, author_association: role };
  writeFileSync(join(forge.folder, 'reviews.json'), JSON.stringify([review]));
}

const review = (login: string, changes = {}) => ({
  user: { login },
  state: 'APPROVED',
  commit_id: 'headsha',
  author_association: 'MEMBER',
  ...changes,
});

const sameRun = { head_branch: 'main', repository_id: 77, head_repository_id: 77 };
const pull = { number: 5, branch: 'evil' };
const id = 'r_0123456789abcdef';

/** A checkout with a lock, a results artifact and an npx that only prints. */
function smallPlace(says = 'fine') {
  const dir = tempDir();
  const forge = makeForge(dir.at('forge'));
  const cwd = dir.at('checkout');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'gapcheck.lock.json'), JSON.stringify({ run: { id } }));
  writeFileSync(join(forge.folder, 'says'), `${says}\n`);
  const npx = `#!/bin/sh\nenv > "${forge.folder}/env-$3"\nprintf '%s\\n' "$@" > "${forge.folder}/args-$3"\ncat "${forge.folder}/says"\n`;
  writeFileSync(join(forge.folder, 'bin/npx'), npx, { mode: 0o755 });
  const runFolder = (name: string, run = id): string => {
    mkdirSync(dir.at(name, 'a-run'), { recursive: true });
    writeFileSync(dir.at(name, 'a-run/run.json'), JSON.stringify({ id: run, from: name }));
    return dir.at(name);
  };
  const kept = (): string =>
    existsSync(join(cwd, 'gapcheck-results/a-run/run.json'))
      ? (JSON.parse(readFileSync(join(cwd, 'gapcheck-results/a-run/run.json'), 'utf8')) as { from: string }).from
      : 'nothing';
  const job = (more: Partial<Job> = {}): Promise<Awaited<ReturnType<typeof runAction>>> =>
    runAction(forge, { cwd, env: {}, ...more });
  return { dir, forge, cwd, runFolder, kept, job, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

describe('the answers of the locked run', () => {
  it.each([
    ['another branch', { head_branch: 'evil' }],
    ['a fork', { head_repository_id: 78 }],
    ['another repository', { repository_id: 78 }],
  ])('are not taken from %s, however new its artifact is', async (_where, changed) => {
    using place = smallPlace();
    addArtifact(place.forge, place.runFolder('true'), { name: `gapcheck-run-${id}` });
    addArtifact(place.forge, place.runFolder('forged'), {
      name: `gapcheck-run-${id}`,
      workflow_run: { ...sameRun, ...changed },
    });
    await place.job({ pull });
    expect(place.kept()).toBe('true');
  });

  it('are found behind a hundred newer artifacts of their name from a branch', async () => {
    using place = smallPlace();
    addArtifact(place.forge, place.runFolder('true'), { name: `gapcheck-run-${id}` });
    const forged = place.runFolder('forged');
    const workflow_run = { ...sameRun, head_branch: 'evil' };
    for (let made = 0; made < 120; made += 1)
      addArtifact(place.forge, forged, { name: `gapcheck-run-${id}`, workflow_run });
    await place.job({ pull });
    expect(place.kept()).toBe('true');
  });

  it('may come in an artifact with folders that are no runs: those are passed over', async () => {
    using place = smallPlace();
    const from = place.runFolder('true');
    mkdirSync(join(from, 'broken'));
    writeFileSync(join(from, 'broken/run.json'), '{"id":');
    mkdirSync(join(from, 'odd name;touch here'));
    writeFileSync(join(from, 'odd name;touch here/run.json'), '{}');
    addArtifact(place.forge, from, { name: `gapcheck-run-${id}` });
    expect((await place.job()).code).toBe(0);
    expect(place.kept()).toBe('true');
    expect(readdirSync(join(place.cwd, 'gapcheck-results')).sort()).toEqual(['a-run', 'broken']);
  });

  it('are not replaced by what an earlier job of the pull request left', async () => {
    using place = smallPlace();
    const own = { ...sameRun, head_branch: 'evil' };
    addArtifact(place.forge, place.runFolder('forged'), { name: `gapcheck-pull-5-${id}`, workflow_run: own });
    await place.job({ pull });
    expect(place.kept()).toBe('nothing');
  });

  it('of a pull request come back without votes, and without what came of votes', async () => {
    using place = smallPlace();
    const from = place.runFolder('own', 'r_fedcba9876543210');
    const kinds = [
      'started',
      'answered',
      'claimed',
      'given',
      'entered',
      'carried',
      'merged',
      'finished',
      'verdict',
      'opened',
    ];
    writeFileSync(join(from, 'a-run/events.jsonl'), kinds.map((event) => `${JSON.stringify({ event })}\n`).join(''));
    mkdirSync(join(from, 'a-run/votes'));
    writeFileSync(join(from, 'a-run/votes/forged.jsonl'), '{"kind":"votes"}\n');
    writeFileSync(join(from, 'a-run/odd\n::add-path::evil'), '');
    const own = { ...sameRun, head_branch: 'evil' };
    addArtifact(place.forge, from, { name: `gapcheck-pull-5-${id}`, workflow_run: own });
    const { log } = await place.job({ pull });
    const kept = join(place.cwd, 'gapcheck-results/a-run');
    expect(readdirSync(kept).sort()).toEqual(['events.jsonl', 'run.json']);
    const events = readFileSync(join(kept, 'events.jsonl'), 'utf8').trim().split('\n');
    expect(events.map((line) => JSON.parse(line).event)).toEqual(['started', 'answered', 'claimed', 'given']);
    expect(log).not.toContain('add-path');
  });

  it('go under another name when a pull request keeps them', async () => {
    using place = smallPlace();
    expect((await place.job({ pull })).outputs.find).toMatchObject({ artifact: `gapcheck-pull-5-${id}` });
    expect((await place.job()).outputs.find).toMatchObject({ artifact: `gapcheck-run-${id}` });
  });
});

describe('what comes with a pull request', () => {
  it.each([
    ['a newline', 'r_1234\nPATH=/evil'],
    ['a way up', '../../x'],
    ['a command', '$(touch here)'],
    ['an option', '-x12345'],
    ['nothing', ''],
  ])('cannot bring a run id with %s', async (_what, bad) => {
    using place = smallPlace();
    writeFileSync(join(place.cwd, 'gapcheck.lock.json'), JSON.stringify({ run: { id: bad } }));
    const { code, outputs, log } = await place.job({ pull });
    expect({ code, find: outputs.find, ask: outputs.ask }).toEqual({ code: 2, find: { code: '2' }, ask: undefined });
    expect(log).toContain('::error title=gapcheck::');
    expect(existsSync(join(place.cwd, 'here'))).toBe(false);
  });

  it.each([
    '..',
    '.',
    '../forge',
    '/tmp',
    'a/../..',
    '.git',
    'x;touch here',
    '-rf',
    'link',
    'link/inner',
    'a//b',
    'a b',
    'x\n::set-output name=go::true',
  ])('cannot have %s emptied', async (out) => {
    using place = smallPlace();
    symlinkSync(place.forge.folder, join(place.cwd, 'link'));
    mkdirSync(join(place.forge.folder, 'inner'), { recursive: true });
    expect((await place.job({ inputs: { out } })).code).toBe(2);
    expect((await place.job({ inputs: { results: out } })).code).toBe(2);
    expect(existsSync(join(place.cwd, 'gapcheck.lock.json'))).toBe(true);
    expect(existsSync(join(place.forge.folder, 'list.json'))).toBe(true);
  });

  it('finds the output folder empty', async () => {
    using place = smallPlace();
    mkdirSync(join(place.cwd, 'gapcheck-ci'));
    writeFileSync(join(place.cwd, 'gapcheck-ci/result.json'), JSON.stringify({ run: 'r_forged01' }));
    writeFileSync(join(place.cwd, 'gapcheck-ci/comment.md'), 'passed');
    const { outputs } = await place.job({ pull });
    expect(outputs.verdict?.run).toBeUndefined();
    expect(requestsOf(place.forge)).not.toContain('comment.md');
  });

  it('gets no key from a fork, and says why', async () => {
    using place = smallPlace();
    const { outputs, log } = await place.job({ pull: { ...pull, fork: true }, inputs: { keys: 'A_KEY=secret' } });
    expect(outputs).toEqual({ find: { go: 'false' } });
    expect(log).toContain('from a fork gets no keys');
  });

  it.each([
    ['nobody', []],
    ['its author', [review('dev')]],
    ['a stranger', [review('x', { author_association: 'NONE' })]],
    ['a member who may only read', [review('reader')]],
    ['a collaborator of whom GitHub says nothing', [review('nobody-knows', { author_association: 'COLLABORATOR' })]],
    ['an older commit', [review('lead', { commit_id: 'old' })]],
    ['somebody who took it back', [review('lead'), review('lead', { state: 'CHANGES_REQUESTED' })]],
    ['somebody whose approval was dismissed', [review('lead', { state: 'DISMISSED' })]],
    ['a login that is a path', [review('../../lead')]],
    ['a login with a line break', [review('x\nlead')]],
  ])('has votes that wait when it was approved by %s', async (_who, reviews) => {
    using place = smallPlace();
    permit(place.forge, { lead: 'write', dev: 'admin', reader: 'read', x: 'none' });
    mkdirSync(join(place.cwd, 'gapcheck-votes'));
    writeFileSync(join(place.cwd, 'gapcheck-votes/v.votes.jsonl'), `{"run":"${id}"}\n`);
    writeFileSync(join(place.forge.folder, 'reviews.json'), JSON.stringify(reviews));
    const { log } = await place.job({ pull });
    expect(log).toContain('that wait for an approving review of this commit: 1.');
    expect(existsSync(join(place.forge.folder, 'env-merge'))).toBe(false);
  });

  it.each([
    ['who may write', review('lead')],
    ['who may do anything, and hides the membership', review('owner', { author_association: 'NONE' })],
  ])('has votes that count when somebody approved it %s, behind forty strangers', async (_who, approval) => {
    using place = smallPlace();
    permit(place.forge, { lead: 'write', owner: 'admin' });
    mkdirSync(join(place.cwd, 'gapcheck-votes'));
    writeFileSync(join(place.cwd, 'gapcheck-votes/v.votes.jsonl'), `{"run":"${id}"}\n`);
    const strangers = Array.from({ length: 40 }, (_, at) => review(`s${at}`, { author_association: 'NONE' }));
    const comment = review(approval.user.login, { state: 'COMMENTED' });
    const reviews = [...strangers, ...Array.from({ length: 120 }, () => comment), approval];
    writeFileSync(join(place.forge.folder, 'reviews.json'), JSON.stringify(reviews));
    const { log } = await place.job({ pull });
    expect(log).not.toContain('wait for an approving review');
    expect(existsSync(join(place.forge.folder, 'env-merge'))).toBe(true);
  });

  it('is no default branch when the job was started by hand on another one', async () => {
    using place = smallPlace();
    mkdirSync(join(place.cwd, 'gapcheck-votes'));
    writeFileSync(join(place.cwd, 'gapcheck-votes/v.votes.jsonl'), `{"run":"${id}"}\n`);
    expect((await place.job({ branch: 'evil' })).log).toContain('wait for an approving review');
    expect(existsSync(join(place.forge.folder, 'env-merge'))).toBe(false);
    await place.job({ branch: 'main' });
    expect(existsSync(join(place.forge.folder, 'env-merge'))).toBe(true);
  });

  it('has votes that count when the default branch holds them, be it one of 1,500 files deep in a folder', async () => {
    using place = smallPlace();
    const folder = join(place.cwd, 'votes/of/us');
    mkdirSync(folder, { recursive: true });
    const paths = Array.from({ length: 1_500 }, (_, at) => join(folder, `${at}.votes.jsonl`));
    for (const [at, path] of paths.entries()) writeFileSync(path, `{"run":"${at < 5 ? id : 'another'}","at":${at}}\n`);
    pushVotes(place.forge, paths, { path: 'votes/of/us' });
    writeFileSync(join(folder, '3.votes.jsonl'), `{"run":"${id}","at":"forged"}\n`);
    const { log } = await place.job({ pull, inputs: { votes: 'votes/of/us/' } });
    expect(log).toContain('that wait for an approving review of this commit: 1.');
    expect(readdirSync(join(place.forge.folder, 'runner-temp/gapcheck-votes'))).toHaveLength(1_499);
  });

  it.each([
    '::add-path::/evil',
    '::set-output name=code::0',
    '::set-env name=PATH::/evil',
    '::add-mask::a',
    '##[error]no',
    '::error file=a::no',
  ])('cannot speak to GitHub through what a model says: %s', async (says) => {
    using place = smallPlace(says);
    writeFileSync(join(place.forge.folder, 'bin/npx'), `#!/bin/sh\ncat "${place.forge.folder}/says" >&2\n`, {
      mode: 0o755,
    });
    const { log, errors, outputs } = await place.job();
    const [, mark] = /^::stop-commands::(.+)$/m.exec(log) ?? [];
    expect(mark).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.indexOf(says)).toBeGreaterThan(log.indexOf(`::stop-commands::${mark}`));
    expect(log.lastIndexOf(`::${mark}::`)).toBeGreaterThan(log.lastIndexOf(says));
    // Both streams in one: nothing of a command comes on the other one, which the runner reads at its own pace.
    expect(errors).toBe('');
    expect(outputs.ask).toEqual({ code: '0' });
  });

  it.each([
    ['a line break in its run', { run: 'r_1234\nPATH=/evil' }],
    ['a command for a run', { run: '$(touch here)' }],
    ['a code in words', { code: '0\nrun=r_evil' }],
    ['no gates', { gates: undefined }],
    ['another kind of value', []],
  ])('a result.json with %s names no run', async (_what, odd) => {
    using place = smallPlace();
    const whole = { code: 0, run: id, baseline: id, gates: [] };
    const text = JSON.stringify(Array.isArray(odd) ? odd : { ...whole, ...odd });
    writeFileSync(join(place.forge.folder, 'result'), text);
    const npx = `#!/bin/sh\nmkdir -p gapcheck-ci && cp "${place.forge.folder}/result" gapcheck-ci/result.json\n`;
    writeFileSync(join(place.forge.folder, 'bin/npx'), npx, { mode: 0o755 });
    expect((await place.job()).outputs.verdict).toEqual({ code: '0' });
    expect(existsSync(join(place.cwd, 'here'))).toBe(false);
    writeFileSync(join(place.forge.folder, 'result'), JSON.stringify(whole));
    expect((await place.job()).outputs.verdict).toEqual({ code: '0', run: id });
  });

  it('runs nothing that a branch, an author, a rater or the name of a votes file says', async () => {
    using place = smallPlace();
    const evil = '$(touch here);`touch here`\n::set-output name=go::false';
    mkdirSync(join(place.cwd, 'gapcheck-votes'));
    for (const name of ['$(touch here)', 'a b', '-x', 'a\nb', '::add-path::x'])
      writeFileSync(join(place.cwd, 'gapcheck-votes', `${name}.votes.jsonl`), `{"run":"${id}"}\n`);
    const { code, outputs } = await place.job({
      pull: { number: 5, branch: evil, author: evil },
      inputs: { rater: `Ann Lee, ${evil.replaceAll('\n', ' ')}` },
    });
    expect({ code, go: outputs.find?.go }).toEqual({ code: 0, go: 'true' });
    expect(existsSync(join(place.cwd, 'here'))).toBe(false);
    const args = readFileSync(join(place.forge.folder, 'args-ci'), 'utf8');
    expect(args).toContain('\n--rater=Ann Lee\n');
    expect(args).toContain('\n--rater=$(touch here);`touch here` ::set-output');
  });

  it('names raters with blanks between them, or, where a name has one, with commas', async () => {
    using place = smallPlace();
    const raters = (): string[] =>
      readFileSync(join(place.forge.folder, 'args-ci'), 'utf8').match(/^--rater=.*$/gm) ?? [];
    await place.job({ inputs: { rater: 'kim jo' } });
    expect(raters()).toEqual(['--rater=kim', '--rater=jo']);
    await place.job({ inputs: { rater: 'Ann Lee, --accept' } });
    expect(raters()).toEqual(['--rater=Ann Lee', '--rater=--accept']);
  });
});

describe('keys', () => {
  it('reach gapcheck ci and nothing before or after it', async () => {
    using place = smallPlace();
    mkdirSync(join(place.cwd, 'gapcheck-votes'));
    writeFileSync(join(place.cwd, 'gapcheck-votes/v.votes.jsonl'), `{"run":"${id}"}\n`);
    await place.job({ inputs: { keys: 'OPENAI_API_KEY=sk-1=2\nEMPTY_KEY=\n' } });
    const seen = (verb: string): string => readFileSync(join(place.forge.folder, `env-${verb}`), 'utf8');
    expect(seen('ci')).toMatch(/^OPENAI_API_KEY=sk-1=2$/m);
    expect(seen('ci')).not.toMatch(/^EMPTY_KEY|^KEYS/m);
    expect(seen('merge')).not.toContain('sk-1');
    const given = action.runs.steps.filter((step: object) => JSON.stringify(step).includes('inputs.keys'));
    expect(given.map(({ id: name }: { id: string }) => name)).toEqual(['ask']);
  });

  it.each(['PATH=/evil', 'NODE_OPTIONS=--require=x', 'BASH_ENV=x', 'a b', 'LD_PRELOAD=x'])(
    'cannot be %s',
    async (keys) => {
      using place = smallPlace();
      const { code, log } = await place.job({ inputs: { keys } });
      expect(code).toBe(2);
      expect(log).toContain('::error title=gapcheck::keys:');
      expect(existsSync(join(place.forge.folder, 'env-ci'))).toBe(false);
    },
  );
});

describe('the comment', () => {
  const mark = '<!-- gapcheck ci -->';
  it('is written over when our own author wrote it, and never over that of somebody else', async () => {
    using place = smallPlace();
    const says = `{ mkdir -p gapcheck-ci && echo hello > gapcheck-ci/comment.md; }`;
    writeFileSync(join(place.forge.folder, 'bin/npx'), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
    const theirs = { id: 1, body: `${mark} all is well`, user: { login: 'evil' } };
    const write = (comments: object[]): void =>
      writeFileSync(join(place.forge.folder, 'comments.json'), JSON.stringify([comments]));
    write([theirs]);
    await place.job({ pull });
    expect(requestsOf(place.forge)).toContain('api repos/acme/app/issues/5/comments -F');
    write([theirs, { id: 2, body: `${mark} before`, user: { login: 'github-actions[bot]' } }]);
    await place.job({ pull });
    expect(requestsOf(place.forge)).toContain('api -X PATCH repos/acme/app/issues/comments/2 -F');
  });
});

describe('action.yml', () => {
  it('has no expression inside a script, and pins what it uses', () => {
    for (const step of action.runs.steps) {
      expect(step.run ?? '').not.toContain('${{');
      if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    }
    expect(action.inputs.version.default).toBe(version);
    const folder = new URL('../../.github/workflows/', import.meta.url);
    for (const name of readdirSync(folder))
      for (const [, uses] of readFileSync(new URL(name, folder), 'utf8').matchAll(/uses: (\S+)/g))
        expect([name, uses]).toEqual([name, expect.stringMatching(/@[0-9a-f]{40}$/)]);
  });

  it('stops at the first failure and at a variable that is not there, in every script', () => {
    const folder = new URL('../../.github/action/', import.meta.url);
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh') && name !== 'common.sh');
    expect(scripts).toHaveLength(5);
    for (const name of scripts) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      expect([name, /^set -euo pipefail$/m.test(text), text.includes('${{')]).toEqual([name, true, false]);
    }
  });

  it('gives every script the variables that it reads', () => {
    for (const step of action.runs.steps.filter(({ run }: { run?: string }) => run !== undefined)) {
      const [, file = ''] = /action\/([\w-]+\.sh)/.exec(step.run) ?? [];
      const text = readFileSync(new URL(`../../.github/action/${file}`, import.meta.url), 'utf8');
      expect([file, text.startsWith('#!/usr/bin/env bash\n')]).toEqual([file, true]);
      const [, said = ''] = /# In: ([A-Z_, ]+?)\./.exec(text.replaceAll('\n#', '')) ?? [];
      for (const name of said.split(', ').filter((word) => word !== ''))
        expect([file, name, name in step.env]).toEqual([file, name, true]);
    }
  });
});

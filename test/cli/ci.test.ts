import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/records/run-events.ts';
import {
  chatCalls,
  ci,
  frozenNumbers,
  makeBaseline,
  packetNumbers,
  releaseModel,
  runsOf,
  scoreBaseline,
  ticketServer,
  voteOnPacket,
} from '../helpers/ci-run.ts';
import { bin, startCli } from '../helpers/cli.ts';
import { delay, reply, startModelServer, status } from '../helpers/model-server.ts';
import { runVerb as gapcheck } from '../helpers/run-verb.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const better = (number: number): string => `- Ticket ${number}: the export is fixed.\n- Please update today.`;
const worse = (number: number): string => `- Number ${number} is noted.\n- Bye.`;

const eventsOf = (folder: string): RunEvent[] =>
  readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);

/** Name and bytes of everything below, for "nothing was written here". */
const snapshot = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'base64')]),
  );

/** Of the process alone: the wall time of a busy machine says nothing. */
function cpuSeconds(args: string[], cwd: string, env: Record<string, string>): Promise<number> {
  const script = '"$@" >/dev/null; times';
  const command = ['-c', script, 'bash', process.execPath, bin, ...args];
  return new Promise((resolve) => {
    execFile('bash', command, { cwd, env: { PATH: process.env.PATH, ...env } }, (_error, out) => {
      const spent = [...(out.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
      resolve(spent.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0));
    });
  });
}

describe('ci on a new release', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s while answers come exits %i, and the next one goes on', async (signal, exit) => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 14, args: ['--lock'] });
    releaseModel(server, { changed: new Set(), say: better });
    const asked = chatCalls(server);
    server.script = delay(60, reply('an answer'));
    const { child, done } = startCli(['ci'], place);
    while (chatCalls(server) < asked + 3 && child.exitCode === null) await new Promise((next) => setTimeout(next, 5));
    child.kill(signal);
    expect(await done).toMatchObject({ code: exit, err: expect.stringContaining('Next: gapcheck ci ') });
  });

  it('asks people only what changed; too few votes 4, a worse model 1, the votes back 0', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 14 });
    await scoreBaseline(place, () => 'open');
    const [baseline] = runsOf(place.results);
    const order = frozenNumbers(baseline?.folder ?? '');
    expect(await gapcheck(['outdated'], place)).toMatchObject({
      code: 0,
      out: expect.stringContaining('A provider can change a model without renaming it.'),
    });

    const changed = new Set([order[1], order[4], order[12]].map(Number));
    releaseModel(server, { changed, say: better });
    const stale = await gapcheck(['outdated'], place);
    expect(stale).toMatchObject({ code: 1, out: expect.stringContaining('digest: 0123456789ab → fedcba987654') });

    const asked = chatCalls(server);
    const first = await ci(place, '-o', 'out', '--rater', 'maria');
    expect({ code: first.code, err: first.err }).toMatchObject({ code: 4 });
    expect(first.err).toMatch(/^Run \S+-tickets, the one that gapcheck\.lock\.json names\n/);
    expect(first.out).toContain('3 ballots to vote on, about 2 min');
    // One person, the closed model's answers kept: she has read them beside its name.
    expect(first.err).toContain('maria: 3 of 3 ballots show you an answer that you have already seen');
    // 14 answers of the changed arm and its warm-up; the closed arm's are taken over.
    expect(chatCalls(server) - asked).toBe(15);
    expect(packetNumbers(dir.at('out', 'packet-maria.json'))).toEqual([order[1], order[4], order[12]]);
    expect(readFileSync(dir.at('out', 'comment.md'), 'utf8')).not.toMatch(/votes hold|net preference/);

    expect(first.out).toContain('\n      gapcheck ci --verdict -o out\n');
    const early = await ci(place, '--verdict', '--rater', 'maria');
    expect(early.out).toMatch(/3 ballots to vote on, about 2 min: they are out already\.[\s\S]*Next: gapcheck merge /);
    expect(existsSync(join(runsOf(place.results)[1]?.folder ?? '', 'ci', 'packet-maria.json'))).toBe(false);
    await voteOnPacket(dir.at('out', 'packet-maria.json'), () => 'open');
    expect(await gapcheck(['merge', 'out/packet-maria.votes.jsonl'], place)).toMatchObject({ code: 0 });
    const calls = chatCalls(server);
    const verdict = await ci(place, '--verdict', '-o', 'out', '--accept');
    // It was accepted: nothing proposes to accept it once more.
    expect(verdict.out).not.toContain('--accept');
    expect(verdict).toMatchObject({ code: 0, out: expect.stringContaining('all prompts: still good enough') });
    expect(readFileSync(dir.at('out', 'comment.md'), 'utf8')).toMatch(/Not blind: [123] of \d+ ballots/);
    expect(chatCalls(server)).toBe(calls);
    expect(readFileSync(dir.at('out', 'junit.xml'), 'utf8')).toContain('failures="0"');
    const lock = JSON.parse(readFileSync(dir.at('gapcheck.lock.json'), 'utf8'));
    expect(lock.run.id).toBe(runsOf(place.results)[1]?.run.id);
    expect(lock.verdicts[0]).toMatchObject({ task: null, verdict: 'open-better', units: 14 });

    // The next release, compared with the accepted one: every answer is another one, and worse.
    const all = new Set(order);
    releaseModel(server, { changed: all, say: worse }, 'abcd'.repeat(16));
    expect(await ci(place, '-o', 'worse', '--rater', 'maria')).toMatchObject({ code: 4 });
    const packet = dir.at('worse', 'packet-maria.json');
    expect(packetNumbers(packet)).toEqual(order);
    await voteOnPacket(packet, () => 'closed', { atMost: 3 });
    expect(await gapcheck(['merge', 'worse/packet-maria.votes.jsonl'], place)).toMatchObject({ code: 0 });
    const few = await ci(place, '--verdict', '-o', 'worse', '--rater', 'maria');
    expect(few).toMatchObject({ code: 4, out: expect.stringContaining('11 ballots wait for votes') });
    await voteOnPacket(packet, () => 'closed');
    await gapcheck(['merge', 'worse/packet-maria.votes.jsonl'], place);
    const bad = await ci(place, '--verdict', '-o', 'worse');
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining('was good enough and is not any more') });
    expect(readFileSync(dir.at('worse', 'junit.xml'), 'utf8')).toContain('type="gate"');
  });

  it('leaves `report` with the run that was voted on', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 14 });
    await scoreBaseline(place, () => 'open');
    const [baseline] = runsOf(place.results);
    releaseModel(server, { changed: new Set(), say: better });
    await ci(place);
    expect(runsOf(place.results)).toHaveLength(2);
    const name = basename(baseline?.folder ?? '');
    const { out, err } = await gapcheck(['report'], place);
    expect(err).toContain(`Run ${name} (newest with votes; 1 newer run has none)`);
    expect(out).toContain(`results/${name}/report.md`);
  });

  it('gates without the prompts of a language that its only rater left out: no skips, and nobody waits for them', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const german = new Set([2, 5, 8]);
    const ask = (number: number): string =>
      german.has(number)
        ? `Bitte schreibe dem Kunden eine kurze Antwort auf ticket ${number}. Er fragt nach seinem Export.`
        : `Please write a short reply to the customer of ticket ${number}. The export does not work.`;
    const place = await makeBaseline(dir.path, server, { prompts: 14, ask });
    await scoreBaseline(place, () => 'open');
    releaseModel(server, { changed: new Set(Array.from({ length: 14 }, (_, at) => at + 1)), say: better });
    expect(await ci(place, '-o', 'out', '--rater', 'maria')).toMatchObject({ code: 4 });
    const packet = dir.at('out', 'packet-maria.json');
    expect(packetNumbers(packet)).toHaveLength(14);
    await voteOnPacket(packet, () => 'open', { leaveOut: ['German'] });
    const merged = await gapcheck(['merge', 'out/packet-maria.votes.jsonl'], place);
    expect(merged.code, merged.err).toBe(0);
    const verdict = await ci(place, '--verdict', '-o', 'out');
    expect(verdict, verdict.out).toMatchObject({ code: 0, out: expect.stringContaining('still good enough') });
    expect(verdict.out).not.toMatch(/wait for votes|skipped/);
    const run = runsOf(place.results).at(-1)?.folder ?? '';
    await gapcheck(['report', basename(run), '-o', 'r.json', '-o', 'r.md'], place);
    const report = JSON.parse(readFileSync(dir.at('r.json'), 'utf8'));
    expect(report.raters).toMatchObject([
      { rater: 'maria', votes: 11, skipped: 0, leftOut: { names: ['German'], prompts: 3, unread: 3 } },
    ]);
    expect(report.pairs[0].overall).toMatchObject({ units: 11, skipped: 0 });
    expect(readFileSync(dir.at('r.md'), 'utf8')).toContain('maria left out German: 3 prompts.');
  });

  it('asks a vote on every changed prompt of the plan when 10, 30 and 60 % of the answers changed', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 30 });
    const tastes = ['open', 'tie', 'open', 'closed', 'open'] as const;
    await scoreBaseline(place, (number) => tastes[number % 5] ?? 'tie');
    const [baseline] = runsOf(place.results);
    const order = frozenNumbers(baseline?.folder ?? '');
    for (const [index, share] of [0.1, 0.3, 0.6].entries()) {
      const changed = new Set(order.filter((_, at) => (at * 7) % 30 < share * 30));
      expect(changed.size).toBe(Math.round(share * 30));
      releaseModel(server, { changed, say: better }, `${index}`.repeat(64));
      const { code, err } = await ci(place, '-o', `out${index}`);
      expect({ code, err }).toMatchObject({ code: 4 });
      const newVotesNeeded = order.filter((number) => changed.has(number));
      expect(packetNumbers(dir.at(`out${index}`, 'packet-reviewer.json'))).toEqual(newVotesNeeded);
      expect(newVotesNeeded.length).toBeGreaterThan(0);
    }
  });

  it('makes no call twice, writes nothing into the checkout, needs no HOME; two at once take turns', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const outside = dir.at('runs');
    const made = await makeBaseline(dir.at('checkout'), server, { prompts: 8, args: ['--results', outside] });
    const place = { ...made, results: outside };
    const { HOME: _home, ...env } = { HOME: '', ...place.env };
    const args = ['--results', outside, '--out', dir.at('out')];
    const again = () => gapcheck(['ci', ...args], { cwd: place.cwd, env: { ...env, HOME: '/nonexistent' } });
    const source = snapshot(place.cwd);

    // Nobody has voted, so nothing was ever decided: the gate says so, loudly.
    const calls = chatCalls(server);
    const first = await again();
    expect(first).toMatchObject({ code: 4, out: expect.stringContaining('INACTIVE: no decided task') });
    // No vote on this run could change that: no packet, and the way leads to the locked run.
    const locked = basename(runsOf(outside)[0]?.folder ?? '');
    expect(first.out).toContain(`Next: gapcheck score ${locked} --results `);
    expect(first.out).toContain('The votes that are missing are the locked run’s.');
    expect(existsSync(dir.at('out', 'packet-reviewer.json'))).toBe(false);
    // 2 s where nothing else runs; on a busy machine as many times what starting the CLI costs there.
    const floor = await cpuSeconds(['--version'], place.cwd, env);
    expect(await cpuSeconds(['ci', ...args], place.cwd, env)).toBeLessThan(Math.max(2, 12 * floor));
    expect(chatCalls(server)).toBe(calls);
    const unchanged = await gapcheck(['ci', '--if-changed', ...args], { cwd: place.cwd, env });
    expect(unchanged).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing has changed since the lock file'),
    });
    expect(runsOf(outside)).toHaveLength(2);

    releaseModel(server, { changed: new Set([3]), say: better });
    const both = [1, 2].map(() => startCli(['ci', ...args], { cwd: place.cwd, env }));
    const ended = await Promise.all(both.map(({ done }) => done));
    expect(ended.map(({ code }) => code)).toEqual([4, 4]);
    expect(chatCalls(server) - calls).toBe(9);
    const runs = runsOf(outside);
    expect(runs).toHaveLength(3);
    for (const { folder } of runs) expect(eventsOf(folder).length).toBeGreaterThan(1);
    const attempts = readFileSync(join(runs[2]?.folder ?? '', 'attempts', 'open.jsonl'), 'utf8').trimEnd();
    expect(attempts.split('\n')).toHaveLength(8);
    expect(snapshot(place.cwd)).toEqual(source);
  });

  it('gates on first answers that fail a check, on limits, and on a changed baseline', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const config = 'retries: 0\nchecks:\n  "*": [{maxWords: 12}]\ngates: {licence: permissive, p95Seconds: 0.01}\n';
    const place = await makeBaseline(dir.path, server, {
      prompts: 12,
      config,
    });
    const summary = dir.at('summary.md');
    const env = { ...place.env, GITHUB_STEP_SUMMARY: summary };
    const long = (number: number): string => `- ${number} ${'word '.repeat(30)}`;
    releaseModel(server, { changed: new Set(), say: long });
    server.script = (call) => reply(long(call.nth), { delayMs: 20 });
    const failed = await gapcheck(['ci', '--json'], { cwd: place.cwd, env });
    expect(failed.code).toBe(1);
    const { gates } = JSON.parse(failed.out) as { gates: { gate: string; state: string }[] };
    expect(gates.map(({ gate, state }) => `${gate} ${state}`)).toEqual([
      'blinding passed',
      'retries failed',
      'verdict inactive',
      'latency failed',
      'licence passed',
    ]);
    expect(readFileSync(summary, 'utf8')).toContain('### gapcheck: failed');

    const [baseline] = runsOf(place.results);
    const answers = join(baseline?.folder ?? '', 'attempts', 'open.jsonl');
    writeFileSync(answers, readFileSync(answers, 'utf8').replace('Export fixed', 'Export mixed'));
    const broken = await ci(place);
    expect(broken).toMatchObject({
      code: 5,
      err: expect.stringContaining('attempts/open.jsonl is not the file that was locked'),
    });
    rmSync(baseline?.folder ?? '', { recursive: true });
    expect(await ci(place)).toMatchObject({ code: 2, err: expect.stringContaining(baseline?.run.id ?? '?') });
  });

  it('says so when a provider cannot be asked, and exits 3 before anything is compared', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 3 });
    await server.close();
    const stale = await gapcheck(['outdated', '--json'], place);
    expect(stale.code).toBe(4);
    expect(JSON.parse(stale.out).arms.map(({ state }: { state: string }) => state)).toEqual(['unknown', 'unknown']);
    expect(await ci(place)).toMatchObject({ code: 3, out: '' });
  });
});

describe('votes', () => {
  it('go out in the arena format and come back to the same verdicts, once', async () => {
    using dir = tempDir();
    await using server = await ticketServer();
    const place = await makeBaseline(dir.path, server, { prompts: 9 });
    expect(await gapcheck(['votes', 'export'], place)).toMatchObject({
      code: 2,
      err: expect.stringContaining('sealed'),
    });
    await scoreBaseline(place, (number) => (number === 4 ? 'closed' : number === 5 ? 'tie' : 'open'));
    expect(await gapcheck(['votes', 'export', '-o', 'battles.jsonl'], place)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Run \S+\n/),
    });
    const text = readFileSync(dir.at('battles.jsonl'), 'utf8');
    const battles = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(battles).toHaveLength(9);
    expect(new Set(battles.flatMap(({ model_a, model_b }) => [model_a, model_b]))).toEqual(
      new Set(['gpt-test', 'qwen3:8b']),
    );

    const made = await gapcheck(['run', '--no-score', '-n', 'all', '--name', 'other', '--reuse'], place);
    expect(made).toMatchObject({
      code: 0,
      err: expect.stringContaining('which has verdicts. To name this run: gapcheck run --lock'),
    });
    const taken = await gapcheck(['votes', 'import', 'other', 'battles.jsonl'], place);
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('9 votes taken.') });
    const again = await gapcheck(['votes', 'import', 'other', 'battles.jsonl'], place);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing new.') });
    const back = await gapcheck(['votes', 'export', 'other'], place);
    const winnerOf = (battle: { model_a: string; model_b: string; winner: string; question_id: string }) =>
      `${battle.question_id} ${battle.winner === 'model_a' ? battle.model_a : battle.winner === 'model_b' ? battle.model_b : battle.winner}`;
    const returned = back.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(returned.map(winnerOf)).toEqual(battles.map(winnerOf));
    const verdictsOf = async (ref: string) => {
      const { out } = await gapcheck(['report', ref, '--json'], place);
      const [pair] = JSON.parse(out).pairs;
      return [pair.overall, ...pair.tasks].map(({ verdict, units, net, logEGood }) => ({
        verdict,
        units,
        net,
        logEGood,
      }));
    };
    expect(await verdictsOf('other')).toEqual(await verdictsOf('tickets'));
    writeFileSync(dir.at('strange.jsonl'), '{"question_id":"x","model_a":"a","model_b":"b","winner":"model_a"}\n');
    expect(await gapcheck(['votes', 'import', 'other', 'strange.jsonl'], place)).toMatchObject({ code: 2 });
    writeFileSync(dir.at('strange.jsonl'), '{"question_id":"x","model_a":"a","model_b":"b","winner":"me"}\n');
    expect(await gapcheck(['votes', 'import', 'other', 'strange.jsonl'], place)).toMatchObject({
      code: 2,
      err: expect.stringContaining('strange.jsonl:1: "me" is no winner'),
    });
  });
});

describe('init --ci', () => {
  it('writes a workflow for the config, after it knows where a CI machine reaches the open model', async () => {
    using dir = tempDir();
    writeFileSync(
      dir.at('gapcheck.config.yaml'),
      'closed: openai:gpt-5.6\nopen: ollama:qwen3:8b\nprompts: tickets.csv\n',
    );
    const options = { cwd: dir.path };
    expect(await gapcheck(['init', '--ci'], options)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--endpoint'),
    });
    const local = await gapcheck(['init', '--ci', '--endpoint', 'http://localhost:11434'], options);
    expect(local).toMatchObject({ code: 2, err: expect.stringContaining('cannot reach it') });
    const made = await gapcheck(['init', '--ci', '--endpoint', 'https://ollama.example.org'], options);
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('takes about 4 min') });
    const text = readFileSync(dir.at('.github', 'workflows', 'gapcheck.yml'), 'utf8');
    const { parse } = await import('yaml');
    const workflow = parse(text);
    expect(workflow.on.pull_request.paths).toContain('tickets.csv');
    // Keys reach the step that calls models and no other.
    const [, ask, baseline, packet] = workflow.jobs.gapcheck.steps;
    expect(workflow.jobs.gapcheck.env).toBeUndefined();
    expect(ask.env).toEqual({ OLLAMA_HOST: 'https://ollama.example.org' });
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's own syntax
    expect(ask.with.keys).toBe('OPENAI_API_KEY=${{ secrets.OPENAI_API_KEY }}\n');
    expect(baseline.env).toMatchObject({ OPENAI_API_KEY: '${{ secrets.OPENAI_API_KEY }}' });
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: GitHub's own syntax
    expect(packet.env).toBeUndefined();
    expect(existsSync(dir.at('gapcheck.lock.json'))).toBe(false);
    expect(await gapcheck(['init', '--ci', '--endpoint', 'https://x.example.org'], options)).toMatchObject({ code: 2 });
  });

  it('writes no lock for a model that answered nothing', async () => {
    using dir = tempDir();
    const refusal = { error: { message: 'tools are not supported here', type: 'invalid_request_error' } };
    await using server = await startModelServer(status(400, { body: refusal }));
    writeFileSync(dir.at('prompts.csv'), 'prompt,answer\nWhat is two and two?,Four\n');
    writeFileSync(
      dir.at('gapcheck.config.yaml'),
      `closed: logged\nopen:\n  spec: openai:small\n  name: open\n  baseURL: ${server.url}/v1\n`,
    );
    const env = { OPENAI_API_KEY: 'sk-of-the-test' };
    const { code, err } = await gapcheck(['run', 'prompts.csv', '--no-score', '--yes'], { cwd: dir.path, env });
    expect({ code, missing: /open: 0 of 1 answers kept/.test(err) }).toEqual({ code: 3, missing: true });
    expect(existsSync(dir.at('gapcheck.lock.json'))).toBe(false);
  });
});

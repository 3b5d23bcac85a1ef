/** llama-cpp-python: another program around the library of llama.cpp. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { tempDir } from '../helpers/temp-dir.ts';
import { type Place, place, questions } from './place.ts';
import { launchLlamaCppPython, llamaCppPython, startLlamaCppPython } from './servers/llama-cpp-python.ts';
import { freePort, titleOf, tryStart } from './servers/real-server.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const long = `Summarise: ${'the order of the customer came late again and nobody called. '.repeat(120)}`;

function asked(
  prompts: string,
  arm: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
  env: Record<string, string> = {},
): Place {
  const here = place({ LOCAL_KEY: 'sk-no-key-is-checked', ...env });
  const name = prompts.startsWith('{') ? 'log.jsonl' : 'prompts.csv';
  const baseURL = `${started.running?.url}/v1`;
  here.write(name, prompts);
  here.write('gapcheck.config.yaml', {
    prompts: name,
    closed: 'logged',
    open: [{ spec: 'llamacpp:smol', name: 'open', baseURL, apiKeyEnv: 'LOCAL_KEY', ...arm }],
    maxTokens: 16,
    ...more,
  });
  return here;
}

const run = (here: Place, ...more: string[]) => here.gapcheck('run', '--no-score', '--yes', '--test-call', ...more);

const started = await tryStart(llamaCppPython, startLlamaCppPython);
afterAll(() => started.running?.stop());

describe.skipIf(started.why !== undefined)(titleOf(llamaCppPython, started), () => {
  it('answers a run within its cap', async () => {
    using here = asked(questions(4));
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    for (const { usage } of here.attempts('open')) expect(usage?.out ?? 0).toBeLessThanOrEqual(16);
    expect(readFileSync(`${here.run()}/run.json`, 'utf8')).not.toMatch(/\.gguf|\/wheel\//);
  });

  it('leaves a prompt that does not fit the window out, with its reason', async () => {
    using here = asked(`prompt,answer\n"${long}",It was late.\nWhat is two and two?,Four.\n`);
    const { code, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 3 });
    expect(here.attempts('open').filter(({ outcome }) => outcome === 'too-long')).toHaveLength(1);
  });

  it('refuses what it cannot do with status 500: asked once, and missing for good', async () => {
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${dot}` } };
    const records = [
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] }], answer: 'A dot.' },
      { messages: [{ role: 'user', content: 'Hello?' }], answer: 'Hello!' },
    ];
    using here = asked(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`, { concurrency: 1 });
    const { code, err } = await run(here, '--include-flagged');
    expect({ code, err }).toMatchObject({ code: 3 });
    const refused = here.attempts('open').filter(({ outcome }) => outcome !== 'answered');
    expect(refused).toMatchObject([{ outcome: 'bad-request', cause: 'feature', fault: 'model' }]);
  });

  it('does not say which model it serves: no name is wrong, and that is said', async () => {
    using here = asked(questions(1), { spec: 'llamacpp:any-name-at-all' });
    const { code, out, err } = await run(here);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out + err).toContain('the served model is not identified: this server answers to any name');
  });

  it('ends one answer when the next request comes: never half an answer, and one call at a time from then on', async () => {
    using here = asked(questions(6), { concurrency: 2 }, { maxTokens: 40 });
    const { code, err } = await run(here, '-n', 'all');
    expect({ code, err }).toMatchObject({ code: 0 });
    const attempts = here.attempts('open');
    // Ended before its first token or behind it.
    const ended = attempts.flatMap(({ outcome, cause }) => (outcome === 'answered' ? [] : [cause]));
    expect(ended.length).toBeGreaterThan(1);
    for (const cause of ended) expect(cause).toBeOneOf(['cut', 'garbage']);
    const whole = attempts.filter(({ outcome }) => outcome === 'answered').map(({ prompt }) => prompt);
    expect(new Set(whole).size).toBe(6);
    expect(err).toContain('its server ends one request when the next one comes, so it is asked one call at a time');
  });

  it.skipIf(!hasOpenssl)('is trusted with its own certificate once NODE_EXTRA_CA_CERTS names it', async () => {
    using keys = tempDir();
    const [key, certificate] = [keys.at('key.pem'), keys.at('cert.pem')];
    certify(key, certificate);
    const port = await freePort();
    await using secure = launchLlamaCppPython(['--ssl_keyfile', key, '--ssl_certfile', certificate], port);
    while (secure.process.exitCode === null && !/running on https/i.test(secure.said())) await sleep(100);
    const arm = { baseURL: `https://127.0.0.1:${port}/v1` };
    using stranger = asked(questions(2), arm);
    const refused = await run(stranger);
    expect({ code: refused.code, err: refused.err }).toMatchObject({ code: 2 });
    expect(refused.err).toMatch(/NODE_EXTRA_CA_CERTS/);
    expect(existsSync(stranger.at('results')), 'nothing is frozen').toBe(false);
    using known = asked(questions(2), arm, {}, { NODE_EXTRA_CA_CERTS: certificate });
    const { code, err } = await run(known);
    expect({ code, err }).toMatchObject({ code: 0 });
  });
});

/** A certificate of nobody's, for this address. */
function certify(key: string, certificate: string): void {
  const self = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', ...self, ...names], { stdio: 'ignore' });
}

/** Ollama, built from its Go module: later releases need a CMake build of another program. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, exec, installModel, model } from './cache.ts';
import { freePort, type RealServer, type Running, type Started, startServer, tryStart } from './real-server.ts';

const version = '0.24.0';
const binary = join(cache, 'ollama', 'bin', 'ollama');
const storage = join(cache, 'ollama', 'models');

export const ollama: RealServer = {
  name: 'ollama',
  title: `Ollama ${version}`,
  missing: async () =>
    existsSync(binary) && existsSync(model) ? undefined : 'no ollama (npm run real -- --install ollama builds it)',
  install: async () => {
    await installModel();
    if (existsSync(binary)) return;
    await exec('apt-get', ['update', '-qq']);
    await exec('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nlohmann-json3-dev', 'libstb-dev']);
    const source = join(cache, 'miniaudio');
    mkdirSync(source, { recursive: true });
    await exec('python3', [
      '-m',
      'pip',
      'download',
      '-q',
      '--no-deps',
      '--no-binary',
      ':all:',
      '-d',
      source,
      'miniaudio==1.71',
    ]);
    const [archive = ''] = readdirSync(source).filter((name) => name.endsWith('.tar.gz'));
    await exec('tar', ['-xzf', archive, '--strip-components=1'], { cwd: source });
    const include = `-O2 -I${source}`;
    await exec(
      'go',
      [
        'install',
        '-ldflags',
        `-X=github.com/ollama/ollama/version.Version=${version}`,
        `github.com/ollama/ollama@v${version}`,
      ],
      {
        env: {
          ...process.env,
          GOPATH: join(cache, 'go'),
          GOBIN: join(cache, 'ollama', 'bin'),
          CGO_CFLAGS: include,
          CGO_CXXFLAGS: include,
        },
      },
    );
  },
};

/** A server of its own, with its models in the cache. */
export async function startOllama(port?: number, env: Record<string, string> = {}): Promise<Running> {
  const at = port ?? (await freePort());
  return startServer({
    command: binary,
    args: ['serve'],
    port: at,
    readyAt: '/api/version',
    env: { OLLAMA_HOST: `127.0.0.1:${at}`, OLLAMA_MODELS: storage, HOME: join(cache, 'ollama'), ...env },
  });
}

/** Makes a model of the file, with lines of a Modelfile behind it. One thread: several wait for each other on a busy machine. */
export async function createModel(server: Running, name: string, lines: string[] = []): Promise<void> {
  const file = join(cache, 'ollama', `${name.replaceAll(/\W/g, '-')}.modelfile`);
  writeFileSync(file, [`FROM ${model}`, 'PARAMETER num_thread 1', ...lines, ''].join('\n'));
  await exec(binary, ['create', name, '-f', file], {
    env: { ...process.env, OLLAMA_HOST: `127.0.0.1:${server.port}`, HOME: join(cache, 'ollama') },
  });
}

/** Ollama takes a model for one that thinks when its template mentions it. */
export const thinkingTemplate = [
  '{{- range .Messages }}<|im_start|>{{ .Role }}',
  '{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}<|im_end|>',
  '{{ end }}<|im_start|>assistant',
  '{{ if and $.IsThinkSet $.Think }}<think>',
  '{{ end }}',
].join('\n');

/** A server with the model under the name `smol`, for the cases of a file. */
export const startWithSmol = (): Promise<Started> =>
  tryStart(ollama, async () => {
    const running = await startOllama();
    await createModel(running, 'smol');
    return running;
  });

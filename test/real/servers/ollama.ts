/** Ollama, built from its Go module: later releases need a CMake build of another program. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, exec, installModel, model } from './cache.ts';
import { freePort, type RealServer, type Running, type Started, startServer, tryStart } from './real-server.ts';

const version = '0.24.0';
const binary = join(cache, 'ollama', 'bin', 'ollama');
const storage = join(cache, 'ollama', 'models');

/** The same server built without a version: it says 0.0.0. */
export const unstamped: string = join(cache, 'ollama', 'unstamped', 'ollama');

export const ollama: RealServer = {
  name: 'ollama',
  title: `Ollama ${version}`,
  missing: async () =>
    existsSync(binary) && existsSync(model) ? undefined : 'no ollama (npm run real -- --install ollama builds it)',
  install: async () => {
    await installModel();
    if (existsSync(binary) && existsSync(unstamped)) return;
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
    await build(source, join(cache, 'ollama', 'bin'), [
      '-ldflags',
      `-X=github.com/ollama/ollama/version.Version=${version}`,
    ]);
    // Once more without a stamp, as distributions build it: only this package is linked again.
    await build(source, join(cache, 'ollama', 'unstamped'), []);
  },
};

/** `source`: the folder with the header of miniaudio. */
function build(source: string, into: string, flags: string[]): Promise<void> {
  const include = `-O2 -I${source}`;
  const go = { GOPATH: join(cache, 'go'), GOBIN: into, CGO_CFLAGS: include, CGO_CXXFLAGS: include };
  return exec('go', ['install', ...flags, `github.com/ollama/ollama@v${version}`], { env: { ...process.env, ...go } });
}

/** A server of its own, with its models in the cache. */
export async function startOllama(
  port?: number,
  env: Record<string, string> = {},
  program: string = binary,
): Promise<Running> {
  const at = port ?? (await freePort());
  return startServer({
    command: program,
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

/**
 * Ollama takes a model for one that calls tools when its template mentions them, and reads a call behind the mark that
 * the template sets before one. The examples make a small model write such a call of `name` for any order.
 */
export const callingOf = (name: string): string[] => [
  'TEMPLATE """{{- if .Tools }}{{ end }}{{- range .Messages }}<|im_start|>{{ .Role }}',
  '{{ .Content }}{{ if .ToolCalls }}<tool_call>{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}{{ end }}</tool_call>{{ end }}<|im_end|>',
  '{{ end }}<|im_start|>assistant',
  '"""',
  ...[3, 5].flatMap((order) => [
    `MESSAGE user Where is order ${order}?`,
    `MESSAGE assistant <tool_call>{"name": "${name}", "arguments": {"order": ${order}}}</tool_call>`,
  ]),
];

/** The same for a server that takes the call apart by the rules of another family of models, and refuses what is no JSON. */
export const callingBadly: string[] = [
  'PARSER harmony',
  'TEMPLATE """{{- range .Messages }}<|im_start|>{{ .Role }}',
  '{{ .Content }}<|im_end|>',
  '{{ end }}<|im_start|>assistant',
  '"""',
  ...[3, 5].flatMap((order) => [
    `MESSAGE user Where is order ${order}?`,
    `MESSAGE assistant <|channel|>commentary to=functions.look_up<|message|>{order: ${order}, }`,
  ]),
];

/** A server with the model under the name `smol`, for the cases of a file. */
export const startWithSmol = (): Promise<Started> =>
  tryStart(ollama, async () => {
    const running = await startOllama();
    await createModel(running, 'smol');
    return running;
  });

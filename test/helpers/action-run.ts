/**
 * Plays action.yml as GitHub does: its own steps under bash, inputs and contexts filled in, outputs handed on, artifacts
 * kept between jobs. `gh` and `npx` are programs of this file on the PATH.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { bin } from './cli.ts';
import { zipOf } from './zip-file.ts';

const root = join(import.meta.dirname, '../..');

interface ActionStep {
  id?: string;
  name?: string;
  uses?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
  run?: string;
}

export interface Artifact {
  id: number;
  name: string;
  expired: boolean;
  created_at: string;
  workflow_run: { head_branch: string; repository_id: number; head_repository_id: number };
}

export interface Forge {
  /** Folder of this pretended forge: artifacts, reviews.json, comments.json, requests. */
  folder: string;
}

export interface Job {
  cwd: string;
  env: Record<string, string | undefined>;
  inputs?: Record<string, string>;
  pull?: { number: number; branch: string; fork?: boolean; author?: string };
  head?: string;
  /** Of a job without a pull request. */
  branch?: string;
}

export interface JobResult {
  code: number;
  /** Both streams of every step. */
  log: string;
  /** What came on standard error alone. */
  errors: string;
  outputs: Record<string, Record<string, string>>;
}

const repository = 77;

export function makeForge(folder: string): Forge {
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'list.json'), '[]');
  writeFileSync(join(folder, 'trees.json'), JSON.stringify({ main: { tree: [] } }));
  writeFileSync(join(folder, 'permissions.json'), '{}');
  writeFileSync(join(folder, 'reviews.json'), '[]');
  writeFileSync(join(folder, 'comments.json'), '[[]]');
  writeFileSync(join(folder, 'bin/gh'), ghScript(folder), { mode: 0o755 });
  writeFileSync(join(folder, 'bin/pages.cjs'), pagesScript(folder));
  // `npx --yes gapcheck@VERSION …`: the built program.
  writeFileSync(join(folder, 'bin/npx'), `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${bin}" "$@"\n`, {
    mode: 0o755,
  });
  return { folder };
}

/** Answers from the forge's files; what is written to it is appended to `requests`. */
const ghScript = (folder: string): string => `#!/bin/bash
path=
for word in "$@"; do case "$word" in repos/*) path="$word" ;; esac; done
case "$path" in
  */actions/artifacts\\?*) "${process.execPath}" "${folder}/bin/pages.cjs" artifacts "$@" ;;
  */zip) id=\${path%/zip}; cat "${folder}/artifacts/\${id##*/}.zip" ;;
  */git/trees/*) "${process.execPath}" "${folder}/bin/pages.cjs" trees "\${path##*/}" ;;
  */collaborators/*/permission) "${process.execPath}" "${folder}/bin/pages.cjs" permissions "$(basename "\${path%/permission}")" ;;
  */reviews*) "${process.execPath}" "${folder}/bin/pages.cjs" reviews "$@" ;;
  */comments\\?*) cat "${folder}/comments.json" ;;
  *) printf '%s\\n' "$*" >> "${folder}/requests" ;;
esac
`;

/** A list as GitHub gives it: newest first, a hundred a page; every page only where `--paginate` asks for them. */
const pagesScript = (folder: string): string => `
const [kind, ...words] = process.argv.slice(2);
if (kind === 'trees' || kind === 'permissions') {
  const known = JSON.parse(require('node:fs').readFileSync('${folder}/' + kind + '.json', 'utf8'));
  if (known[words[0]] === undefined) process.exit(1);
  process.stdout.write(JSON.stringify(known[words[0]]));
  process.exit(0);
}
const read = (name) => JSON.parse(require('node:fs').readFileSync('${folder}/' + name, 'utf8'));
const all = kind === 'artifacts' ? read('list.json').reverse() : read('reviews.json');
const pages = [];
for (let at = 0; at === 0 || at < all.length; at += 100) {
  const page = all.slice(at, at + 100);
  pages.push(kind === 'artifacts' ? { total_count: all.length, artifacts: page } : page);
}
const isSlurped = words.includes('--slurp');
const shown = words.includes('--paginate') ? pages : pages.slice(0, 1);
process.stdout.write(isSlurped ? JSON.stringify(shown) : shown.map((page) => JSON.stringify(page)).join(''));
`;

export const requestsOf = ({ folder }: Forge): string =>
  existsSync(join(folder, 'requests')) ? readFileSync(join(folder, 'requests'), 'utf8') : '';

export function addArtifact(forge: Forge, from: string, given: Pick<Artifact, 'name'> & Partial<Artifact>): Artifact {
  const list = JSON.parse(readFileSync(join(forge.folder, 'list.json'), 'utf8')) as Artifact[];
  const id = list.length + 1;
  const made = { head_branch: 'main', repository_id: repository, head_repository_id: repository };
  const at = `2026-11-27T12:00:${String(id).padStart(2, '0')}Z`;
  const artifact = { id, expired: false, created_at: at, ...given, workflow_run: given.workflow_run ?? made };
  const names = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(from, name)).isFile(),
  );
  const parts = names.map((name) => ({ name, data: readFileSync(join(from, name)) }));
  writeFileSync(join(forge.folder, 'artifacts', `${id}.zip`), zipOf(parts));
  writeFileSync(join(forge.folder, 'list.json'), JSON.stringify([...list, artifact]));
  return artifact;
}

/** One job: every step of the Action in turn. */
export async function runAction(forge: Forge, job: Job): Promise<JobResult> {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const inputs: Record<string, string> = {};
  for (const [name, { default: value }] of Object.entries<{ default: string }>(action.inputs))
    inputs[name] = job.inputs?.[name] ?? (value.startsWith('${{') ? 'token' : value);
  const outputs: JobResult['outputs'] = {};
  const scope = { inputs, outputs, job };
  let code = 0;
  let log = '';
  let errors = '';
  for (const step of action.runs.steps as ActionStep[]) {
    if (!holds(step.if, scope, code)) continue;
    if (step.uses?.startsWith('actions/upload-artifact')) upload(forge, step, scope);
    if (step.run === undefined) continue;
    const done = await runStep(forge, step, scope);
    outputs[step.id ?? step.name ?? ''] = done.outputs;
    log += done.log;
    errors += done.errors;
    if (code === 0) code = done.code;
  }
  return { code, log, errors, outputs };
}

interface Scope {
  inputs: Record<string, string>;
  outputs: JobResult['outputs'];
  job: Job;
}

/** `a || 'b'` of contexts: all that the Action's expressions are made of. */
function contextValue(expression: string, { inputs, outputs, job }: Scope): string {
  const known: Record<string, string | undefined> = {
    'github.event.repository.default_branch': 'main',
    'github.repository_id': String(repository),
    'github.event.pull_request.number': job.pull && String(job.pull.number),
    'github.event.pull_request.head.repo.fork': job.pull && String(job.pull.fork ?? false),
    'github.event.pull_request.user.login': job.pull && (job.pull.author ?? 'dev'),
    'github.event.pull_request.head.ref': job.pull?.branch,
    'github.event.pull_request.head.sha': job.pull && (job.head ?? 'headsha'),
    'github.sha': job.head ?? 'mainsha',
    'github.ref': job.pull ? `refs/pull/${job.pull.number}/merge` : `refs/heads/${job.branch ?? 'main'}`,
  };
  for (const part of expression.split('||').map((word) => word.trim())) {
    const [kind = '', name = '', , output = ''] = part.split('.');
    const quoted = /^'(.*)'$/.exec(part)?.[1];
    const value =
      quoted ?? (kind === 'inputs' ? inputs[name] : kind === 'steps' ? outputs[name]?.[output] : known[part]);
    if (value !== undefined && value !== '') return value;
  }
  return '';
}

const filled = (text: string, scope: Scope): string =>
  text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => contextValue(expression, scope));

function holds(condition: string | undefined, scope: Scope, code: number): boolean {
  const parts = (condition ?? 'true').split('&&').map((part) => part.trim());
  if (code !== 0 && !parts.includes('always()')) return false;
  return parts.every((part) => {
    const [, left = '', sign, right] = /^(\S+) (==|!=) '(.*)'$/.exec(part) ?? [];
    if (sign === undefined) return true;
    return (contextValue(left, scope) === right) === (sign === '==');
  });
}

interface StepResult {
  code: number;
  log: string;
  errors: string;
  outputs: Record<string, string>;
}

async function runStep(forge: Forge, step: ActionStep, scope: Scope): Promise<StepResult> {
  const out = join(forge.folder, 'output');
  const temp = join(forge.folder, 'runner-temp');
  rmSync(out, { force: true });
  writeFileSync(out, '');
  mkdirSync(temp, { recursive: true });
  const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, scope)]));
  const env = {
    ...scope.job.env,
    ...own,
    PATH: `${join(forge.folder, 'bin')}:${process.env.PATH}`,
    HOME: forge.folder,
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: out,
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_ACTION_PATH: root,
  };
  const said = await new Promise<{ code: number; log: string; errors: string }>((done) => {
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''];
    const child = spawn('bash', args, { cwd: scope.job.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { log: '', errors: '' };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said.log += String(bytes)));
    child.stderr.on('data', (bytes) => (said.errors += String(bytes)));
    child.on('close', (status) => done({ code: status ?? 1, ...said }));
  });
  const lines = readFileSync(out, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(
    lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
  );
  return { ...said, outputs };
}

/** What `upload-artifact` keeps: the files of a pattern, from the folder before its `*`. */
function upload(forge: Forge, step: ActionStep, scope: Scope): void {
  const path = filled(step.with?.path ?? '', scope);
  const from = join(scope.job.cwd, dirname(path));
  if (!existsSync(from) || readdirSync(from).length === 0) return;
  const head_branch = scope.job.pull?.branch ?? scope.job.branch ?? 'main';
  const workflow_run = { head_branch, repository_id: repository, head_repository_id: repository };
  addArtifact(forge, from, { name: filled(step.with?.name ?? '', scope), workflow_run });
}

/** Puts votes files on the default branch, as git lists them. */
export function pushVotes({ folder }: Forge, files: readonly string[], { path = 'gapcheck-votes' } = {}): void {
  const tree = files.map((file) => {
    const bytes = readFileSync(file);
    const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    return { path: basename(file), type: 'blob', mode: '100644', sha };
  });
  const hashes = path.split('/').map((_, at) => `${at}`.repeat(40));
  const trees: Record<string, { tree: object[] }> = { main: { tree: [] } };
  for (const [at, part] of path.split('/').entries())
    trees[hashes[at - 1] ?? 'main'] = { tree: [{ path: part, type: 'tree', sha: hashes[at] }] };
  writeFileSync(join(folder, 'trees.json'), JSON.stringify({ ...trees, [hashes.at(-1) ?? '']: { tree } }));
}

/** What these people may do in the repository: `admin`, `write`, `read` or `none`. */
export function permit({ folder }: Forge, permissions: Record<string, string>): void {
  const answers = Object.entries(permissions).map(([login, permission]) => [login, { permission, user: { login } }]);
  writeFileSync(join(folder, 'permissions.json'), JSON.stringify(Object.fromEntries(answers)));
}

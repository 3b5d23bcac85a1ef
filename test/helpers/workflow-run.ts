/**
 * Plays the workflow that `init --ci` wrote, job by job: its own steps under bash, the Action's own steps in place of
 * `uses: gapcheck/gapcheck`, artifacts kept by the pretended forge. Every job begins in a fresh checkout.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { addArtifact, type Forge, type Job, type JobResult, runAction } from './action-run.ts';

export interface WorkflowJob extends Omit<Job, 'cwd' | 'inputs'> {
  /** What is committed; a job's own files do not come back. */
  repository: string;
  /** As typed when the workflow is started by hand. */
  inputs?: Record<string, string | boolean>;
  secrets?: Record<string, string>;
}

export interface WorkflowResult extends JobResult {
  /** The job's checkout, until the next one. */
  checkout: string;
}

interface WorkflowStep {
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

type Contexts = Record<'inputs' | 'github' | 'steps' | 'secrets', object>;

/** GitHub's expressions are JavaScript where they are made of names, `!`, `&&`, `||`, `==`, `!=` and quoted words. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const names = Object.keys(contexts);
  const safe = expression.replaceAll(/\.(?=[A-Za-z_])/g, '?.');
  return new Function(...names, `return (${safe})`)(...names.map((name) => contexts[name as keyof Contexts]));
}

const filled = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => String(evaluate(expression, contexts) ?? ''));

export async function runWorkflow(forge: Forge, job: WorkflowJob): Promise<WorkflowResult> {
  const checkout = join(forge.folder, 'checkout');
  rmSync(checkout, { recursive: true, force: true });
  cpSync(job.repository, checkout, { recursive: true });
  const workflow = parse(readFileSync(join(checkout, '.github/workflows/gapcheck.yml'), 'utf8'));
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const branch = job.pull?.branch ?? job.branch ?? 'main';
  const contexts: Contexts = {
    inputs: job.inputs ?? {},
    secrets: job.secrets ?? {},
    steps,
    github: { ref_name: branch, event: { repository: { default_branch: 'main' } } },
  };
  let result: JobResult = { code: 0, log: '', errors: '', outputs: {} };
  for (const step of workflow.jobs.gapcheck.steps as WorkflowStep[]) {
    if (step.if !== undefined && !evaluate(step.if.replace(/^\$\{\{ (.*) \}\}$/, '$1'), contexts)) continue;
    const given = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([name, text]) => [name, filled(String(text), contexts)]),
    );
    if (step.uses?.startsWith('gapcheck/gapcheck@')) {
      const played = await runAction(forge, { ...job, cwd: checkout, inputs: given });
      result = { ...played, log: result.log + played.log };
    } else if (step.run !== undefined) {
      const done = await runScript(forge, checkout, step, job, contexts);
      if (step.id !== undefined) steps[step.id] = { outputs: done.outputs };
      result = { ...result, log: result.log + done.log, code: result.code || done.code };
    } else if (step.uses?.startsWith('actions/upload-artifact@')) keep(forge, checkout, given, branch);
    if (result.code !== 0) break;
  }
  return { ...result, checkout };
}

async function runScript(forge: Forge, cwd: string, step: WorkflowStep, job: WorkflowJob, contexts: Contexts) {
  const out = join(forge.folder, 'workflow-output');
  writeFileSync(out, '');
  const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, contexts)]);
  // The job's own addresses last: those in the workflow are of machines that are not here.
  const env = {
    ...Object.fromEntries(own),
    ...job.env,
    PATH: `${join(forge.folder, 'bin')}:${process.env.PATH}`,
    HOME: forge.folder,
    GITHUB_OUTPUT: out,
  };
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run ?? '', contexts)];
  const child = spawn('bash', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (log += String(bytes)));
  const code = await new Promise<number>((done) => child.on('close', (status) => done(status ?? 1)));
  const rows = readFileSync(out, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(
    rows.map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]),
  );
  return { code, log, outputs };
}

/** `FOLDER/*`, or files, one a line. */
function keep(forge: Forge, checkout: string, { name = '', path = '' }: Record<string, string>, branch: string): void {
  const folder = join(forge.folder, 'kept');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const line of path.split('\n').filter(Boolean)) {
    const from = join(checkout, line.endsWith('/*') ? dirname(line) : line);
    if (existsSync(from)) cpSync(from, line.endsWith('/*') ? folder : join(folder, line), { recursive: true });
  }
  const workflow_run = { head_branch: branch, repository_id: 77, head_repository_id: 77 };
  addArtifact(forge, folder, { name, workflow_run });
}

/** `init --ci`: a GitHub workflow for the config that exists, after asking where a CI machine reaches the open model. */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { ArmConfig } from '../../arms/arm.ts';
import { ollamaServer } from '../../arms/ollama/ollama-address.ts';
import { providerOf } from '../../arms/registry.ts';
import { keyNeeded } from '../../arms/wire/endpoint.ts';
import { isLoopback, ollamaHost } from '../../arms/wire/hosts.ts';
import { type ExitCode, exitCodes, userError } from '../../errors.ts';
import { type PromptPath, workflowPath, workflowText } from '../../releases/workflow.ts';
import { secondsPerCall } from '../../report/arm-report.ts';
import { isReplay } from '../../runs/trial.ts';
import { writeWhole } from '../../store/atomic-write.ts';
import { cannotWrite } from '../../store/cannot-write.ts';
import { printableLine } from '../../text/printable.ts';
import { version } from '../../version.ts';
import { type Config, loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { configuredArms } from '../plan/choose-arms.ts';
import { shortPath } from '../short-path.ts';
import type { InitOptions } from '../verb-options.ts';
import { trialsOf } from './ci-evidence.ts';
import { askPeople, fitConfig, type Voters, votersOf } from './ci-voters.ts';
import { readLock, runsBeside } from './lock.ts';
import { lockPath } from './lock-path.ts';

export async function initCi(options: InitOptions, context: Context): Promise<ExitCode> {
  const config = await loadConfig(undefined, context);
  const arms = configuredArms(config);
  const path = resolve(context.cwd, workflowPath);
  if (existsSync(path) && !options.force)
    throw userError(
      'workflow-exists',
      `There is a ${workflowPath} already.`,
      'gapcheck init --ci --force   (writes it again)',
    );
  refuseUnreachable(arms);
  const env = await endpointOf(arms, options, context);
  const secrets = secretsOf(arms);
  const file = basename(config.file ?? 'gapcheck.config.yaml');
  const people = await askPeople(options, config, context);
  const voters = votersOf(people);
  const prompts = promptPaths(config.prompts ?? [], context.cwd);
  const text = workflowText({ prompts, config: file, secrets, env, version, voters });
  const changed = await fitConfig(people, config);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  for (const line of [...changed, ...closing(config, secrets, context), ...voterLines(voters)]) context.out(line);
  return exitCodes.done;
}

/** Files by their names; what names no file is a pattern that stands for several. */
const promptPaths = (prompts: readonly string[], cwd: string): PromptPath[] =>
  prompts.map((path) => ({ path, isPattern: /[*?[{]/.test(path) && !existsSync(resolve(cwd, path)) }));

const voterLines = ({ baseline, release }: Voters): string[] =>
  baseline.includes(release)
    ? [
        'One person votes: on a release they see again what they have read with its name. Such ballots count, and report and comment say "not blind".',
      ]
    : [
        `${baseline.join(', ')} vote on the locked run, ${release} on releases: write their names into the workflow. Who votes on releases must not have read the report of the locked run.`,
      ];

/** An OpenAI-compatible server on this machine: its address is in the config, so the config has to say another one. */
function refuseUnreachable(arms: readonly ArmConfig[]): void {
  const local = arms.find((arm) => {
    const url = arm.baseURL ?? (isSetByVariable(arm) ? undefined : providerOf(arm.provider)?.baseURL);
    return url !== undefined && URL.canParse(url) && isLoopback(new URL(url).host);
  });
  if (!local) return;
  throw userError(
    'unreachable-from-ci',
    `${local.spec} is served on this machine, where a CI machine cannot reach it.`,
    `set baseURL of the ${local.role} arm in the config to an address that it can reach`,
  );
}

async function endpointOf(
  arms: readonly ArmConfig[],
  { endpoint }: InitOptions,
  context: Context,
): Promise<Record<string, string>> {
  const served = arms.filter(isSetByVariable);
  if (served.length === 0) return {};
  const here = ollamaServer(context.env);
  const url =
    endpoint ?? (isLoopback(here.host) ? await askEndpoint(served[0]?.spec ?? 'the open model', context) : here.url);
  return { OLLAMA_HOST: checked(url) };
}

/** A server of one's own whose address is in a variable: the workflow can set it. */
function isSetByVariable({ provider, baseURL }: ArmConfig): boolean {
  const known = providerOf(provider);
  return known?.where === 'local' && known.baseVariable !== undefined && baseURL === undefined;
}

function checked(url: string): string {
  if (!URL.canParse(ollamaHost(url)))
    throw userError('bad-endpoint', `"${url}" is no address.`, 'gapcheck init --ci --endpoint https://HOST:11434');
  if (!isLoopback(ollamaServer({}, { baseURL: url }).host)) return url.trim();
  throw userError(
    'unreachable-from-ci',
    `${url} is this machine: a CI machine cannot reach it.`,
    'gapcheck init --ci --endpoint https://HOST:11434',
  );
}

async function askEndpoint(spec: string, { interactive }: Context): Promise<string> {
  if (!interactive)
    throw userError(
      'which-endpoint',
      `Where does a CI machine reach ${spec}? There is no terminal to ask in.`,
      'gapcheck init --ci --endpoint https://HOST:11434; or name a hosted open model in the config, such as openrouter:qwen/qwen3-8b',
    );
  const { default: inquirer } = await import('inquirer');
  const { url } = await inquirer.prompt<{ url: string }>([
    {
      type: 'input',
      name: 'url',
      message: `Address at which a CI machine reaches the Ollama that serves ${spec}:`,
      validate: (text: string) => text.trim() !== '' || 'such as https://ollama.example.org:11434',
    },
  ]);
  return url;
}

/** Throws (exit 2) for a name that no variable can have: it would stand in an expression of the workflow. */
function secretsOf(arms: readonly ArmConfig[]): string[] {
  const names = [...new Set(arms.flatMap(secretVariables))];
  const odd = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (odd === undefined) return names;
  throw userError(
    'bad-variable',
    `"${printableLine(odd)}" in the config is no name of an environment variable.`,
    'name a variable in headersEnv or apiKeyEnv, such as MY_API_KEY',
  );
}

/** Every variable that an arm reads a secret from. */
function secretVariables(arm: ArmConfig): string[] {
  const provider = providerOf(arm.provider);
  const key = provider && keyNeeded(arm, provider);
  return [...(key === undefined ? [] : [key]), ...Object.values(arm.headersEnv ?? {})];
}

function closing(config: Config, secrets: readonly string[], context: Context): string[] {
  const locked = existsSync(lockPath({}, context));
  return [
    `Wrote ${shortPath(context.cwd, resolve(context.cwd, workflowPath))}: weekly, by hand, and when ${basename(config.file ?? 'the config')}, the lock, the prompts or votes change.`,
    expectedMinutes(config, context),
    ...(secrets.length > 0 ? [`Set these as repository secrets: ${secrets.join(', ')}.`] : []),
    'The run folder becomes an artifact with the key in it: keep the repository private.',
    locked
      ? 'Next: commit the workflow and gapcheck.lock.json'
      : 'Next: commit the workflow, start it by hand with "baseline" checked, and commit the lock file that it makes',
  ];
}

/** Ollama answers one prompt after the other; ten seconds each where nothing was measured yet. */
const assumedSeconds = 10;

function expectedMinutes(config: Config, context: Context): string {
  const path = lockPath({}, context);
  const lock = existsSync(path) ? readLock(path) : undefined;
  const baseline = lock && runsBeside(resolve(context.cwd, 'results')).find(({ run }) => run.id === lock.run.id);
  const usual = Math.max(config.checkN ?? 0, config.n === undefined || config.n === 'all' ? 24 : config.n);
  if (!baseline) {
    const minutes = Math.max(1, Math.round((usual * assumedSeconds) / 60));
    return `A check of ${usual} prompts takes about ${minutes} min where an answer takes ${assumedSeconds} s and nothing runs side by side; an unchanged model takes seconds.`;
  }
  const trials = trialsOf(baseline);
  const seconds = baseline.run.arms
    .filter((arm) => !isReplay(arm))
    .map(({ name }) => secondsPerCall(trials[name]?.values() ?? []) ?? assumedSeconds);
  const minutes = Math.max(1, Math.round((Math.max(0, ...seconds) * baseline.run.settings.checkN) / 60));
  return `As the locked run went, a check of ${baseline.run.settings.checkN} prompts takes about ${minutes} min at most; an unchanged model takes seconds.`;
}

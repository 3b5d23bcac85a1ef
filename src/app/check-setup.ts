/** Is everything there to compare two models? Keys, endpoints, Ollama, the configured arms, the terminal. */
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { isLocalCompletion } from '../arms/ollama/local-models.ts';
import { ollamaServer } from '../arms/ollama/ollama-address.ts';
import { type LocalModel, loadedModel, showModel } from '../arms/ollama/ollama-models.ts';
import { providers } from '../arms/registry.ts';
import { type ExitCode, exitCodes, GapcheckError } from '../errors.ts';
import { printableLine } from '../text/printable.ts';
import { shellWord } from '../text/shell.ts';
import { version } from '../version.ts';
import { armFindings, contextWords, type Finding, licenceName } from './arm-findings.ts';
import { type Config, loadConfig } from './config/load-config.ts';
import type { Context } from './context.ts';
import { chatModels, type KeyState, lookAtKeys, lookAtOllama, type OllamaFound } from './look-around.ts';
import { fittingModel } from './plan/nothing-to-answer.ts';
import { likelyFileIn } from './prompt-files.ts';
import type { DoctorOptions } from './verb-options.ts';

/** Exit 2 when something that the config asks for cannot work, or when nothing here can answer a prompt. */
export async function doctor(options: DoctorOptions, context: Context): Promise<ExitCode> {
  const { config, finding } = await readConfig(options, context);
  const [keys, ollama, arms] = await Promise.all([
    lookAtKeys(context.env),
    lookAtOllama(context.env),
    config ? armFindings(config, context) : [],
  ]);
  const findings = [
    ...machineFindings(context),
    finding,
    ...keyFindings(keys, context),
    ...(await ollamaFindings(ollama, context)),
    ...arms,
  ].map(clean);
  const usable = keys.some(({ error }) => !error) || ollama.models.some(isLocalCompletion) || arms.some(isOk);
  if (!usable)
    findings.push(
      {
        topic: 'result',
        state: 'bad',
        text: 'nothing here can answer prompts yet: no key and no local model',
      },
      {
        topic: 'result',
        state: 'note',
        text: 'a file with two columns of answers, under any names, needs neither',
        hint: 'gapcheck run FILE --closed column:A --open column:B',
      },
    );
  const file = config?.prompts?.length ? '' : ` ${shellWord(likelyFileIn(context.cwd))}`;
  const next = nextStep(findings, keys, ollama, file);
  if (options.json) context.data(JSON.stringify({ gapcheck: version, findings, next }, null, 2));
  else for (const line of doctorLines(findings, next)) context.out(line);
  return findings.some(({ state }) => state === 'bad') ? exitCodes.userCanFix : exitCodes.done;
}

const isOk = ({ state }: Finding): boolean => state === 'ok';

/** Names and texts come from servers: nothing of them may move the cursor. */
const clean = (finding: Finding): Finding => ({ ...finding, text: printableLine(finding.text) });

const signs = { ok: '✓', note: '·', bad: '✗' } as const;

function doctorLines(findings: readonly Finding[], next: string): string[] {
  const width = Math.max(...findings.map(({ topic }) => topic.length));
  const lines = findings.flatMap(({ topic, state, text, hint }, index) => {
    const first = findings[index - 1]?.topic === topic ? '' : topic;
    const line = `${first.padEnd(width)}  ${signs[state]} ${text}`;
    return hint === undefined ? [line] : [line, `${' '.repeat(width)}    → ${hint}`];
  });
  return [...lines, '', `Next: ${next}`];
}

const sideBySide = 76;

function machineFindings({ stdout, env, interactive }: Context): Finding[] {
  const { columns = 80, rows = 24 } = stdout;
  const utf8 = /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '') || process.platform !== 'linux';
  const shape =
    columns >= sideBySide
      ? 'answers stand side by side'
      : `answers stand one above the other below ${sideBySide} columns`;
  const terminal: Finding = interactive
    ? { topic: 'terminal', state: 'ok', text: `${columns} × ${rows}: ${shape}` }
    : { topic: 'terminal', state: 'note', text: 'none here; "gapcheck score" needs one' };
  const characters: Finding[] = utf8
    ? []
    : [
        {
          topic: 'terminal',
          state: 'note',
          text: 'the locale is not UTF-8: some characters may show wrong',
          hint: 'export LC_ALL=C.UTF-8',
        },
      ];
  const node = `gapcheck ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${gib(totalmem())} of memory`;
  return [{ topic: 'machine', state: 'ok', text: node }, terminal, ...characters];
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(bytes < 10 * 2 ** 30 ? 1 : 0)} GB`;

async function readConfig(options: DoctorOptions, context: Context): Promise<{ config?: Config; finding: Finding }> {
  try {
    const config = await loadConfig(options.config, context);
    if (config.file === undefined) {
      return {
        config,
        finding: { topic: 'config', state: 'note', text: 'none here', hint: 'gapcheck init writes one' },
      };
    }
    return { config, finding: { topic: 'config', state: 'ok', text: `${basename(config.file)} is valid` } };
  } catch (error) {
    if (!(error instanceof GapcheckError)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { finding: { topic: 'config', state: 'bad', text: error.message, ...hint } };
  }
}

function keyFindings(keys: readonly KeyState[], { env }: Context): Finding[] {
  const found = keys.map((key): Finding => {
    const { provider, variable, host, error } = key;
    const set = `${variable} is set`;
    if (!error)
      return {
        topic: 'keys',
        state: 'ok',
        text: `${set}: ${host}${listed(key)}`,
      };
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { topic: 'keys', state: 'note', text: `${set}, but ${provider} cannot be used: ${error.message}`, ...hint };
  });
  const main = providers.filter(({ anyServer }) => anyServer).flatMap(({ keyVariables }) => keyVariables);
  const missing = main.filter((variable) => !env[variable]?.trim());
  const rest: Finding[] =
    missing.length > 0 ? [{ topic: 'keys', state: 'note', text: `not set: ${missing.join(', ')}` }] : [];
  return [...found, ...rest];
}

const namedModels = 5;

function listed(key: KeyState): string {
  if (key.models.length === 0) return '';
  const names = chatModels(key);
  const more = names.length > namedModels ? ', …' : '';
  return ` lists ${key.models.length} models, to chat with ${names.slice(0, namedModels).join(', ')}${more}`;
}

/** The first version that says when a prompt does not fit, instead of cutting it. */
const firstHonest = [0, 12, 6] as const;

function isOlder(found: string): boolean {
  const parts = found.split(/[.-]/).slice(0, 3).map(Number);
  for (const [index, least] of firstHonest.entries()) {
    const part = parts[index] ?? 0;
    if (Number.isNaN(part) || part > least) return false;
    if (part < least) return true;
  }
  return false;
}

const shownModels = 8;

async function ollamaFindings(ollama: OllamaFound, context: Context): Promise<Finding[]> {
  const topic = 'Ollama';
  const { host, version: running, models, error } = ollama;
  if (error) {
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return [{ topic, state: 'note', text: error.message, ...hint }];
  }
  // A build without a stamp says 0.0.0: what it can do is found by trying.
  const known = running === '0.0.0' ? undefined : running;
  const old = known !== undefined && isOlder(known);
  const server: Finding = {
    topic,
    state: old ? 'note' : 'ok',
    text: `${host}, version ${known ?? 'unknown'}${old ? ': it cuts long prompts without a word' : ''}`,
    ...(old && { hint: 'update Ollama to 0.12.6 or newer' }),
  };
  if (models.length === 0) {
    const hint = `ollama pull ${fittingModel(totalmem())}, which fits this machine's memory`;
    return [server, { topic, state: 'note', text: 'it has no models yet', hint }];
  }
  const described = await Promise.all(models.slice(0, shownModels).map((model) => modelFinding(model, context)));
  const more = models.length - described.length;
  return [
    server,
    ...described,
    ...(more > 0 ? [{ topic, state: 'note' as const, text: `and ${more} more models` }] : []),
  ];
}

async function modelFinding(model: LocalModel, { env }: Context): Promise<Finding> {
  const topic = 'Ollama';
  const { name, parameterSize, quantization, size } = model;
  const details = await showModel(ollamaServer(env), name, AbortSignal.timeout(10_000)).catch(() => undefined);
  // Only a model that is loaded tells what it is served with.
  const served = await loadedModel(ollamaServer(env), name, AbortSignal.timeout(10_000)).catch(() => undefined);
  const facts = [
    [parameterSize, quantization].filter(Boolean).join(' '),
    // As `ollama list` counts.
    size === undefined ? undefined : `${(size / 1e9).toFixed(1)} GB`,
    contextWords(details?.contextMax, served?.context),
    details?.licence && licenceName(details.licence),
  ].filter(Boolean);
  const text = `${name}: ${facts.join(', ')}`;
  if (model.cloud) return { topic, state: 'note', text: `${name}: answered by ollama.com, prompts leave this machine` };
  const capable = details?.capabilities ? { ...model, capabilities: details.capabilities } : model;
  if (!isLocalCompletion(capable)) return { topic, state: 'note', text: `${name}: no chat model` };
  if (size !== undefined && size > totalmem()) {
    return {
      topic,
      state: 'note',
      text: `${text}; larger than this machine's memory`,
      hint: `ollama pull ${fittingModel(totalmem())}`,
    };
  }
  return { topic, state: 'ok', text };
}

/** `file`: with a blank before it, or nothing where the config names the prompts. */
function nextStep(findings: readonly Finding[], keys: readonly KeyState[], ollama: OllamaFound, file: string): string {
  const bad = findings.find(({ state, hint }) => state === 'bad' && hint !== undefined);
  if (bad?.hint) return bad.hint;
  const answers = (arm: string): boolean => findings.some(({ topic, state }) => topic === arm && state === 'ok');
  if (answers('closed') && answers('open')) return `gapcheck run${file}`;
  const local = ollama.models.find(isLocalCompletion);
  const closed = keys.flatMap((key) =>
    key.error
      ? []
      : chatModels(key)
          .slice(0, 1)
          .map((name) => `${key.provider}:${name}`),
  )[0];
  if (local && closed) return `gapcheck run${file} --closed ${closed} --open ollama:${local.name}`;
  if (local)
    return `gapcheck run${file === ' prompts.csv' ? ' logs.jsonl' : file} --closed logged --open ollama:${local.name}   (production's own answers as the closed side)`;
  return ollama.error ? 'gapcheck demo   (needs no key and no model)' : `ollama pull ${fittingModel(totalmem())}`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { liteLlmParams } from '../../../src/arms/litellm-params.ts';
import { oddInRoutes } from '../../../src/records/routes-record.ts';
import { decidePair } from '../../../src/verdicts/decide.ts';
import { liteLlmConfig, liteLlmNotes, routesJson } from '../../../src/verdicts/router-file.ts';
import { routesModule } from '../../../src/verdicts/router-module.ts';
import { routeTasks, type TaskMeasure } from '../../../src/verdicts/routing.ts';
import { castAll, openVsClosed, votedRun } from '../../helpers/voted-run.ts';

const votes = {
  extract: 'wwwwwwwwww',
  reply: 'llllllllll',
  draft: 'wwlltltwlt',
  broken: 'bbbbbwwwww',
  plain: 'wwwwwwwwww',
};
const names = Object.keys(votes);

function routed(cost: 'low' | 'medium' | 'high' = 'medium', maxDelayMs?: number) {
  const run = votedRun({ prompts: names.flatMap((task) => Array.from({ length: 10 }, () => ({ task }))) });
  for (const [at, letters] of Object.values(votes).entries()) castAll(run, letters, at * 10);
  for (const plan of run.run.tasks) plan.failureCost = cost;
  for (const arm of run.run.arms) Object.assign(arm, { provider: arm.role === 'open' ? 'ollama' : 'openai' });
  const measure: TaskMeasure = {
    open: { answered: 200, failedFirst: 20, cost: { calls: 200, mean: 0.0004, se: 0.00001 }, latencyMs: 900 },
    closed: { answered: 200, failedFirst: 4, cost: { calls: 200, mean: 0.01, se: 0.0002 }, latencyMs: 2000 },
  };
  const clean: TaskMeasure = {
    ...measure,
    open: { ...measure.open, answered: 200, failedFirst: 1, cost: null, latencyMs: null },
  };
  const routing = routeTasks({
    run: run.run,
    verdicts: decidePair(run.input, openVsClosed),
    measures: { extract: measure, reply: measure, draft: measure, broken: measure, plain: clean },
    callsPerMonth: 100_000,
    ...(maxDelayMs === undefined ? {} : { maxDelayMs }),
  });
  return { run: run.run, routing, byTask: new Map(routing.tasks.map((task) => [task.task, task])) };
}

describe('routes', () => {
  it('follows the verdict and the checks, never a leaning', () => {
    const { byTask } = routed();
    expect(Object.fromEntries([...byTask].map(([task, { route }]) => [task, route]))).toEqual({
      extract: 'open-first',
      reply: 'closed',
      draft: 'closed-until-decided',
      broken: 'closed',
      plain: 'open',
    });
    expect(byTask.get('extract')?.reason).toBe('20 of 200 first answers failed a check');
    expect(byTask.get('broken')?.reason).toMatch(/neither model/);
  });

  it('moves the margin with the failure cost', () => {
    const margins = (['low', 'medium', 'high'] as const).map((cost) => routed(cost).byTask.get('extract')?.margin);
    expect(margins.map((margin) => margin?.toFixed(2))).toEqual(['0.40', '0.30', '0.15']);
  });

  it('names saving, share and delay of open first, with uncertainty', () => {
    const { byTask, routing } = routed();
    const extract = byTask.get('extract');
    expect(extract?.closedShare).toBe(0.1);
    expect(extract?.delayMs).toBe(900 + 0.1 * 2000);
    // 20,000 calls: .01 - (.0004 + .1 x .01)
    expect(extract?.savingPerMonth?.estimate).toBeCloseTo(20_000 * 0.0086, 9);
    expect(extract?.savingPerMonth?.lower).toBeGreaterThan(20_000 * 0.0075);
    expect(extract?.savingPerMonth?.upper).toBeLessThan(20_000 * 0.0095);
    expect(byTask.get('plain')?.savingPerMonth).toBeNull();
    expect(routing.savingPerMonth?.estimate).toBeCloseTo(172, 9);
  });

  it('stays with closed where open first would take too long', () => {
    expect(routed('medium', 1000).byTask.get('extract')).toMatchObject({ route: 'closed' });
  });

  it('writes LiteLLM model names per task: what is open first goes to the handler, errors of open go to closed', () => {
    const { run, routing } = routed();
    const config = liteLlmConfig(run, routing, liteLlmParams);
    expect(config.model_list.map(({ model_name, litellm_params }) => [model_name, litellm_params.model])).toEqual([
      ['extract', 'gapcheck/extract'],
      ['extract-open', 'ollama_chat/open'],
      ['extract-closed', 'openai/closed'],
      ['reply', 'openai/closed'],
      ['draft', 'openai/closed'],
      ['broken', 'openai/closed'],
      ['plain', 'ollama_chat/open'],
      ['plain-closed', 'openai/closed'],
    ]);
    const fallbacks = [{ 'extract-open': ['extract-closed'] }, { plain: ['plain-closed'] }];
    expect(config.router_settings).toMatchObject({ fallbacks, context_window_fallbacks: fallbacks });
    expect(config.litellm_settings?.custom_provider_map).toEqual([
      { provider: 'gapcheck', custom_handler: 'gapcheck_handler.handler' },
    ]);
    expect(liteLlmNotes(run, routing)).toContain('Open first, closed when a check fails: extract.');
  });

  it('writes routes that can be read back, with what open can be asked and the checks behind them', () => {
    const { run, routing } = routed();
    run.settings.checks = { extract: [{ check: 'json', from: 'config' }] };
    for (const arm of run.arms) Object.assign(arm, { contextServed: 8192, capabilities: ['completion'] });
    const routes = routesJson(run, routing, []);
    expect(oddInRoutes(JSON.parse(JSON.stringify(routes)))).toBeUndefined();
    expect(routes.open.covers).toMatchObject({ contextTokens: 8192, tools: false, images: false });
    expect(routes.open.covers.words).toBe(
      'Open can be asked: up to 8,192 tokens, answer included; no tools and images.',
    );
    expect(routes.routes[0]).toMatchObject({ task: 'extract', route: 'open-first', closedShare: 0.1 });
    expect(routesModule(routes)).toContain("import { createRouter } from 'gapcheck';");
  });

  it('says which arm cannot be routed to', () => {
    const { run, routing } = routed();
    for (const arm of run.arms) arm.provider = 'column';
    expect(() => liteLlmConfig(run, routing, liteLlmParams)).toThrow(
      /Arm "open" is .*: ready answers\. A file for LiteLLM has to name the model/,
    );
    for (const [where, why] of [
      ['hosted', /Arm "open" is .*: of a provider that LiteLLM has no name for\./],
      ['program', /Arm "open" is .*: a program, which LiteLLM cannot call\./],
    ] as const) {
      for (const arm of run.arms) Object.assign(arm, { provider: 'acme', where });
      expect(() => liteLlmConfig(run, routing, () => undefined)).toThrow(why);
    }
  });
});

describe('one rule decides', () => {
  it('has no second threshold: outside the statistics nothing compares evidence, and routes ask the rule', () => {
    const src = join(import.meta.dirname, '../../../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('stats/'),
    );
    const texts = files.map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));
    const evidence =
      /Math\.log\((?:20|3|1 \/)|\blogE\w+ [<>]=?|(?:upper|lower|net|estimate) [<>]=? -?(?:run\.)?margin\b/;
    // The retries gate has a margin of its own, on what the machine measured; a caveat explains an interval beside NO; and a
    // limit is printed on the side of the margin where it is.
    expect(texts.filter(({ text }) => evidence.test(text)).map(({ file }) => file)).toEqual([
      'releases/gates.ts',
      'report/caveats.ts',
      'text/numbers.ts',
    ]);
    const routing = texts.find(({ file }) => file === 'verdicts/routing.ts')?.text ?? '';
    expect(routing).toContain('decide(read.scope, margin)');
    expect(routing).not.toMatch(/logE|remaining|\.leaning/);
  });

  it('asks one function whether anything may act on votes: CI, the lock, routes and export, the report', () => {
    const src = join(import.meta.dirname, '../../../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const having = (words: RegExp): string[] =>
      files.filter((file) => words.test(readFileSync(join(src, file), 'utf8'))).sort();
    expect(having(/\bmayRestOn\(/)).toEqual([
      'app/ci/judge-run.ts',
      'app/ci/lock.ts',
      'app/result/refuse-unsafe.ts',
      'report/model.ts',
      'report/next-step.ts',
      'verdicts/may-rest-on.ts',
    ]);
    expect(having(/\brefuseUnsafe\(/)).toEqual([
      'app/result/arena-votes.ts',
      'app/result/refuse-unsafe.ts',
      'app/result/write-routes.ts',
    ]);
    // Words and exit codes say what was found; none of them decides whether to act.
    expect(having(/adjusted\??\.word\b|\brestsOnHaste\(|\bhastyRaters\(/)).toEqual([
      'report/five-answers.ts',
      'report/notices.ts',
      'report/section-blind.ts',
      'verdicts/haste.ts',
      'verdicts/may-rest-on.ts',
    ]);
  });

  it('states what a verdict risks in one module', () => {
    const src = join(import.meta.dirname, '../../../src');
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const promises =
      /(?:at most|up to|about) (?:\$\{\w+\}|\d+) of (?:100|\d) (?:such )?(?:comparisons|sessions)|'1 of [358]'/;
    const code = (file: string): string =>
      readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    expect(files.filter((file) => promises.test(code(file)))).toEqual(['report/verdict-words.ts']);
  });
});

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowText } from '../../../src/releases/workflow.ts';

const file = (path: string) => ({ path, isPattern: false });
const input = {
  voters: { baseline: ['reviewer'], release: 'reviewer' },
  prompts: [file('prompts.csv')],
  config: 'gapcheck.config.yaml',
  secrets: [],
  env: {},
  version: '1.2.3',
};
const stepsOf = (text: string): { uses?: string; env?: Record<string, string>; if?: string }[] =>
  parse(text).jobs.gapcheck.steps;

describe('the workflow of init --ci', () => {
  it('runs when any prompt file, or the config that is really there, changes', () => {
    const { on } = parse(
      workflowText({ ...input, prompts: [file('a.csv'), file('./b/c.jsonl')], config: 'gapcheck.config.json' }),
    );
    expect(on.pull_request.paths).toEqual([
      'gapcheck.lock.json',
      'gapcheck.config.json',
      'a.csv',
      'b/c.jsonl',
      'gapcheck-votes/**',
    ]);
  });

  it('takes the signs of a pattern in a file name for letters', () => {
    const { on } = parse(workflowText({ ...input, prompts: [file('logs [new]*.csv')] }));
    expect(on.pull_request.paths[2]).toBe('logs \\[new\\]\\*.csv');
  });

  it('keeps a pattern that the config itself has', () => {
    const { on } = parse(workflowText({ ...input, prompts: [{ path: './logs/**/*.csv', isPattern: true }] }));
    expect(on.pull_request.paths[2]).toBe('logs/**/*.csv');
  });

  it('gives packets of the locked run to some, and of releases to somebody else', () => {
    const text = workflowText({ ...input, voters: { baseline: ['rater-a', 'rater-b'], release: 'rater-c' } });
    const steps = parse(text).jobs.gapcheck.steps as { run?: string; with?: Record<string, string> }[];
    expect(steps[1]?.with?.rater).toBe('rater-c');
    expect(steps[3]?.run?.match(/packet --rater \S+/g)).toEqual(['packet --rater rater-a', 'packet --rater rater-b']);
    expect(steps[5]?.with?.path).toBe('gapcheck.lock.json\npacket-rater-a.json\npacket-rater-b.json');
  });

  it('leaves nothing of the user as a live expression', () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's own syntax
    const text = workflowText({ ...input, env: { OLLAMA_HOST: 'https://${{ secrets.KEY }}.example.org' } });
    expect(stepsOf(text)[1]?.env).toEqual({ OLLAMA_HOST: "https://${{ '${{' }} secrets.KEY }}.example.org" });
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: GitHub's own syntax
  });

  it('pins every action by a commit, and gapcheck by its version', () => {
    const used = stepsOf(workflowText(input)).flatMap(({ uses }) => uses ?? []);
    expect(used.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual(['gapcheck/gapcheck@v1.2.3']);
    expect(workflowText(input)).not.toMatch(/gapcheck@(?!v?1\.2\.3)/);
  });

  it('makes a baseline on the default branch alone', () => {
    const baseline = stepsOf(workflowText(input)).slice(2);
    expect(baseline.length).toBe(4);
    for (const step of baseline.slice(0, 2)) expect(step.if).toContain('== github.event.repository.default_branch');
    for (const step of baseline.slice(2)) expect(step.if).toContain("steps.baseline.outputs.id != ''");
  });

  it('keeps two jobs of one pull request apart', () => {
    expect(parse(workflowText(input)).concurrency).toContain('github.event.pull_request.number');
  });
});

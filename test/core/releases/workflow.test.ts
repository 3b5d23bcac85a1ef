import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowText } from '../../../src/releases/workflow.ts';

const input = { prompts: ['prompts.csv'], config: 'gapcheck.config.yaml', secrets: [], env: {}, version: '1.2.3' };
const stepsOf = (text: string): { uses?: string; env?: Record<string, string>; if?: string }[] =>
  parse(text).jobs.gapcheck.steps;

describe('the workflow of init --ci', () => {
  it('runs when any prompt file, or the config that is really there, changes', () => {
    const { on } = parse(workflowText({ ...input, prompts: ['a.csv', './b/c.jsonl'], config: 'gapcheck.config.json' }));
    expect(on.pull_request.paths).toEqual([
      'gapcheck.lock.json',
      'gapcheck.config.json',
      'a.csv',
      'b/c.jsonl',
      'gapcheck-votes/**',
    ]);
  });

  it('takes the signs of a pattern in a file name for letters', () => {
    const { on } = parse(workflowText({ ...input, prompts: ['logs [new]*.csv'] }));
    expect(on.pull_request.paths[2]).toBe('logs \\[new\\]\\*.csv');
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

/** What whole agents left in the run folder: agents/<arm>/<prompt>-<trial>.{steps.jsonl,diff}. */
import { existsSync } from 'node:fs';
import { type AgentEndLine, type AgentLine, type AgentStep, oddInAgentLine } from '../records/agent-record.ts';
import { oddRecord } from '../records/schema-number.ts';
import { eachLine } from './jsonl.ts';
import type { RunPaths } from './layout.ts';
import { readWholeText } from './whole-text.ts';

export interface AgentTrialFiles {
  /** Unified diff of the copy against the fixture; empty where nothing changed. */
  diff: string;
  steps: AgentStep[];
  /** Null where the trial was cut. */
  end: AgentEndLine | null;
}

/** Undefined where the agent left neither steps nor a diff. Throws (exit 2) with file and line for a line that is none of ours. */
export function readAgentTrial(
  paths: RunPaths,
  arm: string,
  prompt: string,
  trial: number,
): AgentTrialFiles | undefined {
  const stepsFile = paths.agentFile(arm, prompt, trial, 'steps.jsonl');
  const diffFile = paths.agentFile(arm, prompt, trial, 'diff');
  const [hasSteps, hasDiff] = [existsSync(stepsFile), existsSync(diffFile)];
  if (!hasSteps && !hasDiff) return undefined;
  const lines = hasSteps ? readLines(stepsFile) : [];
  return {
    diff: hasDiff ? readWholeText(diffFile) : '',
    steps: lines.filter((line) => line.type === 'step'),
    end: lines.findLast((line) => line.type === 'end') ?? null,
  };
}

function readLines(file: string): AgentLine[] {
  const lines: AgentLine[] = [];
  for (const { value, line } of eachLine(file, [])) {
    const odd = oddInAgentLine(value);
    if (odd !== undefined) throw oddRecord(`${file}:${line}`, odd);
    lines.push(value as AgentLine);
  }
  return lines;
}

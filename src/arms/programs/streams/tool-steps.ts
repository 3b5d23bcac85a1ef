/** The tools of all agents in one set of words: what kind of step a call is, and what it says. */
import type { AgentStepKind } from '../../../records/agent-record.ts';
import type { Json, JsonObject } from '../../../records/plain-json.ts';
import { textAt } from './agent-stream.ts';

const kinds: readonly (readonly [AgentStepKind, RegExp])[] = [
  ['web', /web|fetch|browser|url/],
  ['plan', /todo|plan|task_list/],
  ['edit', /edit|write|replace|patch|notebook|create|insert|delete|rename|move/],
  ['search', /grep|glob|search|find|codebase/],
  ['read', /read|view|cat\b|open|^ls$|list|tree/],
  ['run', /bash|shell|exec|run|command|terminal|kill|process/],
  ['say', /^(say|message|respond|reply|finish|answer)/],
];

/** `Bash`, `run_shell_command` and `local_shell` are one kind of step. */
export function kindOfTool(tool: string): AgentStepKind {
  const name = tool.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  // Any tool of a server of the user's own: its name says nothing that we know.
  if (name.startsWith('mcp__')) return 'other';
  if (/^(run|shell)_/.test(name)) return 'run';
  return kinds.find(([, words]) => words.test(name))?.[0] ?? 'other';
}

const longest = 1_000;

/** Arguments that say what a step does, the most telling first. */
const telling = [
  'command',
  'cmd',
  'file_path',
  'filePath',
  'path',
  'absolute_path',
  'pattern',
  'query',
  'url',
  'prompt',
];

export function textOfCall(tool: string, input: Json | undefined): string {
  if (typeof input === 'string') return shorten(input);
  if (typeof input !== 'object' || input === null) return shorten(tool);
  const fields = input as JsonObject;
  for (const name of telling) {
    const value = fields[name];
    const text = Array.isArray(value) ? value.filter((word) => typeof word === 'string').join(' ') : textAt(value);
    if (text) return shorten(text);
  }
  const rest = JSON.stringify(input);
  return shorten(rest === '{}' || rest === '[]' ? tool : `${tool} ${rest}`);
}

export const shorten = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;

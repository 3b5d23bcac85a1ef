/**
 * Prompts that differ only in case, spacing, punctuation or numbers: shown, never dropped. In a log of one template the
 * slots are the work, so a task whose prompts mostly look alike has no near duplicates.
 */
import type { PromptRecord } from '../records/prompt-record.ts';
import { plainText } from './draft.ts';
import { sampleKey } from './sample-key.ts';

export interface NearDuplicates {
  /** Prompts that look like an earlier one. */
  prompts: number;
  groups: { file: string; line: number; id: string }[][];
  /** Tasks that are one template with slots. */
  templates: string[];
}

const templateShare = 0.5;

export function nearDuplicates(prompts: readonly PromptRecord[]): NearDuplicates {
  const tasks = new Map<string, Map<number, PromptRecord[]>>();
  for (const prompt of prompts) {
    const shapes = tasks.get(prompt.task) ?? new Map<number, PromptRecord[]>();
    tasks.set(prompt.task, shapes);
    // A hash of 53 bits: the shapes themselves would take as much memory as the prompts.
    const shape = sampleKey([shapeOf(prompt)], 0);
    const alike = shapes.get(shape);
    if (alike) alike.push(prompt);
    else shapes.set(shape, [prompt]);
  }
  const found: NearDuplicates = { prompts: 0, groups: [], templates: [] };
  for (const [task, shapes] of tasks) {
    const groups = [...shapes.values()].filter((group) => group.length > 1);
    const alike = groups.reduce((sum, group) => sum + group.length, 0);
    const total = [...shapes.values()].reduce((sum, group) => sum + group.length, 0);
    if (total >= 8 && alike / total >= templateShare) found.templates.push(task);
    else for (const group of groups) add(found, group);
  }
  return found;
}

function add(found: NearDuplicates, group: PromptRecord[]): void {
  found.prompts += group.length - 1;
  found.groups.push(
    group.map(({ id, source_id, source }) => ({ file: source.file, line: source.line, id: source_id ?? id })),
  );
}

function shapeOf(prompt: PromptRecord): string {
  const text = prompt.messages.map((message) => `${message.role} ${plainText(message.content)}`).join(' ');
  return text
    .toLowerCase()
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
}

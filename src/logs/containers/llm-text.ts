/** What `llm logs` prints without --json: sections of Markdown, one call after another. */
import type { TextForm } from './text-form.ts';

const call = /^# (\d{4}-\d\d-\d\dT[\d:.]+)\s+conversation: (\S+) id: (\S+)/;

export const isLlmText = (head: string): boolean => call.test(head.trimStart());

/** One line of JSON per call, with the fields of `llm logs --json`. */
export function llmText(text: string, file: string): TextForm {
  const calls = text.split(/\r?\n(?=# \d{4}-\d\d-\d\dT[\d:.]+\s+conversation: )/);
  return {
    text: calls.map((each) => JSON.stringify(recordOf(each.trim()))).join('\n'),
    notes: [`${file} is what \`llm logs\` prints; \`llm logs --json -n 0\` keeps more (token counts, tool schemas).`],
  };
}

function recordOf(text: string): Record<string, unknown> {
  const [head = '', ...rest] = text.split('\n');
  const [, time = '', conversation = '', id = ''] = call.exec(head) ?? [];
  const sections = sectionsOf(rest);
  const response = sections.get('## Response') ?? '';
  const prompt = sections.get('## Prompt');
  const schema = fenced(sections.get('## Schema'));
  return {
    id,
    conversation_id: conversation,
    datetime_utc: time,
    duration_ms: null,
    model: /^Model: \*\*(.+)\*\*/m.exec(sections.get('') ?? '')?.[1] ?? null,
    prompt: prompt === '-- none --' ? '' : (prompt ?? ''),
    system: sections.get('## System') ?? null,
    // A schema makes the tool print the answer in a fence of its own.
    response: schema === undefined ? response : (fenced(response) ?? response),
    schema_json: parsed(schema) ?? null,
    options_json: Object.fromEntries(
      [...(sections.get('## Options') ?? '').matchAll(/^- (\w+): (.*)$/gm)].map(([, name, value]) => [
        name,
        parsed(value) ?? value,
      ]),
    ),
    tools: items(sections.get('### Tools')).map(({ name, body }) => ({
      name,
      description: body.split('\n')[0]?.trim(),
    })),
    tool_calls: items(sections.get('### Tool calls')).map(({ name, id, body }) => ({
      name,
      tool_call_id: id,
      arguments: argumentsIn(body),
    })),
    tool_results: items(sections.get('### Tool results')).map(({ name, id, body }) => ({
      name,
      tool_call_id: id,
      output: fenced(body) ?? body.trim(),
    })),
  };
}

const headings =
  /^(?:## (?:Prompt|System|Response|Options|Schema|Fragments)|### (?:Tools|Tool calls|Tool results|Prompt fragments|System fragments|Attachments))\s*$/;

/** Sections by heading; headings inside an answer that the tool does not write stay text. */
function sectionsOf(lines: string[]): Map<string, string> {
  const found = new Map<string, string>();
  let heading = '';
  let body: string[] = [];
  const keep = (): void => {
    if (!found.has(heading)) found.set(heading, body.join('\n').trim());
  };
  for (const line of lines) {
    if (headings.test(line) && !found.has(line.trim())) {
      keep();
      heading = line.trim();
      body = [];
    } else body.push(line);
  }
  keep();
  return found;
}

/** `- **name**: \`id\`` and the indented lines below it. */
function items(section: string | undefined): { name: string; id: string; body: string }[] {
  if (section === undefined) return [];
  return section.split(/^(?=- \*\*)/m).flatMap((text) => {
    const head = /^- \*\*(.+?)\*\*: `([^`]*)`\s*\n?/.exec(text);
    return head
      ? [{ name: head[1] ?? '', id: head[2] ?? '', body: text.slice(head[0].length).replace(/^ {4}/gm, '') }]
      : [];
  });
}

function argumentsIn(body: string): Record<string, unknown> {
  const pairs = [...body.matchAll(/^(\w[\w.-]*):\s*\n```\w*\n([\s\S]*?)\n```/gm)];
  return Object.fromEntries(pairs.map(([, name, value = '']) => [name, parsed(value) ?? value]));
}

const fenced = (text: string | undefined): string | undefined => /```\w*\n([\s\S]*?)\n```/.exec(text ?? '')?.[1];

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

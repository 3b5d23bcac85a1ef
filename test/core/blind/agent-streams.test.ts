/** Ballots of the recorded streams of every harness: nothing in them names it, its models or this machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOutput } from '../../../src/arms/programs/streams/read-stream.ts';
import { harnessNames, toolKinds } from '../../../src/blind/agent-names.ts';
import { createMask } from '../../../src/blind/mask.ts';
import { nameList } from '../../../src/blind/name-list.ts';
import { answerBlocks, stepBlocks } from '../../../src/blind/shown-text.ts';

const folder = join(import.meta.dirname, '../../fixtures/agents');
const streams = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

/** Written from the harnesses themselves, not from the list under test. */
const telling =
  /claude|anthropic|codex|openai|gpt-|gemini|qwen|opencode|ollama|co-authored|mcp__|todowrite|run_shell_command|apply_patch|\/tmp\/|\/home\/|\/root\//i;

const fixedDiff = `--- a/src/dates.js
+++ b/src/dates.js
@@ -1,1 +1,2 @@
-const x = 1;
+const x = 2;
+// Generated with Claude Code, Codex, Gemini CLI, opencode and Qwen Code
--- /dev/null
+++ b/.claude/settings.local.json
@@ -0,0 +1,1 @@
+{}
`;

test('there is a stream of each kind', () => {
  for (const name of ['claude-code', 'codex', 'gemini-cli', 'opencode', 'otlp'])
    expect(streams).toContain(`${name}.jsonl`);
});

describe.each(streams)('%s', (file) => {
  const output = readOutput();
  const events = [...output.read(readFileSync(join(folder, file)), 0), ...output.rest(0)];
  const steps = events.flatMap((event) => (event.type === 'step' ? [{ kind: event.kind, text: event.text }] : []));
  const text = events.map((event) => (event.type === 'result' ? (event.text ?? '') : '')).join('\n');
  const mask = createMask({ promptText: 'Fix the dates.', names: nameList({ harnesses: harnessNames }) });
  const { view } = mask({ text: `${text}\nDone.`, diff: fixedDiff, steps });
  const shown = [...answerBlocks(view, 'plain'), ...stepBlocks(view)].map((block) => block.text).join('\n');

  test('has steps, and none of them and no last message tells whose it is', () => {
    expect(steps.length).toBeGreaterThan(0);
    expect(telling.exec(shown.replaceAll('.claude/settings.local.json', ''))?.[0]).toBeUndefined();
    for (const name of [...harnessNames, ...toolKinds.keys()]) expect(shown).not.toContain(name);
  });

  test('without the mask it would', () => {
    const raw = readFileSync(join(folder, file), 'utf8');
    expect(telling.test(raw + fixedDiff)).toBe(true);
  });
});

/** Every check over any text, to time it: its options matter little. One that cannot run without them says so at once. */
import { findCheck } from '../../src/checks/registry.ts';

const prompt = { id: 'p_0', messages: [{ role: 'user', content: 'Please help me with this.' }] } as never;

export function runAnyCheck(name: string, text: string): void {
  const value = name === 'language' ? 'de' : 3;
  try {
    const input = { prompt, text, toolCalls: [], finish: 'stop' };
    findCheck(name)?.run({ check: name, value, from: 'config' }, input, { matches: () => true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

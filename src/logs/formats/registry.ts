/** Every log format, most specific first: one file, one fixture, one line. Tables of prompts (csv.ts) come after all. */
import { chat } from './chat.ts';
import type { LogFormat } from './format.ts';
import { gapcheckPrompts } from './gapcheck.ts';

export const formats: readonly LogFormat[] = [gapcheckPrompts, chat];

export const formatNamed = (name: string): LogFormat | undefined => formats.find((format) => format.name === name);
export const formatNames = (): string[] => ['csv', ...formats.map((format) => format.name)];

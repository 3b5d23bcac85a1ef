/** Prompts written out in a model's chat template (ChatML, Llama, Gemma, Mistral) → the messages that went into it. */
import type { Message } from '../records/prompt-record.ts';

const roles: Record<string, Message['role']> = {
  system: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  tool: 'tool',
  ipython: 'tool',
};

interface Template {
  starts: RegExp;
  /** A turn: its role, then its text up to the mark that ends it or the end of the prompt. */
  turn: RegExp;
}

const headed: readonly Template[] = [
  {
    starts: /^\s*<\|im_start\|>/,
    turn: /<\|im_start\|>[ \t]*(\w+)[^\n]*\n?([\s\S]*?)(?=<\|im_end\|>|<\|im_start\|>|$)/g,
  },
  {
    starts: /^\s*(?:<\|begin_of_text\|>\s*)?<\|start_header_id\|>/,
    turn: /<\|start_header_id\|>\s*(\w+)\s*<\|end_header_id\|>\s*([\s\S]*?)(?=<\|eot_id\|>|<\|eom_id\|>|<\|end_of_text\|>|<\|start_header_id\|>|$)/g,
  },
  {
    starts: /^\s*(?:<bos>\s*)?<start_of_turn>/,
    turn: /<start_of_turn>\s*(\w+)\s*([\s\S]*?)(?=<end_of_turn>|<start_of_turn>|$)/g,
  },
  {
    starts: /^\s*<\|(?:system|user)\|>\s/,
    turn: /<\|(system|user|assistant)\|>\s*([\s\S]*?)(?=<\|(?:end|system|user|assistant|endoftext)\|>|<\/s>|$)/g,
  },
  {
    starts: /^\s*### (?:Human|User|System): /,
    turn: /### (Human|User|System|Assistant):\s*([\s\S]*?)(?=### (?:Human|User|System|Assistant):|$)/g,
  },
];

/** Alpaca's template: an instruction, perhaps an input, and the response that was learnt. */
const alpaca =
  /^\s*(?:Below is an instruction[^\n]*\s+)?### Instruction:\s*([\s\S]*?)(?:\s*### Input:\s*([\s\S]*?))?\s*### Response:\s*([\s\S]*)$/;

function alpacaTurns(text: string): Message[] | undefined {
  const [, asked = '', input = '', said = ''] = alpaca.exec(text) ?? [];
  if (asked === '') return undefined;
  const content = input === '' ? asked : `${asked}\n\n${input}`;
  const answer = said.replace(/<\/s>\s*$|<\|endoftext\|>\s*$/, '').trim();
  return [{ role: 'user', content }, ...(answer ? [{ role: 'assistant' as const, content: answer }] : [])];
}

/** Undefined for any other text, and where a role is unknown. An open last turn of the assistant is no message. */
export function templatedMessages(text: string): Message[] | undefined {
  const learnt = alpacaTurns(text);
  if (learnt) return learnt;
  const template = headed.find(({ starts }) => starts.test(text));
  const turns = template ? headedTurns(text, template) : /^\s*(?:<s>\s*)?\[INST\]/.test(text) ? instTurns(text) : [];
  const last = turns?.at(-1);
  const whole = last?.role === 'assistant' && last.content === '' ? turns?.slice(0, -1) : turns;
  return whole?.length ? whole : undefined;
}

function headedTurns(text: string, { turn }: Template): Message[] | undefined {
  const turns: Message[] = [];
  for (const [, name = '', content = ''] of text.matchAll(turn)) {
    const role = roles[name.toLowerCase()];
    if (!role) return undefined;
    turns.push(
      role === 'tool' ? { role, content: content.trim(), tool_call_id: '' } : { role, content: content.trim() },
    );
  }
  return turns;
}

/** `[INST] <<SYS>> system <</SYS>> question [/INST] answer </s>`, as Llama 2 and Mistral have it. */
function instTurns(text: string): Message[] {
  return text
    .split(/\[INST\]/)
    .slice(1)
    .flatMap((piece) => {
      const [asked = '', said = ''] = piece.split(/\[\/INST\]/);
      const [system, question] = withoutSystem(asked);
      const answer = said.replace(/<\/?s>/g, '').trim();
      return [
        ...(system ? [{ role: 'system' as const, content: system }] : []),
        { role: 'user' as const, content: question },
        ...(answer ? [{ role: 'assistant' as const, content: answer }] : []),
      ];
    });
}

const systemSigns = ['<<SYS>>', '<</SYS>>'] as const;

/** By places and not by a pattern, which would look for the end from each of many beginnings. */
function withoutSystem(asked: string): [system: string, question: string] {
  const [start, end] = systemSigns;
  const from = asked.indexOf(start);
  const to = from === -1 ? -1 : asked.indexOf(end, from);
  if (to === -1) return ['', asked.trim()];
  return [asked.slice(from + start.length, to).trim(), (asked.slice(0, from) + asked.slice(to + end.length)).trim()];
}

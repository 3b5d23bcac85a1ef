/** Every fault of the way to a model, at random: at most two for each prompt and arm, then the answer. */
import { cutAfter, dropped, garbage, hang, reply, type ScriptedCall, type Step, status } from './model-server.ts';

const mostFaults = 2;
const said = (message: string, more: object = {}) => ({ body: { error: { message, ...more } } });

const faults: Step[] = [
  dropped,
  status(429, { retryAfter: 0, ...said('Rate limit reached.', { code: 'rate_limit_exceeded' }) }),
  status(429, said('Rate limit reached for requests per minute: please try again in 20ms.')),
  status(500, said('The server had an error.')),
  status(500, { body: 'Internal Server Error' }),
  status(502, { body: '<html><h1>502 Bad Gateway</h1></html>' }),
  status(503, said('server busy, please try again')),
  status(503, said('Loading model', { code: 503 })),
  status(520, { body: '' }),
  status(529, said('Overloaded', { type: 'overloaded_error' })),
  status(524, { body: 'A timeout occurred' }),
  cutAfter({ bytes: 0 }),
  cutAfter({ chunks: 1 }),
  cutAfter({ bytes: 60 }),
  cutAfter({ chunks: 1, how: 'end' }),
  garbage('error-in-stream'),
  garbage('bad-json'),
  garbage('html'),
];
/** Patience for time-outs ends with the second of a trial, so a prompt meets one at most. */
const timeOuts: Step[] = [
  status(504, said('upstream request timed out')),
  status(408, said('Request timeout')),
  hang({ afterChunks: 3 }),
];

/** Numbers in [0, 1) that are the same each time. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export interface Storm {
  script(call: ScriptedCall): Step;
  /** Faults so far. */
  faults(): number;
}

/** `chance` of a fault for a prompt that may still meet one. */
export function createStorm(random: () => number, chance: number, answer = 'good answer'): Storm {
  const met = new Map<string, number>();
  return {
    script({ protocol, lastUserText }) {
      const key = `${protocol} ${lastUserText}`;
      const before = met.get(key) ?? 0;
      if (before >= mostFaults || random() >= chance) return reply(answer);
      met.set(key, before + 1);
      const pick = before === 0 && random() < 0.1 ? timeOuts : faults;
      return pick[Math.floor(random() * pick.length)] ?? reply(answer);
    },
    faults: () => [...met.values()].reduce((sum, times) => sum + times, 0),
  };
}

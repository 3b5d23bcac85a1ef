/** What a provider can do to a call, as scripts of the loopback server; a day of it passes in a second. */
import { cutAfter, garbage, hang, type ModelServer, type Script, slow, status } from '../helpers/model-server.ts';
import { onlyOf } from './place.ts';

export interface ModelFault {
  /** Given the server, so that a script can close it. */
  script(server: ModelServer): Script;
  /** How fast time passes for the process. */
  speed: number;
  /** What the message says of the cause. */
  says: RegExp;
  /** Which server comes back on the same port afterwards, where the first one is closed. */
  closes?: true;
}

export const modelFaults = {
  '429 storm': {
    script: () => onlyOf('openai', status(429, { retryAfter: 3 })),
    speed: 100,
    says: /429|rate limit|too many/i,
  },
  '5xx': {
    script: () => onlyOf('openai', [status(500), status(502, { body: '<html>bad gateway</html>' }), status(503)]),
    speed: 100,
    says: /50[023]/,
  },
  'cut stream': {
    script: () => onlyOf('openai', [cutAfter({ chunks: 2 }), cutAfter({ chunks: 1, how: 'end' })]),
    speed: 100,
    says: /cut|ended|broke|closed/i,
  },
  hang: {
    script: () => onlyOf('openai', [hang(), hang({ afterChunks: 1 })]),
    speed: 100,
    says: /nothing more arrived for 20 s|not finished after 40 s/,
  },
  'slow body': {
    script: () => onlyOf('openai', slow('one word after the other, all day long', 1_200, 12)),
    speed: 100,
    says: /not finished after 40 s/,
  },
  'wrong JSON': {
    script: () =>
      onlyOf('openai', [
        garbage('html'),
        garbage('bad-json'),
        garbage('no-choices'),
        garbage('error-in-stream'),
        garbage('empty'),
        garbage('error-200'),
      ]),
    speed: 100,
    says: /JSON|HTML|stream|reply|upstream failed/i,
  },
  'dead backend': {
    script: (server) => async () => {
      await server.close();
      return hang();
    },
    speed: 100,
    says: /127\.0\.0\.1:\d+/,
    closes: true,
  },
} satisfies Record<string, ModelFault>;

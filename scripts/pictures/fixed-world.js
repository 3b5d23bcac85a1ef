/**
 * `node --import` this before the program: its clock stands and its randomness is a known stream, so that the same
 * demo is dealt and dated the same way each time a picture is made. For pictures alone: such a deal is no secret.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const start = Date.parse('2026-11-21T09:30:00Z');
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(start);
    else super(...parts);
  }
  static now() {
    return start;
  }
};

let drawn = 0;
crypto.randomBytes = (size) => {
  drawn += 1;
  const stream = crypto.createHash('shake256', { outputLength: size });
  return stream.update(`gapcheck pictures ${drawn}`).digest();
};
syncBuiltinESMExports();

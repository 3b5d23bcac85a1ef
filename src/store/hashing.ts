import { createHash, createHmac } from 'node:crypto';
import type { Hashing } from '../records/ids.ts';

export const hashing: Hashing = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  hmac: (key, message) => createHmac('sha256', key).update(message).digest('hex'),
};

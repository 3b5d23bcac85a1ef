// Prints the run id of a result.json that has the shape gapcheck ci writes; nothing of any other file.
import { readFileSync } from 'node:fs';

const isId = (value) => typeof value === 'string' && /^r_[0-9A-Za-z_-]{1,62}$/.test(value);
const isCode = (value) => Number.isInteger(value) && value >= 0 && value <= 70;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch {
    return {};
  }
}

const { code, run, baseline, gates } = read(process.argv[2]);
if (isCode(code) && isId(run) && isId(baseline) && Array.isArray(gates)) process.stdout.write(run);

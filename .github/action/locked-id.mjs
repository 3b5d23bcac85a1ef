// Prints the run id of a lock file.
import { readFileSync } from 'node:fs';

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const id = read(process.argv[2])?.run?.id;
if (typeof id !== 'string') process.exit(1);
process.stdout.write(id);

// Prints the run id of a lock file.
import { readFileSync } from 'node:fs';

const { run } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (typeof run?.id !== 'string') process.exit(1);
process.stdout.write(run.id);

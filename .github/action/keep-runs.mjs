// Run folders of an unpacked artifact → the results folder: `all` of them; or `others`, which are all but the locked one,
// and without the votes in them: those of a pull request come from its votes folder, where somebody approves them.
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [from, to, which, locked] = process.argv.slice(2);
const isPlain = (path) => /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u.test(basename(path));

/** Undefined for what is no record: gapcheck itself passes over such a folder. */
function idOf(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8'))?.id;
  } catch {
    return undefined;
  }
}

/** What the answering job itself writes into the ledger; the rest comes of votes, and is written again with them. */
const ofAnswers = ['started', 'resumed', 'arm-observed', 'answered', 'claimed', 'given', 'withdrawn', 'more'];

function isOfAnswers(line) {
  try {
    return ofAnswers.includes(JSON.parse(line).event);
  } catch {
    return false;
  }
}

function withoutVotes(folder) {
  rmSync(join(folder, 'votes'), { recursive: true, force: true });
  const ledger = join(folder, 'events.jsonl');
  if (!existsSync(ledger)) return;
  const lines = readFileSync(ledger, 'utf8').split('\n').filter(isOfAnswers);
  writeFileSync(ledger, lines.map((line) => `${line}\n`).join(''));
}

for (const name of readdirSync(from)) {
  const folder = join(from, name);
  const record = join(folder, 'run.json');
  if (!lstatSync(folder).isDirectory() || !existsSync(record)) continue;
  if (!isPlain(name) || (which === 'others' && idOf(record) === locked)) continue;
  const kept = join(to, name);
  if (existsSync(kept)) continue;
  // A link could lead out of the folder, and a name could be a line of the log.
  cpSync(folder, kept, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() && isPlain(path) });
  if (which === 'others') withoutVotes(kept);
  // A job that was cancelled may have left its locks behind.
  for (const file of readdirSync(kept, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.lock')) rmSync(join(kept, file), { force: true });
}

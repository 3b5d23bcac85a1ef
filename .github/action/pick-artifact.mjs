// Of pages of artifacts: the newest of that name that a run of this repository made on that branch. Prints its id.
import { readFileSync } from 'node:fs';

const { NAME, BRANCH, REPOSITORY_ID } = process.env;
const artifacts = JSON.parse(readFileSync(0, 'utf8')).flatMap((page) => page.artifacts ?? []);
const mine = artifacts.filter(
  ({ name, expired, workflow_run: run }) =>
    name === NAME &&
    expired === false &&
    run?.head_branch === BRANCH &&
    String(run.repository_id) === REPOSITORY_ID &&
    String(run.head_repository_id) === REPOSITORY_ID,
);
mine.sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
const id = mine[0]?.id;
if (Number.isSafeInteger(id)) process.stdout.write(String(id));

// Whether somebody else who may write to this repository has approved the very commit: `all`, else `default`.
import { readFileSync } from 'node:fs';

const { HEAD_SHA, AUTHOR } = process.env;
const mayWrite = ['OWNER', 'MEMBER', 'COLLABORATOR'];
const pages = JSON.parse(readFileSync(0, 'utf8'));
const last = new Map();
for (const { user, state, commit_id: commit, author_association: role } of pages.flat()) {
  if (!user || user.login === AUTHOR || !mayWrite.includes(role)) continue;
  if (state === 'COMMENTED') continue;
  last.set(user.login, state === 'APPROVED' && commit === HEAD_SHA);
}
process.stdout.write([...last.values()].includes(true) ? 'all' : 'default');

// Of pages of reviews: who approved the very commit and has not taken it back, one login a line. What each of them may do
// is asked of GitHub: `author_association` says MEMBER of people who may only read, and NONE of members who hide it.
import { readFileSync } from 'node:fs';

const { HEAD_SHA, AUTHOR } = process.env;
const isLogin = (login) => typeof login === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(login);
const closeFirst = ['OWNER', 'MEMBER', 'COLLABORATOR'];
// Strangers can approve, too: more of them than this would cost the job its requests.
const mostAsked = 50;

const last = new Map();
for (const { user, state, commit_id: commit, author_association: role } of JSON.parse(readFileSync(0, 'utf8')).flat()) {
  if (!isLogin(user?.login) || user.login === AUTHOR || state === 'COMMENTED') continue;
  last.set(user.login, { approves: state === 'APPROVED' && commit === HEAD_SHA, isClose: closeFirst.includes(role) });
}
const approvers = [...last].filter(([, { approves }]) => approves);
approvers.sort(([, a], [, b]) => Number(b.isClose) - Number(a.isClose));
for (const [login] of approvers.slice(0, mostAsked)) process.stdout.write(`${login}\n`);

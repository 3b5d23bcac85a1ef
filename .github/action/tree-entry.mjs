// Of a git tree as GitHub lists it: the hash of the folder with this name. Nothing where there is none.
import { readFileSync } from 'node:fs';

const { tree = [] } = JSON.parse(readFileSync(0, 'utf8'));
const found = tree.find(({ path, type }) => path === process.argv[2] && type === 'tree')?.sha;
if (/^[0-9a-f]{40,64}$/.test(found ?? '')) process.stdout.write(found);

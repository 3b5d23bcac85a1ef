#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { isAbsolute, join } from 'node:path';

// Compiled code is kept between starts where Node can do so (22.1 and later): in the user's own folder, because whoever
// can write there can run code in this process. Node's default lies in /tmp. NODE_COMPILE_CACHE names another folder, and
// Node has then begun by itself. A folder that cannot be written is no error; in one that is absent, Node 22 tries forever.
const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME = '' } = process.env;
const inHome = process.platform === 'darwin' ? join(HOME, 'Library', 'Caches') : join(HOME, '.cache');
const [owned, folder] =
  process.platform === 'win32'
    ? [LOCALAPPDATA, LOCALAPPDATA]
    : XDG_CACHE_HOME
      ? [XDG_CACHE_HOME, XDG_CACHE_HOME]
      : [HOME, inHome];
if (!NODE_COMPILE_CACHE && owned && isAbsolute(owned) && existsSync(owned))
  module.enableCompileCache?.(join(folder, 'gapcheck', 'code'));

await import('../dist/cli.js');

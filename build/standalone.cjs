// What stands first in a standalone executable: `launcher.cjs` for a program that is one of its assets, as are V8's
// caches. Node hands assets over where the executable has them in memory; nothing is read from a file.
'use strict';
const { getAssetKeys, getRawAsset } = require('node:sea');
const { isatty } = require('node:tty');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const cache = `${isatty(1) ? 'terminal' : 'pipe'}.cache`;
// Compiled on another kind of processor there is no cache to be had.
const cachedData = getAssetKeys().includes(cache) ? Buffer.from(getRawAsset(cache)) : undefined;
const source = Buffer.from(getRawAsset('program')).latin1Slice();
const program = new Script(source, { filename: 'smokejumper.js', cachedData });
setFlagsFromString('--wasm-tiering-budget=1000000000');
program.runInThisContext()(require);

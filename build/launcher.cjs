// What stands first in the built file. Node reads all of it, and takes the program for a comment:
//
//   #!/usr/bin/env node
//   this launcher
//   /*program
//   the program, a function of `require`, in which `*<>/` stands for what would end the comment
//   */
//
// V8 needs 40 ms to compile the program, and none where it finds what it compiled before. Node 20 has no cache of its
// own for that (`module.enableCompileCache` came with 22), but `Script` takes one. It is a file beside this one; V8
// looks away from it when another version wrote it, and nothing else depends on it.
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const file = readFileSync(__filename, 'latin1');
const start = '\n/*program\n';
const source = file.slice(file.indexOf(start) + start.length, file.lastIndexOf('*/')).replaceAll('*<>/', '*/');
const program = new Script(source, { filename: __filename, cachedData: compiledBefore() });
module.exports = program;
program.runInThisContext()(require);

function compiledBefore() {
	try {
		return readFileSync(`${__filename}.cache`);
	} catch {
		return undefined;
	}
}

// Runs the built file, and at its end keeps what V8 has compiled by then. Arguments: those of the program.
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { setFlagsFromString } = require('node:v8');

const { program, cache } = require(path.resolve('dist/smokejumper.js'));
process.once('exit', () => {
	// A cache is taken only under the flags it was made with: those a program starts with.
	setFlagsFromString('--wasm-tiering-budget=1800000');
	setFlagsFromString('--interrupt-budget=67584');
	writeFileSync(cache, program.createCachedData());
});

// Runs a built file, and at its end keeps what V8 has compiled by then. Arguments: the file, and those of the program.
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');

const [file] = process.argv.splice(2, 1);
const { program, cache } = require(path.resolve(file));
process.once('exit', () => writeFileSync(cache, program.createCachedData()));

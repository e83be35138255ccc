// Runs the built file, and at its end keeps what V8 has compiled by then. Arguments: those of the program.
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');

const built = path.resolve('dist/smokejumper.js');
const program = require(built);
process.once('exit', () => writeFileSync(`${built}.cache`, program.createCachedData()));

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
// looks away from it when another version wrote it, and nothing else depends on it. What a terminal needs and what a pipe
// needs have little in common, and each has a cache of its own: taking one in takes 13 ms for each megabyte.
//
// undici reads HTTP by WebAssembly. Of its own accord V8 optimises the one large function in it on another thread, which
// takes 80 ms of a processor, and a program that has printed what it has to say waits for it before it ends. Whoever
// loads this file keeps what is compiled, and a cache is taken only under the flags it was made with: those of a start.
//
// What is to be looked at at once is not what is worth optimising: on two processors V8's threads took up to 60 ms from the
// first large trace. In a terminal a function is optimised only after six times as much work as usual. And nearly all of
// a trace stays, which V8's collector learns only by copying it about in a room for the young that it doubles five times:
// where it may grow to its 16 MB at once, a trace of 5,000 spans is open 20 ms sooner, and 40,000 lines are printed 15 ms
// sooner. For those V8's threads are the bottleneck: what reads a line is slow until it is optimised, and with less taken
// into each function that is done 25 ms sooner.
//
// What is still held is marked in steps between those of the program, so that none is long; until there is much, all steps
// together take longer than to mark it at once. Who prints holds little to the end: 40,000 lines are printed 15 ms sooner. In a
// terminal it is so the first time, which mostly comes with the first trace: one of 5,000 spans is open 9 ms sooner.
'use strict';
const { readFileSync } = require('node:fs');
const { PerformanceObserver, constants } = require('node:perf_hooks');
const { isatty } = require('node:tty');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const file = readFileSync(__filename, 'latin1');
const start = '\n/*program\n';
const source = file.slice(file.indexOf(start) + start.length, file.lastIndexOf('*/')).replaceAll('*<>/', '*/');
const isTerminal = isatty(1);
const cache = `${__filename}.${isTerminal ? 'terminal' : 'pipe'}.cache`;
const program = new Script(source, { filename: __filename, cachedData: compiledBefore() });
module.exports = { program, cache };
if (require.main === module) {
	setFlagsFromString('--wasm-tiering-budget=1000000000');
	setFlagsFromString('--semi-space-growth-factor=16');
	setFlagsFromString('--no-incremental-marking');
	if (isTerminal) {
		setFlagsFromString('--interrupt-budget=400000');
		markInStepsLater();
	} else setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}
program.runInThisContext()(require);

function markInStepsLater() {
	const observer = new PerformanceObserver(collected => {
		const isMajor = collected.getEntries().some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR);
		if (!isMajor) return;
		setFlagsFromString('--incremental-marking');
		observer.disconnect();
	});
	observer.observe({ entryTypes: ['gc'] });
}

function compiledBefore() {
	try {
		return readFileSync(cache);
	} catch {
		return undefined;
	}
}

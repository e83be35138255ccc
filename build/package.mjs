// Makes dist/smokejumper-TARGET of dist/smokejumper.js: executables with Node inside, for machines that have none.
// Arguments: the targets; all when there is none. https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { keepCompiled } from './compile-cache.mjs';
import { runtimeOf, runtimes } from './runtimes.mjs';
import { machineOf, withoutSymbols } from './without-symbols.mjs';

const built = 'dist/smokejumper.js';
const here = `${process.platform}-${process.arch}`;
const resource = 'NODE_SEA_BLOB';
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const targets = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(runtimes);
for (const target of [here, ...targets]) {
	if (Object.hasOwn(runtimes, target)) continue;
	throw new Error(`There is no runtime for ${target}, only for ${Object.keys(runtimes).join(' and ')}.`);
}
for (const target of targets) await makeExecutable(target);

async function makeExecutable(target) {
	const work = join('dist/standalone', target);
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	const blob = readFileSync(await blobFor(target, work));
	const executable = `dist/smokejumper-${target}`;
	writeFileSync(executable, withoutSymbols(readFileSync(runtimeOf(target))), { mode: 0o755 });
	inject(executable, join(work, 'blob'));
	check(readFileSync(executable), target, blob);
	const { length } = readFileSync(executable);
	console.log(`${executable}  ${(length / 1e6).toFixed(1)} MB`);
}

/** The program and V8's caches as a resource of the runtime; made by that of this machine, since another cannot be run. */
async function blobFor(target, work) {
	const program = join(work, 'program.js');
	const text = readFileSync(built, 'latin1');
	const start = '\n/*program\n';
	writeFileSync(
		program,
		text.slice(text.indexOf(start) + start.length, text.lastIndexOf('*/')).replaceAll('*<>/', '*/'),
	);
	const blob = join(work, 'blob');
	const config = {
		main: 'build/standalone.cjs',
		output: blob,
		disableExperimentalSEAWarning: true,
		assets: { program, ...(target === here ? await compiled(work) : {}) },
	};
	const configFile = join(work, 'sea-config.json');
	writeFileSync(configFile, JSON.stringify(config));
	execFileSync(runtimeOf(here), ['--experimental-sea-config', configFile], { stdio: ['ignore', 'ignore', 'pipe'] });
	return blob;
}

/** What V8 compiles of it under this very runtime, as assets. */
async function compiled(work) {
	const file = join(work, 'smokejumper.js');
	copyFileSync(built, file);
	writeFileSync(join(work, 'package.json'), '{ "type": "commonjs" }\n');
	await keepCompiled(file, resolve(runtimeOf(here)));
	const kinds = ['terminal', 'pipe'].filter(kind => existsSync(`${file}.${kind}.cache`));
	return Object.fromEntries(kinds.map(kind => [`${kind}.cache`, `${file}.${kind}.cache`]));
}

/** By the program's own command, in a process of its own: what it says of the sections that are gone helps nobody. */
function inject(executable, blob) {
	const postject = createRequire(import.meta.url).resolve('postject/dist/cli.js');
	execFileSync(process.execPath, [postject, executable, resource, blob, '--sentinel-fuse', fuse], {
		stdio: ['ignore', 'ignore', 'pipe'],
	});
}

/** That it is for the right processor, knows of its resource, and holds it whole. */
function check(executable, target, blob) {
	const [, machine] = target.split('-');
	if (machineOf(executable) !== machine) throw new Error(`The executable is not for ${machine}.`);
	if (!executable.includes(`${fuse}:1`)) throw new Error('The runtime does not look for its resource.');
	if (!executable.includes(blob)) throw new Error('The resource is not whole.');
}

// Makes dist/smokejumper-TARGET of dist/smokejumper.js: executables with Node inside, for machines that have none; and
// beside each, in .LICENSES, those of all that is in it: Node's tells of all that Node is made of; and in .cdx.json its bill
// of materials. Nothing is made of packages against which something is known.
// Arguments: the targets; those of Linux when there is none. --without-audit does not ask what is known.
// https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { billOfMaterials } from './bill-of-materials.mjs';
import { keepCompiled } from './compile-cache.mjs';
import { fetchedRuntime, licenceOf, makers, runtimes } from './runtimes.mjs';
import { machineOf, withoutSymbols } from './without-symbols.mjs';

const built = 'dist/smokejumper.js';
const here = `${process.platform}-${process.arch}`;
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const quietly = { stdio: ['ignore', 'ignore', 'pipe'] };

if (!Object.hasOwn(makers, here)) throw new Error(`Executables are made on ${Object.keys(makers).join(' or ')}.`);
if (process.argv.includes('--without-audit')) console.log('Nobody was asked what is known against the packages.');
else if (spawnSync(process.execPath, ['build/audit.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
writeFileSync('dist/smokejumper.cdx.json', `${JSON.stringify(billOfMaterials(), undefined, '\t')}\n`);
const linux = Object.keys(runtimes).filter(target => target.startsWith('linux-'));
const wanted = process.argv.slice(2).filter(word => word !== '--without-audit');
for (const target of wanted.length > 0 ? wanted : linux) {
	if (!Object.hasOwn(runtimes, target)) {
		throw new Error(`There is no runtime for ${target}, only for ${Object.keys(runtimes).join(', ')}.`);
	}
	const executable = `dist/smokejumper-${target}`;
	const work = join('dist/standalone', target);
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	if (target.startsWith('darwin-')) makeForMac(target, executable, work);
	else await makeForLinux(target, executable, work);
	const inside = ['LICENSE', 'dist/THIRD-PARTY-LICENSES', licenceOf(runtimes[target])];
	writeFileSync(
		`${executable}.LICENSES`,
		inside.map(file => readFileSync(file, 'utf8')).join(`\n${'='.repeat(80)}\n\n`),
	);
	const bill = billOfMaterials(runtimes[target]);
	writeFileSync(`${executable}.cdx.json`, `${JSON.stringify(bill, undefined, '\t')}\n`);
	console.log(`${executable}  ${(readFileSync(executable).length / 1e6).toFixed(1)} MB`);
}

/** A resource for the runtime, made by that of this machine, since another cannot be run; then put into it. */
async function makeForLinux(target, executable, work) {
	const blob = join(work, 'blob');
	const config = seaConfig(work, blob, target === here ? await compiled(work) : {});
	execFileSync(fetchedRuntime(runtimes[here]), ['--experimental-sea-config', config], quietly);
	writeFileSync(executable, withoutSymbols(readFileSync(fetchedRuntime(runtimes[target]))), { mode: 0o755 });
	// In a process of its own: what it says of the sections that are gone helps nobody.
	const postject = createRequire(import.meta.url).resolve('postject/dist/cli.js');
	execFileSync(process.execPath, [postject, executable, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse], quietly);
	check(readFileSync(executable), target, readFileSync(blob));
	if (target !== here) return;
	const env = { ...process.env, NODE_OPTIONS: `--require ${resolve('build/cache-taken.cjs')}` };
	execFileSync(executable, ['--version'], { ...quietly, env });
}

/** Node 26 does it in one. The runtime's signature does not survive that, and a new one can only be made on a Mac. */
function makeForMac(target, executable, work) {
	const config = seaConfig(work, executable, {}, fetchedRuntime(runtimes[target]));
	execFileSync(fetchedRuntime(makers[here]), ['--build-sea', config], quietly);
	console.log(`${executable} runs once it is signed, on a Mac: codesign --sign - smokejumper-${target}`);
}

/** The path of what tells Node what to put together. */
function seaConfig(work, output, caches, executable) {
	const program = join(work, 'program.js');
	const text = readFileSync(built, 'latin1');
	const start = '\n/*program\n';
	writeFileSync(
		program,
		text.slice(text.indexOf(start) + start.length, text.lastIndexOf('*/')).replaceAll('*<>/', '*/'),
	);
	const config = join(work, 'sea-config.json');
	const assets = { program, ...caches };
	const parts = { main: 'build/standalone.cjs', output, executable, disableExperimentalSEAWarning: true, assets };
	writeFileSync(config, JSON.stringify(parts));
	return config;
}

/** What V8 compiles of it under this very runtime, as assets. */
async function compiled(work) {
	const file = join(work, 'smokejumper.js');
	copyFileSync(built, file);
	writeFileSync(join(work, 'package.json'), '{ "type": "commonjs" }\n');
	await keepCompiled(file, resolve(fetchedRuntime(runtimes[here])));
	const kinds = ['terminal', 'pipe'].filter(kind => existsSync(`${file}.${kind}.cache`));
	return Object.fromEntries(kinds.map(kind => [`${kind}.cache`, `${file}.${kind}.cache`]));
}

/** That it is for the right processor, looks for its resource, and holds it whole. */
function check(executable, target, blob) {
	const [, machine] = target.split('-');
	if (machineOf(executable) !== machine) throw new Error(`The executable is not for ${machine}.`);
	if (!executable.includes(`${fuse}:1`)) throw new Error('The runtime does not look for its resource.');
	if (!executable.includes(blob)) throw new Error('The resource is not whole.');
}

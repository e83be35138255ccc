// Makes dist/smokejumper.js: the whole program in one file, with React's production build, for any Node >= 20.19.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundledPackages } from './bill-of-materials.mjs';
import { keepCompiled } from './compile-cache.mjs';
import { packagesIn, thirdPartyLicences } from './licences.mjs';
import { slim } from './slim.mjs';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

const { outputFiles, metafile } = await build({
	entryPoints: ['src/cli/main.ts'],
	write: false,
	metafile: true,
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20.19',
	// V8's cache needs a `Script`, in which `import()` finds nobody to load for it: it becomes `require`.
	supported: { 'dynamic-import': false },
	legalComments: 'none',
	define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version) },
	plugins: [slim],
	logLevel: 'warning',
});
const [{ text: bundled }] = outputFiles;

// A source of pure ASCII takes half the memory and is read faster; esbuild leaves patterns as they are.
const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const source = bundled.replaceAll(/[^\0-\x7f]/g, escaped);
if (source.includes('*<>/'))
	throw new Error('The bundle holds *<>/, which the launcher reads as the end of a comment.');
const program = source.replaceAll('*/', '*<>/');
const launcher = await readFile('build/launcher.cjs', 'utf8');
const outfile = 'dist/smokejumper.js';
await mkdir('dist', { recursive: true });
// The package is of ES modules, which Node starts 4 ms later than scripts.
await writeFile('dist/package.json', '{ "type": "commonjs" }\n');
// V8 tells sources apart by their length alone: what an earlier build left must not be taken for this one's.
for (const kind of ['terminal', 'pipe']) await rm(`${outfile}.${kind}.cache`, { force: true });
await writeFile(outfile, `#!/usr/bin/env node\n${launcher}/*program\n(function(require){${program}\n})*/\n`);
await chmod(outfile, 0o755);
const packages = packagesIn(metafile);
await writeFile('dist/THIRD-PARTY-LICENSES', thirdPartyLicences(packages));
await writeFile(bundledPackages, JSON.stringify(packages.map(({ name, version }) => `${name}@${version}`)));
await keepCompiled(outfile);
await writeFile('dist/smokejumper.1', execFileSync(process.execPath, [outfile, 'man']));

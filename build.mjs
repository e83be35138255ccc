// Makes dist/smokejumper.js: the whole program in one file, with React's production build, for any Node >= 20.19.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

/** Packages carry things that this program does not use; each costs start-up, and is left out or replaced. */
const slim = {
	name: 'slim',
	setup({ onLoad, onResolve }) {
		const replace = (filter, contents) => {
			onResolve({ filter }, ({ path }) => ({ path, namespace: 'replaced', pluginData: contents }));
		};
		onLoad({ filter: /.*/, namespace: 'replaced' }, ({ pluginData }) => ({
			contents: pluginData,
			resolveDir: import.meta.dirname,
		}));
		// The React devtools are an optional import of Ink that bundlers take for a real one.
		replace(/^react-devtools-core$/, 'export default {}');
		onLoad({ filter: /ink\/build\/devtools\.js$/ }, () => ({ contents: 'export {}' }));
		// Yoga's loader fetches its own data: URL when there is a fetch, and Node's fetch loads all of undici.
		onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
		}));
		// Ink measures and cuts text with packages that load ICU's segmenter and compile emoji patterns: 35 ms in all.
		// Ours does it as we paint. Nothing is sliced: that is for Ink's own renderer, which never runs here.
		replace(
			/^string-width$/,
			`import stripAnsi from 'strip-ansi';
			import { widthOf } from './src/terminal/width.ts';
			export default text => widthOf(stripAnsi(text));`,
		);
		replace(
			/^cli-truncate$/,
			`import stripAnsi from 'strip-ansi';
			import { fit } from './src/terminal/width.ts';
			export default (text, columns) => fit(stripAnsi(text), columns);`,
		);
		replace(/^slice-ansi$/, 'export default text => text;');
		// Only for schemas and migrations of `conf`, of which profiles have none: a tenth of the bundle.
		replace(/^ajv\/dist\/2020\.js$/, 'export class Ajv2020 {}');
		replace(/^(?:ajv-formats|semver)$/, 'export default {}');
	},
};

const outfile = 'dist/smokejumper.js';
await build({
	entryPoints: ['src/cli/main.ts'],
	outfile,
	bundle: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20.19',
	legalComments: 'none',
	define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version) },
	banner: {
		js: "#!/usr/bin/env node\nimport{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
	},
	plugins: [slim],
	logLevel: 'warning',
});
// A source of pure ASCII takes half the memory and is read faster; esbuild leaves patterns as they are.
const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
await writeFile(outfile, (await readFile(outfile, 'utf8')).replaceAll(/[^\0-\x7f]/g, escaped));
await chmod(outfile, 0o755);

// Makes dist/smokejumper.js: the whole program in one file, with React's production build, for any Node >= 20.19.
import { chmod, readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));

/** Ink and Yoga carry things a terminal program does not need; each costs start-up. */
const slimInk = {
	name: 'slim-ink',
	setup({ onLoad, onResolve }) {
		// The React devtools are an optional import of Ink that bundlers take for a real one.
		onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: 'devtools', namespace: 'empty' }));
		onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {}' }));
		onLoad({ filter: /ink\/build\/devtools\.js$/ }, () => ({ contents: 'export {}' }));
		// Yoga's loader fetches its own data: URL when there is a fetch, and Node's fetch loads all of undici.
		onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
		}));
	},
};

await build({
	entryPoints: ['src/cli/main.ts'],
	outfile: 'dist/smokejumper.js',
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
	plugins: [slimInk],
	logLevel: 'warning',
});
await chmod('dist/smokejumper.js', 0o755);

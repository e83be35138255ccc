import { readFile } from 'node:fs/promises';

/** Packages carry things that this program does not use; each costs start-up, and is left out or replaced. */
export const slim = {
	name: 'slim',
	setup({ onLoad, onResolve, resolve }) {
		const replace = (filter, contents) => {
			onResolve({ filter }, ({ path }) => ({ path, namespace: 'replaced', pluginData: contents }));
		};
		onLoad({ filter: /.*/, namespace: 'replaced' }, ({ pluginData }) => ({
			contents: pluginData,
			resolveDir: `${import.meta.dirname}/..`,
		}));
		// Ink waits for its developers' tools, of which nothing is in the bundle; a script cannot wait at its top.
		onLoad({ filter: /ink\/build\/utils\.js$/ }, () => ({ contents: 'export const isDev = () => false;' }));
		onLoad({ filter: /ink\/build\/devtools\.js$/ }, () => ({ contents: 'export {}' }));
		onLoad({ filter: /ink\/build\/reconciler\.js$/ }, async ({ path }) => ({
			contents: (await readFile(path, 'utf8')).replaceAll(/\bawait (?=import\(|loadPackageJson\()/g, ''),
		}));
		// Yoga waits for its WebAssembly to be compiled on another thread; of this size it is there sooner on ours.
		onLoad({ filter: /yoga-layout\/dist\/src\/index\.js$/ }, async ({ path }) => ({
			contents: await promptYoga(path),
		}));
		onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
			contents: (await readFile(path, 'utf8')).replace(wasmUrl, ''),
		}));
		// Ink measures and cuts text with packages that load ICU's segmenter and compile emoji patterns: 35 ms in all.
		// Ours does it as we paint.
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
		// Ink's own renderer never runs here, and what it is made of starts a segmenter too: 15 ms.
		onLoad({ filter: /ink\/build\/renderer\.js$/ }, () => ({
			contents: `export default () => ({ output: '', outputHeight: 0, staticOutput: '' });`,
		}));
		// Ink's picture of an error and its guess at a size that the stream does not tell load
		// processes, datagrams and the module loader of Node between them.
		onLoad({ filter: /ink\/build\/components\/ErrorOverview\.js$/ }, () => ({
			contents: 'export default () => null;',
		}));
		replace(/^terminal-size$/, 'export default () => ({ columns: 80, rows: 24 });');
		// Of AWS' signing, the modules: of its scripts, which Node is given, nothing can be left out: 138 kB.
		onResolve(
			{ filter: /^@smithy\/(?:signature-v4|hash-node|shared-ini-file-loader)$/ },
			({ path, resolveDir, kind }) => resolve(`${path}/dist-es/index.js`, { resolveDir, kind }),
		);
		// The terminal is ours to give back, whatever ends the program; and ours to take drafts away.
		replace(/^(?:signal-exit|when-exit)$/, 'export default () => () => {};');
		// HTTP/2 is never offered to a server (`allowH2`), and Node's loads its secure sockets and streams over again: 15 ms.
		onLoad({ filter: /undici\/lib\/dispatcher\/client-h2\.js$/ }, () => ({
			contents: `module.exports = () => { throw new Error('HTTP/2 was agreed on, which was not offered.'); };`,
		}));
		// Only for schemas and migrations of `conf`, of which profiles have none: a tenth of the bundle.
		replace(/^ajv\/dist\/2020\.js$/, 'export class Ajv2020 {}');
		replace(/^(?:ajv-formats|semver)$/, 'export default {}');
	},
};

/** Yoga's WebAssembly, as its loader carries it. */
const wasmUrl = /data:application\/octet-stream;base64,([A-Za-z\d+/=]+)/;

/** Yoga's entry, which instantiates the WebAssembly before anyone asks for it. */
async function promptYoga(entry) {
	const loader = await readFile(new URL('../binaries/yoga-wasm-base64-esm.js', `file://${entry}`), 'utf8');
	const [, base64] = wasmUrl.exec(loader);
	const source = await readFile(entry, 'utf8');
	return `${source.replace('await loadYoga()', 'promptly()')}
		function promptly() {
			const yoga = {
				instantiateWasm(imports, done) {
					const bytes = Buffer.from('${base64}', 'base64');
					const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
					done(instance);
					return instance.exports;
				},
			};
			loadYoga(yoga);
			return yoga;
		}`;
}

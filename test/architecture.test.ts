import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What each folder of `src` may import, besides itself. An arrow that is not here does not exist. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	model: [],
	analysis: ['model'],
	investigation: ['model', 'analysis'],
	terminal: ['model'],
	widgets: ['model', 'analysis', 'terminal'],
	screens: ['model', 'analysis', 'investigation', 'terminal', 'widgets'],
	app: ['model', 'analysis', 'investigation', 'terminal', 'widgets', 'screens'],
	backends: ['model'],
	demo: ['model', 'analysis', 'backends'],
	cli: ['model', 'analysis', 'investigation', 'terminal', 'widgets', 'screens', 'app', 'backends', 'demo'],
};

/** Packages, each with the folders that may know it. */
const packages: Readonly<Record<string, readonly string[]>> = {
	ink: ['terminal', 'app'],
	react: ['terminal', 'widgets', 'screens', 'app'],
	undici: ['backends', 'demo', 'cli'],
	zod: ['backends', 'cli'],
	conf: ['cli'],
	yaml: ['cli'],
	commander: ['cli'],
	'@smithy/signature-v4': ['cli'],
	'@smithy/hash-node': ['cli'],
	'@smithy/shared-ini-file-loader': ['cli'],
	'@prometheus-io/lezer-promql': ['analysis', 'demo'],
	'@grafana/lezer-logql': ['analysis', 'demo'],
	'@grafana/lezer-traceql': ['analysis', 'demo'],
};

/** Names of rooms that mean nothing. */
const lockedRooms = ['utils', 'helpers', 'hooks', 'types', 'common', 'services'];

type File = { readonly path: string; readonly folder: string; readonly text: string };

const files: readonly File[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
	.map(name => ({ path: `src/${name}`, folder: name.split('/')[0] ?? '', text: readFileSync(`src/${name}`, 'utf8') }));

const importsOf = ({ text }: File): readonly string[] =>
	[...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, specifier = '']) => specifier);

const folderOf = (specifier: string, { path }: File): string =>
	new URL(specifier, `file:///${path}`).pathname.split('/')[2] ?? '';

const linesOf = (text: string): number => text.split('\n').length - 1;

test('dependencies point one way', () => {
	const forbidden = files.flatMap(file =>
		importsOf(file)
			.filter(specifier => specifier.startsWith('.'))
			.map(specifier => folderOf(specifier, file))
			.filter(target => target !== file.folder && !allowed[file.folder]?.includes(target))
			.map(target => `${file.path} → ${target}`),
	);
	expect(forbidden).toEqual([]);
	expect(files.length).toBeGreaterThan(100);
});

test('each package is known to the folders that need it, and to no other', () => {
	const strangers = files.flatMap(file =>
		importsOf(file).flatMap(specifier => {
			const name = Object.keys(packages).find(each => specifier === each || specifier.startsWith(`${each}/`));
			return name === undefined || packages[name]?.includes(file.folder) ? [] : [`${file.path} → ${name}`];
		}),
	);
	expect(strangers).toEqual([]);
});

test('model imports no package and no part of Node', () => {
	const imports = files.filter(({ folder }) => folder === 'model').flatMap(importsOf);
	expect(imports.filter(specifier => !specifier.startsWith('./'))).toEqual([]);
});

test('analysis and investigation see no clock, no socket and no terminal', () => {
	const seers = files
		.filter(({ folder }) => folder === 'analysis' || folder === 'investigation')
		.filter(
			file =>
				/\bDate\.now\(|performance\.now\(|\bsetTimeout\(|\bprocess\.(?:env|argv|std|on|exit|hrtime)/.test(file.text) ||
				importsOf(file).some(specifier => specifier.startsWith('node:') && specifier !== 'node:util'),
		);
	expect(seers.map(({ path }) => path)).toEqual([]);
});

/**
 * The demo's logs hold hostile lines on purpose: they are what the terminal layer must not obey. `seen-text.ts` reads
 * sequences away, so that the colour of a key does not hide the secret behind it.
 */
test('only the terminal writes escape sequences', () => {
	const writers = files.filter(
		({ folder, path, text }) =>
			!['terminal', 'demo'].includes(folder) && path !== 'src/analysis/seen-text.ts' && /\\x1b|\\u001b/i.test(text),
	);
	expect(writers.map(({ path }) => path)).toEqual([]);
});

test('nothing below cli reads the environment', () => {
	const readers = files.filter(({ folder, text }) => folder !== 'cli' && /process\.env|process\.argv/.test(text));
	expect(readers.map(({ path }) => path)).toEqual([]);
});

test('no file is longer than 400 lines, and half of them are shorter than 100', () => {
	const lengths = files.map(({ path, text }) => ({ path, lines: linesOf(text) })).sort((a, b) => a.lines - b.lines);
	expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
	expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThan(100);
});

test('there is no room where things go to be lost', () => {
	expect(files.filter(({ path }) => path.split('/').some(part => lockedRooms.includes(part)))).toEqual([]);
});

test('nothing in src loosens the types or silences the linter', () => {
	const loose = files.filter(({ text }) => /\bas any\b|: any\b|@ts-ignore|@ts-expect-error|biome-ignore/.test(text));
	expect(loose.map(({ path }) => path)).toEqual([]);
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { givenBack, type Program, startProgram } from '../helpers/program.ts';

vi.setConfig({ testTimeout: 60_000 });

const canary = 'tide4711harbour';

/** Ways in which the screen of a service is broken, by the word in `BREAK`. */
const faults = `
	const broken = () => new Error('Authorization: Bearer ${canary} came back');
	if (process.env.BREAK === 'render') throw broken();
	if (process.env.BREAK === 'elsewhere') setTimeout(() => { throw broken(); });
	if (process.env.BREAK === 'promise') void Promise.reject(broken());
`;
const sheetFault = `if (process.env.BREAK_SHEET === '1') throw new Error('the sheet broke');`;

/** The program, but for a mistake in one screen, and one in the sheet. */
const mistaken: Plugin = {
	name: 'mistaken',
	setup(bundler) {
		bundler.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
		bundler.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default {}' }));
		bundler.onLoad({ filter: /src\/screens\/service\/view\.tsx$/ }, ({ path }) => broken(path, 'ServiceView', faults));
		bundler.onLoad({ filter: /src\/app\/crash-sheet\.tsx$/ }, ({ path }) => broken(path, 'paintCrash', sheetFault));
	},
};

/** The source of a module whose function begins with something else. */
function broken(path: string, name: string, fault: string): { readonly contents: string; readonly loader: 'tsx' } {
	const text = readFileSync(path, 'utf8');
	const head = new RegExp(`function ${name}\\([^)]*\\): \\w+ \\{\\n`);
	if (!head.test(text)) throw new Error(`${path} has no ${name} to break`);
	return { contents: text.replace(head, found => `${found}${fault}`), loader: 'tsx' };
}

const bundle = 'dist/broken.mjs';

beforeAll(async () => {
	await build({
		entryPoints: ['src/cli/main.ts'],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		jsx: 'automatic',
		define: { 'process.env.NODE_ENV': '"production"', __VERSION__: '"1.2.3"' },
		plugins: [mistaken],
		banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
		logLevel: 'silent',
	});
});

type Run = { readonly program: Program; readonly reports: () => readonly string[] };

async function opened(env: Readonly<Record<string, string>>): Promise<Run> {
	const home = emptyFolder();
	const folder = join(home, 'state', 'smokejumper', 'crashes');
	const program = startProgram({
		file: bundle,
		args: ['demo'],
		columns: 110,
		env: { ...env, HOME: home, XDG_STATE_HOME: join(home, 'state') },
	});
	await program.sees('ConciergeBookingEr');
	const reports = () =>
		readdirSync(folder).map(name => {
			expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
			return readFileSync(join(folder, name), 'utf8');
		});
	return { program, reports };
}

describe.runIf(process.platform === 'linux')('a program with a mistake in one screen', () => {
	test('goes on without it', async () => {
		const { program, reports } = await opened({ BREAK: 'render' });
		program.presses('enter');
		await program.sees('This screen failed while it was laid out.');
		await program.sees(/crash-\d{8}T\d{6}Z-\d\d\.txt/);
		program.presses('escape');
		await program.sees('enter panels');
		program.presses('enter');
		await program.sees('This screen failed');
		program.presses('R');
		await expect.poll(() => reports().length).toBe(3);
		program.presses('q');
		await program.sees('enter panels');
		program.presses('q');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
		expect(program.raw()).not.toContain(canary);
		const [report = ''] = reports();
		expect(reports()).toHaveLength(3);
		expect(report).toMatch(/^version {3}1\.2\.3$/m);
		expect(report).toMatch(/^address {3}smokejumper service concierge /m);
		expect(report).toMatch(/TERM=xterm-256color/);
		expect(report).toMatch(/ key enter$/m);
		expect(report).toContain('ServiceView');
		expect(reports().join('\n')).not.toContain(canary);
	});

	test.each([
		['the sheet too is broken', { BREAK: 'render', BREAK_SHEET: '1' }, 'Error: the sheet broke'],
		['it breaks outside of screens', { BREAK: 'elsewhere' }, 'Error: Authorization: Bearer [redacted'],
		['a promise is broken', { BREAK: 'promise' }, 'Error: Authorization: Bearer [redacted'],
	])('ends in one sentence, its terminal given back, where %s', async (_, env, words) => {
		const { program, reports } = await opened(env);
		program.presses('enter');
		expect(await program.exited).toBe(1);
		await expect.poll(program.modes).toEqual(givenBack);
		const said = program.screen().join('').trim();
		expect(said).toMatch(/^smokejumper: It broke and has ended \(.*\)\. The report, without secrets, is .*\.txt\.$/);
		expect(said).toContain(words);
		expect(program.raw()).not.toContain(canary);
		expect(reports().join('\n')).not.toContain(canary);
	});
});

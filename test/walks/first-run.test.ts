import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { firstSetup } from '../../src/app/profiles.ts';
import { profilesPort } from '../../src/cli/profiles/profile-port.ts';
import { openProfileStore } from '../../src/cli/profiles/profile-store.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { makeCertificates } from '../backends/ways/certificates.ts';
import { serveSecurely } from '../backends/ways/servers.ts';
import { emptyFolder } from '../cli/folder.ts';
import { demoWorld } from '../helpers/demo.ts';
import { serveDemo } from '../helpers/demo-on-loopback.ts';
import { serveGrafana, token } from '../helpers/grafana.ts';
import { type Operator, type OperatorOptions, operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 60_000 });

const canary = 'tide-4711';

type FirstRunOptions = { readonly broken?: boolean; readonly env?: NodeJS.ProcessEnv } & Pick<
	OperatorOptions,
	'columns' | 'rows' | 'theme'
>;

/** The program where nothing is configured, with a folder of its own for profiles. */
function firstRun({ broken = false, env = {}, ...look }: FirstRunOptions = {}) {
	const folder = join(emptyFolder(), 'smokejumper');
	if (broken) writeFileSync(folder, 'a file stands where the folder should be');
	const path = join(folder, 'profiles.json');
	const store = openProfileStore(path);
	const world = demoWorld();
	const opened: string[] = [];
	const operator = operate({
		...world,
		...look,
		word: 'smokejumper',
		readOnly: false,
		setup: firstSetup([]),
		profiles: profilesPort({
			store,
			env,
			now: Date.now,
			open: async name => {
				if (name !== 'demo' && !Object.hasOwn(store.read().profiles, name)) {
					throw new UsageError(`There is no profile called ${name}.`, 'Profiles are main and demo.');
				}
				opened.push(name);
				const banner = { word: name, production: false, readOnly: true };
				return { banner, lacks: [], ...(name === 'demo' ? {} : { profile: name }) };
			},
		}),
	});
	return { operator, path, opened, pastes: (text: string) => operator.store.send({ type: 'pasted', text }) };
}

/** The words, wherever a row ends between them. */
const inRows = (words: string): RegExp => new RegExp(words.replaceAll('.', '\\.').replaceAll(' ', '\\s+'));

const quits = ({ effects }: Operator) => effects.some(({ type }) => type === 'quit');

describe('exact frames', () => {
	test.each([
		['80', 80, 24, true],
		['60', 60, 15, true],
		['200', 200, 60, true],
		['ascii', 80, 24, false],
	])('%s', async (name, columns, rows, unicode) => {
		const { operator, pastes } = firstRun({ columns, rows, theme: createTheme('none', unicode) });
		pastes('127.0.0.1:1');
		await operator.sees('refused the connection');
		await expect(`${operator.frame()}\n`).toMatchFileSnapshot(`frames/first-run-${name}.txt`);
	});
});

describe('the first run', () => {
	test('leads by one address and enter to the alerts', async () => {
		const { urls } = await serveDemo();
		const { operator, path, opened, pastes } = firstRun();
		await operator.sees('Paste an address of what you have.');
		pastes(`${urls.prometheus}/graph?g0.expr=up`);
		await operator.sees(/✓ Prometheus 3\.5\.3, /);
		expect(operator.frame()).toContain(`Prometheus   ${urls.prometheus}\n`);
		operator.presses('enter');
		await operator.sees('ConciergeBookingErrors');
		expect(opened).toEqual(['main']);
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
			current: 'main',
			profiles: { main: { prometheus: { url: urls.prometheus }, readOnly: true } },
		});
	});

	test('tests each address as it is typed, and what lets in when that is left', async () => {
		const { urls, asked } = await serveDemo({ letsIn: ({ headers }) => headers.authorization === `Bearer ${canary}` });
		const { operator, path } = firstRun();
		operator.types(urls.prometheus.replace('http://', ''));
		await operator.sees('✗ Prometheus at 127.0.0.1');
		await operator.sees('401');
		operator.presses(...Array(4).fill('tab'), 'right', 'right');
		operator.presses('left', 'tab').types(canary);
		expect(asked.filter(({ authorization }) => authorization !== '')).toEqual([]);
		expect(operator.frame()).not.toContain(canary);
		operator.presses('tab');
		await operator.sees('✓ Prometheus 3.5.3');
		expect(new Set(asked.map(({ authorization }) => authorization))).toEqual(new Set(['', `Bearer ${canary}`]));
		operator.presses('enter');
		await operator.sees('ConciergeBookingErrors');
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
			profiles: { main: { prometheus: { auth: { type: 'bearer', token: canary } } } },
		});
	});

	test('leads by a page of Grafana and its token to the alerts', async () => {
		const { url } = await serveGrafana({ now: Date.now });
		const { operator, path, pastes } = firstRun();
		pastes(`${url}/explore?orgId=1&panes=%7B%7D`);
		await operator.sees('which stands before all of them.');
		await operator.sees('✗ Grafana at 127.0.0.1');
		operator.presses('tab', 'tab');
		pastes(token);
		await operator.sees(/✓ .*Grafana/);
		expect(operator.frame()).not.toContain(token);
		operator.presses('enter');
		await operator.sees('ConciergeBookingErrors');
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
			profiles: { main: { grafana: { url, auth: { type: 'bearer', token } } } },
		});
	});

	test('behind an authority of the company asks for its file, and leads by that to the alerts', async () => {
		const pem = makeCertificates();
		onTestFinished(pem.remove);
		const { urls } = await serveDemo();
		const url = await serveSecurely({ cert: pem.read('good.pem'), key: pem.read('good.key') }, (message, response) => {
			const { url: path = '/', method, headers } = message;
			const onward = request(`${urls.prometheus}${path}`, { method, headers }, answer => {
				response.writeHead(answer.statusCode ?? 500, answer.headers);
				answer.pipe(response);
			});
			message.pipe(onward);
		});
		const { operator, path, pastes } = firstRun({ env: { HOME: pem.folder } });
		expect(operator.frame()).not.toContain('CA file');
		pastes(url);
		await operator.sees(inRows('name its file in the line CA file.'));
		expect(operator.frame()).toContain('trusted here (Quayside Root)');
		operator.presses('enter').types('~/nowhere.pem').presses('tab', 'shift+tab');
		operator.presses(...Array(4).fill('shift+tab'));
		await operator.sees(inRows('nowhere.pem does not exist. Check the line CA file'));
		operator
			.presses(...Array(4).fill('tab'), 'ctrl+u')
			.types('~/ca.pem')
			.presses('tab');
		await operator.sees('● Prometheus 3.5.3');
		operator.presses('enter');
		await operator.sees('ConciergeBookingErrors');
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
			profiles: { main: { prometheus: { url, tls: { ca: '~/ca.pem' } } } },
		});
	});

	test('says what is wrong, and saves it all the same when that is wanted', async () => {
		const { operator, opened, pastes } = firstRun();
		pastes('127.0.0.1:1');
		await operator.sees('✗ Prometheus at 127.0.0.1:1');
		operator.presses('enter');
		await operator.sees('enter again saves it');
		operator.presses('enter');
		await operator.loses('first run');
		expect(opened).toEqual(['main']);
	});

	test('leaves with esc, and nothing is written', async () => {
		const { operator, path, pastes } = firstRun();
		pastes('127.0.0.1:1');
		await operator.sees('✗ Prometheus at 127.0.0.1:1');
		operator.presses('escape');
		expect(quits(operator)).toBe(true);
		expect(existsSync(path)).toBe(false);
	});

	test('shows the demo at a key, and writes nothing', async () => {
		const { operator, path, opened } = firstRun();
		operator.presses('ctrl+d');
		await operator.sees('ConciergeBookingErrors');
		expect(opened).toEqual(['demo']);
		expect(existsSync(path)).toBe(false);
	});

	test('keeps what was typed where it cannot be written, and says so', async () => {
		const { urls } = await serveDemo();
		const { operator, pastes } = firstRun({ broken: true });
		pastes(urls.prometheus);
		await operator.sees('✓ Prometheus 3.5.3');
		operator.presses('enter');
		await operator.sees('The profiles cannot be written to');
		expect(operator.frame()).toContain(urls.prometheus);
	});
});

test('profiles are added, opened, copied, renamed and removed without leaving the program', async () => {
	const { urls } = await serveDemo();
	const { operator, path, opened, pastes } = firstRun();
	pastes(urls.prometheus);
	operator.presses('enter');
	await operator.sees('ConciergeBookingErrors');
	operator.presses(':').types('profile').presses('enter');
	await operator.sees('main  prometheus 127.0.0.1');
	operator.presses('a');
	pastes(urls.prometheus);
	operator.presses('tab', 'tab');
	pastes(urls.loki);
	await operator.sees('✓ Loki');
	operator.presses('enter');
	await operator.sees(/^ main-2 .*alerts/m);
	operator.presses(':').types('profile').presses('enter');
	await operator.sees('main-2  prometheus 127.0.0.1');
	operator.presses('r', 'ctrl+u').types('quay').presses('enter');
	await operator.sees(/^ quay .*alerts/m);
	operator.presses(':').types('profile').presses('enter');
	await operator.sees('▌quay');
	operator.presses('k', 'd', 'tab', 'enter');
	await operator.sees('Removed main.');
	expect(opened).toEqual(['main', 'main-2', 'quay']);
	expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).profiles)).toEqual(['quay']);
	operator.presses('escape');
	await operator.sees('ConciergeBookingErrors');
	operator.presses(':').types('profile main').presses('enter');
	await operator.sees('There is no profile called main.');
	expect(operator.frame()).toContain(' quay  RO');
});

import { describe, expect, test } from 'vitest';
import { draftOf, emptyForm, formOfSaved, nameOf } from '../../../src/screens/profiles/form.ts';
import { openChecks, wantedChecks } from '../../../src/screens/profiles/form-checks.ts';
import { pressedInForm, unsavedForm } from '../../../src/screens/profiles/form-keys.ts';
import { setupHints } from '../../../src/screens/profiles/setup.ts';
import { answered, drawn, filledIn, firstForm, formIn, isOut, isWell, mole, quay, said } from './fill-in.ts';

const canary = 'tide-4711';
const looks = (form: Parameters<typeof wantedChecks>[0]) =>
	wantedChecks(form).map(({ backend, draft, isTyped }) => ({
		backend,
		url: draft.urls[backend],
		auth: draft.auth,
		secret: draft.secret,
		isTyped,
	}));

describe('exact frames', () => {
	const filled = formIn(
		answered(
			filledIn(
				firstForm(),
				'paste http://metrics.example:9090',
				'tab',
				'tab',
				'paste http://logs.example:3100',
				...['tab', 'tab', 'right', 'right', 'tab', '"mira', 'tab', `"${canary}`, 'tab'],
			),
			backend =>
				backend === 'loki' ? { ...isOut, words: 'Loki at logs.example:3100 refused the token (401).' } : isWell,
		),
	);
	test.each([
		['empty-80', firstForm(), 80, 20],
		['filled-80', filledIn(filled, 'shift+tab', 'shift+tab', 'shift+tab', 'shift+tab', 'shift+tab'), 80, 20],
		['filled-60', filledIn(filled, 'shift+tab', 'shift+tab', 'shift+tab', 'shift+tab', 'shift+tab'), 60, 11],
		['bottom-60', filledIn(filled, 'tab', 'tab', 'tab'), 60, 11],
		['filled-200', filled, 200, 56],
		['grafana-80', filledIn(firstForm(), 'shift+tab', 'right', 'tab', '"grafana.example', 'tab', 'tab'), 80, 20],
		['edited-80', formOfSaved(quay, ['quay', 'mole']), 80, 20],
	] as const)('%s', async (name, form, width, height) => {
		await expect(drawn(form, width, height)).toMatchFileSnapshot(`frames/form-${name}.txt`);
	});

	test.each([
		[80, 20],
		[60, 11],
	])('what is wrong is told to its end at %i columns and %i rows, with the line that it is about', (width, height) => {
		const next = `${'Check the network, the VPN and the proxies on the way to it. '.repeat(3)}Then try again.`;
		const typed = filledIn(firstForm(), 'paste http://metrics.example:9090');
		const form = formIn(answered(typed, { ...isOut, next }));
		const frame = drawn(form, width, height);
		expect(frame.replaceAll(/\s+/g, ' ')).toContain(next);
		expect(frame).toContain('▌Prometheus   http://metrics.example:9090');
	});

	test('without Unicode', async () => {
		const frame = drawn(filled, 80, 20, false);
		expect(frame).toMatch(/^[\n\x20-\x7e]*$/);
		await expect(frame).toMatchFileSnapshot('frames/form-ascii.txt');
	});
});

describe('an address', () => {
	test('is looked at as it is typed, and once it is left as it will be saved', () => {
		const typed = filledIn(firstForm(), '"metrics.example:9090');
		expect(looks(typed)).toEqual([
			{ backend: 'prometheus', url: 'http://metrics.example:9090', auth: 'none', secret: '', isTyped: true },
		]);
		expect(looks(filledIn(typed, 'tab'))).toMatchObject([{ url: 'http://metrics.example:9090', isTyped: false }]);
	});

	test('that is pasted is whole', () => {
		const form = filledIn(firstForm(), 'paste http://m.example/prom/api/v1/query?query=up\n');
		expect(form.texts.prometheus.text).toBe('http://m.example/prom');
		expect(looks(form)).toMatchObject([{ isTyped: false }]);
	});

	test('of Grafana goes to its own line, and wants a token', () => {
		const form = filledIn(firstForm(), 'paste https://g.example/grafana/explore?panes=%7B%7D');
		expect(form).toMatchObject({ way: 'grafana', auth: 'bearer', focus: 'grafana' });
		expect(draftOf(form).urls).toEqual({ grafana: 'https://g.example/grafana' });
		expect(said(form)).toContain('It wants a token.');
	});

	test('gives its user and password to the lines of auth, where they are not seen', () => {
		const form = filledIn(firstForm(), `paste https://mira:${canary}@m.example/prom`);
		expect(draftOf(form)).toMatchObject({ auth: 'basic', user: 'mira', secret: canary });
		expect(drawn(form)).not.toContain(canary);
	});

	test('of several Alertmanagers stays as it is typed', () => {
		const form = filledIn(firstForm(), 'tab', '"am-1:9093, am-2:9093', 'tab');
		expect(draftOf(form).urls.alertmanager).toBe('am-1:9093, am-2:9093');
	});

	test('of traces is that of Tempo or of Jaeger', () => {
		const form = filledIn(firstForm(), 'tab', 'tab', 'tab', 'ctrl+t', 'paste t.example:16686');
		expect(draftOf(form).urls).toMatchObject({ jaeger: 'http://t.example:16686' });
		expect(setupHints(form).map(({ label }) => label)).toContain('Tempo instead');
	});
});

describe('a secret', () => {
	const withToken = filledIn(
		firstForm(),
		...['paste http://m.example:9090', 'shift+tab', 'up', 'up', 'up', 'up', 'up', 'right', 'tab', `"${canary}`],
	);

	test('is masked while it is typed, and a place where one is is not', () => {
		expect(withToken).toMatchObject({ focus: 'secret', auth: 'bearer' });
		expect(drawn(withToken)).not.toContain(canary);
		expect(drawn(withToken)).toContain('*'.repeat(canary.length));
		expect(drawn(filledIn(withToken, 'ctrl+u', '"env:PROM_TOKEN'))).toContain('env:PROM_TOKEN');
	});

	test('is sent when its line is left, and half of it to nobody', () => {
		expect(looks(withToken)).toMatchObject([{ auth: 'none', secret: '' }]);
		expect(looks(filledIn(withToken, 'tab'))).toMatchObject([{ auth: 'bearer', secret: canary }]);
	});

	test('is not sent to an address that is being typed', () => {
		const form = filledIn(withToken, 'tab', ...Array(6).fill('up'), 'end', '"/x');
		expect(form.focus).toBe('prometheus');
		expect(looks(form)).toEqual([
			{ backend: 'prometheus', url: 'http://m.example:9090/x', auth: 'none', secret: '', isTyped: true },
		]);
	});

	test('that is saved is not shown and stays, but is not sent to an address that is being typed', () => {
		const form = formOfSaved(quay, ['quay']);
		expect(drawn(form)).toContain('(as saved)');
		expect(wantedChecks(form).map(({ draft }) => draft.was)).toEqual(['quay', 'quay']);
		const typed = wantedChecks(filledIn(form, '"x'));
		expect(typed.map(({ draft }) => [draft.was, draft.auth])).toEqual([
			[undefined, 'none'],
			['quay', 'bearer'],
		]);
	});
});

describe('the name', () => {
	test('follows the first address until it is given', () => {
		const form = filledIn(emptyForm('add', ['quay']), '"prometheus.quay.example');
		expect(nameOf(form)).toBe('quay-2');
		const named = filledIn(form, 'up', 'up', 'up', 'up');
		expect(named.focus).toBe('name');
		expect(nameOf(filledIn(named, 'backspace', 'backspace', '"-east'))).toBe('quay-east');
	});
});

describe('enter', () => {
	test.each([
		['without an address', [], 'prometheus', 'There is no address yet'],
		['with what is none', ['"http://two words'], 'prometheus', 'That is no address.'],
		['with what is not asked here', ['"ftp://m.example'], 'prometheus', 'Only http and https are spoken here.'],
		['without a token', ['shift+tab', 'right', 'tab', '"g.example'], 'secret', 'Type or paste the token'],
		['without a user', ['"m.example', 'up', 'up', 'up', 'up', 'up', 'up', 'right', 'right'], 'user', 'Type the user.'],
		['with a name that is none', ['"m.example', 'up', 'up', 'up', 'up', '"/'], 'name', 'A name has letters'],
		['with the name of the demo', ['"m.example', 'up', 'up', 'up', 'up', 'ctrl+u', '"demo'], 'name', 'demo is the'],
		['with a name that is taken', ['"m.example', 'up', 'up', 'up', 'up', 'ctrl+u', '"quay'], 'name', 'There is a'],
	])('%s leads there', (_, keys, focus, problem) => {
		const form = filledIn(emptyForm('first', ['quay']), ...keys, 'enter');
		expect(form.focus).toBe(focus);
		expect(form.problem).toContain(problem);
		expect(said(form)).toContain(problem);
	});

	test('waits for every look, and saves when all is well', () => {
		const form = filledIn(firstForm(), '"m.example:9090', 'tab', '"am.example:9093', 'enter');
		expect(drawn(form)).toContain('Testing Prometheus, Alertmanager, then it is saved.');
		expect(answered(form, isWell)).toMatchObject({
			type: 'do',
			deed: { kind: 'save', draft: { name: 'm', urls: { prometheus: 'http://m.example:9090' } } },
			setup: { saving: true },
		});
	});

	test('says what is not well, and once more saves it all the same', () => {
		const told = formIn(answered(filledIn(firstForm(), '"metrics.example:9090', 'enter'), isOut));
		expect(told).toMatchObject({ focus: 'prometheus' });
		expect(said(told)).toContain('enter again saves it all the same.');
		expect(pressedInForm(told, 'enter', undefined)).toMatchObject({ type: 'do', deed: { kind: 'save' } });
		const changed = filledIn(told, 'backspace', 'enter');
		expect(openChecks(changed)).toHaveLength(1);
		expect(formIn(answered(changed, isOut)).problem).toContain('enter again');
	});

	test('waits no longer once another key was pressed', () => {
		const form = filledIn(firstForm(), '"m.example:9090', 'enter', 'tab');
		expect(answered(form, isWell)).toMatchObject({ type: 'stay' });
	});

	test('saves what is edited without its secret', () => {
		expect(answered(filledIn(formOfSaved(quay, ['quay']), 'enter'), isWell)).toMatchObject({
			deed: { draft: { name: 'quay', was: 'quay', auth: 'bearer', secret: '', tenant: 'harbour', colour: 'red' } },
		});
	});
});

describe('the file of the authorities', () => {
	const untrusted = { ...isOut, isUntrusted: true } as const;
	const form = filledIn(firstForm(), 'paste https://m.example');

	test('has a line once somebody is not trusted, or it is asked for', () => {
		expect(drawn(form)).not.toContain('CA file');
		expect(drawn(filledIn(form, 'ctrl+x'))).toContain('▌CA file');
		expect(drawn(formIn(answered(form, untrusted)))).toMatch(/Tempo\n\n CA file\n Auth/);
	});

	test('has the focus when that keeps it from being saved', () => {
		const stopped = formIn(answered(filledIn(form, 'enter'), untrusted));
		expect(stopped.focus).toBe('ca');
		expect(draftOf(filledIn(stopped, '"~/ca.pem')).ca).toBe('~/ca.pem');
	});

	test('is tried when its line is left, half a path is not', () => {
		const files = (now: typeof form) => wantedChecks(now).map(({ draft }) => draft.ca);
		const typed = filledIn(form, 'ctrl+x', '"~/ca.pem');
		expect(files(typed)).toEqual(['']);
		expect(files(filledIn(typed, 'tab'))).toEqual(['~/ca.pem']);
	});

	test('that is saved is on show; those that differ stay', () => {
		const saved = (ca: { readonly ca?: string }) => formOfSaved({ ...quay, draft: { ...quay.draft, ...ca } }, []);
		expect(drawn(saved({ ca: '/ca.pem' }))).toContain('CA file      /ca.pem');
		expect(draftOf(saved({ ca: '/ca.pem' })).ca).toBe('/ca.pem');
		expect(draftOf(saved({}))).not.toHaveProperty('ca');
	});
});

test('while it is written no key changes it; what could not be written stays as it was typed', () => {
	const step = answered(filledIn(firstForm(), '"m.example:9090', 'enter'), isWell);
	const saving = formIn(step);
	expect(filledIn(saving, '"x', 'enter')).toBe(saving);
	const back = unsavedForm(saving, 'The profiles cannot be written to /etc/smokejumper (EACCES).');
	expect(drawn(back)).toContain('cannot be written');
	expect(filledIn(back, '"0').texts.prometheus.text).toBe('http://m.example:90900');
});

test('a Grafana is edited as one', () => {
	const form = formOfSaved(mole, ['mole']);
	expect(form).toMatchObject({ way: 'grafana', focus: 'grafana', auth: 'bearer' });
	expect(drawn(form)).toContain('env:MOLE_TOKEN');
});

test('the footer names the keys of the line', () => {
	const labels = (form: Parameters<typeof setupHints>[0]) =>
		setupHints(form)
			.map(({ keys, label }) => `${keys.join(' ')} ${label}`)
			.join('  ');
	expect(labels(firstForm())).toBe('enter save and open  escape quit  tab next  ctrl+d demo');
	expect(labels(filledIn(firstForm(), 'up'))).toBe(
		'enter save and open  escape quit  tab next  left right choose  ctrl+d demo',
	);
	expect(labels(filledIn(firstForm(), 'tab', 'tab', 'tab'))).toContain('ctrl+t Jaeger instead');
	expect(labels(formOfSaved(quay, []))).toBe('enter save  escape leave  tab next');
});

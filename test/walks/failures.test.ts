import { describe, expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import type { Handler } from '../helpers/loopback.ts';
import { type Operator, operate } from '../helpers/operator.tsx';
import { answers, hangs, outageOf, resets } from '../helpers/outage.ts';

vi.setConfig({ testTimeout: 30_000 });

const world = demoWorld();
const html = '<!doctype html><title>Sign in</title><form>…</form>';

/** What a broken server does, and the words that tell it: who, what, what next. */
const breakages: readonly (readonly [name: string, handler: Handler, who: string, next: RegExp])[] = [
	['resets the connection', resets, 'closed the connection', /press R|Check/i],
	['refuses the token', answers(401, '{"error":"no token"}'), '(401)', /profile night/],
	['forbids', answers(403, 'forbidden', 'text/plain'), '(403)', /profile night|Ask/],
	['wants a tenant', answers(401, 'no org id\n', 'text/plain'), 'wants to know the tenant', /X-Scope-OrgID/],
	[
		'is too busy',
		answers(429, 'too many outstanding requests', 'text/plain'),
		'too many outstanding requests',
		/press R/,
	],
	['has another path', answers(404, 'page not found', 'text/plain'), '(404)', /profile night|URL/],
	['is down behind its proxy', answers(503, 'upstream connect error', 'text/plain'), '(503)', /R/],
	['is a login page', answers(200, html, 'text/html'), 'web page', /profile night|Check/],
	['is cut off', answers(200, '{"status":"success","data":{"gro'), 'JSON', /./],
	['has another shape', answers(200, '{"status":"success","data":7}'), 'not', /./],
];

/** Time passes for the screen; the world's clock stands still. */
const waits = (operator: Operator, milliseconds: number) =>
	operator.store.send({ type: 'ticked', now: world.now() + milliseconds });

const flat = (operator: Operator): string => operator.frame().replaceAll(/\s+/g, ' ');

describe.each(breakages)('a Prometheus that %s', (_, handler, who, next) => {
	test('leaves the alerts of Alertmanager, says so, and comes back with R', async () => {
		const outage = await outageOf(world, 'prometheus', handler);
		const operator = operate(outage);
		await operator.sees('ConciergeBookingEr');
		await operator.sees(/Prometheus did not answer|Prometheus at/);
		await expect.poll(() => flat(operator), { timeout: 8000 }).toContain(`Prometheus at ${outage.host}`);
		await expect.poll(() => flat(operator), { timeout: 8000 }).toContain(who);
		expect(flat(operator)).toMatch(next);
		await operator.sees(/prom ✗/);
		await operator.sees(/am ✓/);
		const row = operator.row();
		operator.presses('j');
		await expect.poll(operator.row).not.toBe(row);
		outage.mend();
		operator.presses('R');
		await operator.sees('> 5 %');
		await operator.loses(outage.host);
	});
});

test.each(breakages)('a Loki that %s is told in place of the lines, and left with esc', async (_, handler, who) => {
	const outage = await outageOf(world, 'loki', handler);
	const operator = operate(outage);
	await operator.sees('> 5 %');
	operator.presses('l');
	await expect.poll(() => flat(operator), { timeout: 8000 }).toContain(`Loki at ${outage.host}`);
	expect(flat(operator)).toContain(who);
	operator.presses('?');
	await operator.sees('On the logs screen');
	operator.presses('escape', 'escape');
	await operator.sees('ConciergeBookingEr');
	outage.mend();
	operator.presses('l', 'R');
	await operator.sees('request done');
});

test('an Alertmanager that is away leaves the alerts of Prometheus, pending ones too', async () => {
	const outage = await outageOf(world, 'alertmanager', resets);
	const operator = operate(outage);
	await operator.sees('HeraldOutboxBacklog');
	await operator.sees(`Alertmanager at ${outage.host}`);
	await operator.sees(/am ✗/);
	outage.mend();
	operator.presses('R');
	await operator.loses(outage.host);
	await operator.sees(/1 silenced/);
});

test('two backends that are away are both named', async () => {
	const prometheus = await outageOf(world, 'prometheus', resets);
	const both = await outageOf(prometheus, 'alertmanager', answers(401, ''));
	const operator = operate(both);
	await operator.sees(`Prometheus at ${prometheus.host}`);
	await operator.sees(`Alertmanager at ${both.host}`);
	operator.presses('enter');
	await operator.sees('There is no alert under the cursor.');
	prometheus.mend();
	both.mend();
	operator.presses('R');
	await operator.sees('> 5 %');
});

test('figures that fail leave the list, and say why they are missing', async () => {
	const outage = await outageOf(world, 'prometheus', answers(500, 'out of memory', 'text/plain'), ['queryRange']);
	const operator = operate(outage);
	await operator.sees('HeraldOutboxBacklog');
	await operator.sees(`Prometheus at ${outage.host}`);
	expect(operator.frame()).not.toContain('> 5 %');
});

test('panels that fail stand beside those that do not, and keep what they had', async () => {
	const outage = await outageOf(world, 'prometheus', answers(500, 'out of memory', 'text/plain'), ['queryRange']);
	const operator = operate({ ...outage, at: 'service concierge' });
	await operator.sees(`Prometheus at ${outage.host}`);
	await operator.sees(/\/journeys +\d/);
	for (const panel of ['RATE', 'ERRORS', 'DURATION']) expect(operator.frame()).toContain(panel);
	outage.mend();
	operator.presses('R');
	await operator.sees(/p99 \d/);
	await operator.loses(outage.host);
});

test('a service without Prometheus says so, and esc leads back', async () => {
	const outage = await outageOf(world, 'prometheus', answers(401, ''));
	const operator = operate(outage);
	await operator.sees('ConciergeBookingEr');
	operator.presses(':').types('service till').presses('enter');
	await operator.sees('till');
	await operator.sees(`Prometheus at ${outage.host}`);
	operator.presses('escape');
	await operator.sees('ConciergeBookingEr');
});

test('a trace without Tempo says so', async () => {
	const outage = await outageOf(world, 'tempo', answers(401, ''));
	const operator = operate({ ...outage, at: 'trace 0af7651916cd43dd8448eb211c80319c' });
	await operator.sees(`Tempo at ${outage.host}`);
	expect(flat(operator)).toContain('(401)');
});

describe('a backend that never answers', () => {
	test('is waited for in words, leaves the keys alone, and is given up with esc', async () => {
		const outage = await outageOf(world, 'loki', hangs);
		const operator = operate(outage);
		await operator.sees('> 5 %');
		const row = operator.row();
		operator.presses('l');
		await expect.poll(outage.asked, { timeout: 8000 }).toBeGreaterThan(0);
		waits(operator, 2100);
		await operator.sees(/asking Loki … 2\.1 s {2}esc stops/);
		operator.presses('?');
		await operator.sees('On the logs screen');
		operator.presses('escape', 'escape');
		await operator.sees('Stopped asking. R asks again.');
		operator.presses('escape');
		await expect.poll(() => outage.asked() - outage.abandoned(), { timeout: 8000 }).toBe(0);
		expect(operator.row()).toBe(row);
	});

	test('leaves the other one on show', async () => {
		const outage = await outageOf(world, 'prometheus', hangs);
		const operator = operate(outage);
		await operator.sees('ConciergeBookingEr');
		operator.presses('j', 'd');
		expect(operator.row()).toMatch(/^[▲●]/);
	});

	test('is stopped with esc at the root, until R', async () => {
		const prometheus = await outageOf(world, 'prometheus', hangs);
		const both = await outageOf(prometheus, 'alertmanager', hangs);
		const operator = operate(both);
		await expect.poll(both.asked, { timeout: 8000 }).toBe(1);
		waits(operator, 1000);
		await operator.sees('asking Alertmanager and Prometheus … 1 s  esc stops');
		operator.presses('escape');
		await operator.sees('Stopped asking. R asks again.');
		await operator.sees('You stopped the question. R asks again.');
		await expect.poll(() => prometheus.abandoned() + both.abandoned(), { timeout: 8000 }).toBe(2);
		waits(operator, 3_600_000);
		expect(both.asked()).toBe(1);
		prometheus.mend();
		both.mend();
		operator.presses('R');
		await operator.sees('> 5 %');
	});
});

test('servers that know of nothing are believed, and the screen says what to check', async () => {
	const noRules = answers(200, '{"status":"success","data":{"groups":[]}}');
	const build = answers(200, '{"status":"success","data":{"version":"3.5.3","revision":"a","goVersion":"go1.25"}}');
	const prometheus = await outageOf(
		world,
		'prometheus',
		(request, response) => (request.url?.includes('buildinfo') ? build : noRules)(request, response),
		['rules'],
	);
	const both = await outageOf(prometheus, 'alertmanager', answers(200, '[]'));
	const operator = operate(both);
	await operator.sees('Nothing fires, not even a Watchdog: check that rules are loaded.');
	await operator.sees('0 firing');
});

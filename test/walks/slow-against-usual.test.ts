import { expect, test } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';
import { walkToTrace } from '../helpers/walk-to-trace.ts';

test.each([
	[80, 24],
	[160, 50],
	[60, 15],
])(
	'one key leads from a slow trace to what slow requests do otherwise, at %i×%i',
	{ timeout: 30_000 },
	async (columns, rows) => {
		const operator = await walkToTrace(demoWorld(), columns, rows);
		const trace = operator.frame();
		operator.presses('M');
		await operator.sees('slow against usual');
		// The statement goes on when the request has given up waiting for it.
		await operator.sees(
			/Slow requests spend \d\.\d+ s more in\s+manifest\s+SELECT\s+coaches\s+FOR\s+UPDATE\s+\(adds\s+\d(\.\d+)?\s+s\s+to\s+the\s+request\);/,
		);
		await operator.sees(/^8 slow \d/m);
		await operator.sees(/▌▲ +\+\d\.\d+ s .*×1 → ×1 +manifest/);
		operator.presses('enter');
		await operator.sees(/› trace [0-9a-f]{4}…/);
		await operator.sees(/SELECT coaches FOR UPDATE/);
		operator.presses('escape');
		await operator.sees(/Slow requests spend/);
		operator.presses('escape');
		await operator.sees(/% of .* is manifest SELECT/);
		expect(operator.frame().split('\n').slice(2)).toEqual(trace.split('\n').slice(2));
	},
);

test('the panels lead to the same for the service', { timeout: 30_000 }, async () => {
	const operator = operate({ ...demoWorld(), at: 'service timetable' });
	await operator.sees(/DURATION\s+p50/);
	operator.presses('M');
	await operator.sees(/^concierge \w+ \//m);
	await operator.sees(/slow .*, \d+ usual /);
});

test('a service that no trace goes through says so', { timeout: 30_000 }, async () => {
	const operator = operate({ ...demoWorld(), at: 'compare nobody' });
	await operator.sees('Tempo found no trace that goes through nobody in this window.');
	operator.presses('enter');
	await operator.sees('There is nothing to compare.');
});

test('a trace leads to the alert about a service of it, and to the metrics of that minute', {
	timeout: 30_000,
}, async () => {
	const operator = await walkToTrace(demoWorld(), 160, 50);
	await operator.sees('A alert');
	operator.presses('A');
	await operator.sees(/› concierge \/bookings/);
	await operator.sees('ConciergeBookingErrors');
	operator.presses('escape');
	await operator.sees(/% of .* is manifest SELECT/);
	operator.presses('m');
	await operator.sees(/› manifest/);
	await operator.sees(/fixed/);
});

test('a span without lines of its own leads to those of its request, and to those beside it', {
	timeout: 30_000,
}, async () => {
	const operator = await walkToTrace(demoWorld());
	operator.presses('L');
	await operator.sees(/0 lines with trace .* and span/);
	await operator.sees(/a {2}\d lines of the whole trace \(press a\)/);
	await operator.sees(/b {2}\d+ lines of manifest in \d+s, whatever their IDs \(press b\)/);
	operator.presses('r');
	await operator.sees(/request .* \d lines/);
	operator.presses('escape');
	await operator.sees(/% of .* is manifest SELECT/);
	operator.presses('L');
	await operator.sees('(press b)');
	operator.presses('b');
	await operator.sees('manifest');
	await operator.sees(/entered \d+ passen/);
});

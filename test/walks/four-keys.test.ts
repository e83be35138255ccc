import { describe, expect, test } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

const world = demoWorld();

describe.each([
	[80, 24],
	[60, 15],
	[200, 60],
])('at %i×%i', (columns, rows) => {
	test('four keys lead from the top alert to the flame graph, and four back to the same rows', async () => {
		const operator = operate({ ...world, columns, rows });
		await operator.sees('ConciergeBookingEr');
		const alert = operator.row();
		operator.presses('enter');
		await operator.sees('alerts › concierge /bookings');
		await operator.sees(/ERRORS\s+\d/);
		operator.presses('enter');
		await operator.sees(/› logs/);
		await operator.sees('request done');
		const line = operator.row();
		expect(line).toMatch(/✗|failed|done/);
		operator.presses('enter');
		await operator.sees(/request [0-9a-f]{4}…/);
		await operator.sees(/\d lines/);
		const requestLine = operator.row();
		operator.presses('enter');
		await operator.sees(/trace [0-9a-f]{4}…/);
		await operator.sees('POST /bookings');
		await operator.sees(/% of .* is manifest SELECT/);

		operator.presses('escape');
		await operator.sees(/\d lines/);
		expect(operator.row()).toBe(requestLine);
		operator.presses('escape');
		await operator.sees('request done');
		expect(operator.row()).toBe(line);
		operator.presses('escape');
		await operator.sees(/ERRORS\s+\d/);
		operator.presses('escape');
		await operator.sees('ConciergeBookingEr');
		expect(operator.row()).toBe(alert);
	});
});

test('the trail is walked back and forward, and places are reached by number', async () => {
	const operator = operate(world);
	await operator.sees('ConciergeBookingEr');
	operator.presses('j', 'enter');
	await operator.sees(/› berths/);
	operator.presses('[');
	await operator.loses('› berths');
	operator.presses(']');
	await operator.sees(/› berths/);
	operator.presses('escape');
	await operator.loses('› berths');
	operator.presses('-');
	await operator.sees(/› berths/);
	operator.presses('3');
	await operator.sees('You have not looked at any logs yet.');
});

test('an address is typed, completed and gone to', async () => {
	const operator = operate(world);
	await operator.sees('ConciergeBookingEr');
	operator.presses(':').types('ser').presses('tab').types('till --sin').presses('tab').types('30m').presses('enter');
	await operator.sees(/till/);
	await operator.sees(/RATE\s+\d/);
	operator.presses(':').types('trace zz').presses('enter');
	await operator.sees('zz is not a trace ID.');
	operator.presses('escape');
	await operator.loses('zz is not a trace ID.');
});

test('help and queries lie over the screen and go again', async () => {
	const operator = operate(world);
	await operator.sees('ConciergeBookingEr');
	operator.presses('?');
	await operator.sees('On the alerts screen');
	operator.presses('escape');
	await operator.sees('ConciergeBookingEr');
	operator.presses('!');
	await operator.sees(/\d+ questions/);
	await operator.sees('curl -s');
	operator.presses('!');
	await operator.sees('ConciergeBookingEr');
});

test('the list is filtered as the filter is typed, and whole again with esc', async () => {
	const operator = operate(world);
	await operator.sees('HeraldOutboxBacklog');
	operator.presses('/').types('fares');
	await operator.loses('HeraldOutboxBacklog');
	operator.presses('escape');
	await operator.sees('HeraldOutboxBacklog');
});

import { expect, test, vi } from 'vitest';
import { formatAddress } from '../../src/analysis/address.ts';
import { shownPlace } from '../../src/app/state.ts';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

const world = demoWorld();

test.each([
	[80, 24],
	[60, 15],
	[200, 60],
])('the release of fares is on its time axis, at %i×%i', async (columns, rows) => {
	const operator = operate({ ...world, at: 'service fares', columns, rows });
	await operator.sees(/RATE\s+\d/);
	await operator.sees(columns < 80 ? '▴' : '▴ deploy 2.13.4 › 2.14.0');
	if (columns > 150) await operator.sees('deploys and restarts');
});

test('the alert is told with yesterday, its limit and when it was crossed', async () => {
	const operator = operate({ ...world, columns: 120 });
	await operator.sees('ConciergeBookingEr');
	operator.presses('enter');
	await operator.sees(/RATE .*vs yesterday|RATE .*as yesterday/);
	await operator.sees(/ERRORS .*yesterday 0 %.*limit 5 % {2}crossed \d\d:\d\d:\d\d .*(not falling|rising|falling)/);
	await operator.sees(/p99 [\d.]+ s {2}[\d.]+× yesterday/);
});

test('keys change what is asked, and lead back', async () => {
	const operator = operate({ ...world, at: 'service berths' });
	const began = shownPlace(operator.store.getState());
	await operator.sees(/RATE .*yesterday/);
	operator.presses('b');
	await operator.sees('a week ago: no data');
	operator.presses('b');
	await operator.loses('a week ago');
	operator.presses('b');
	await operator.sees(/RATE .*yesterday/);
	operator.presses('p');
	await operator.sees(/p50 .* p90 .* p99 .* p99\.9/);
	operator.presses('p');
	await operator.sees(/p50 .* p95 .* p99 \d/);
	operator.presses('c');
	await operator.sees(/RATE .* DeadlineExceeded .* OK/);
	operator.presses('c');
	await operator.loses('DeadlineExceeded');
	operator.presses('v');
	await operator.sees(/2\.5 s│ +░▒/);
	operator.presses('v');
	await operator.sees('◆');
	expect(shownPlace(operator.store.getState())).toEqual(began);
});

test('the next metrics of the service, round', async () => {
	const operator = operate({ ...world, at: 'service berths', columns: 120 });
	await operator.sees('gRPC server');
	operator.presses('F');
	await operator.sees(/Tempo|span|graph/);
	await operator.sees(/RATE\s+\d/);
	for (let turn = 0; turn < 3; turn++) {
		operator.presses('F');
		await operator.sees(/RATE\s+\d/);
	}
	await operator.sees('gRPC server');
});

test('where the metrics carry no exemplars the slow and failing traces are found', async () => {
	const exemplars = async () => ({ value: [], notes: [] });
	const sources = { ...world.sources, metrics: { ...world.sources.metrics, exemplars } };
	const operator = operate({ ...world, sources, at: 'service concierge', columns: 200, rows: 60 });
	await operator.sees('slowest traces');
	operator.presses('x');
	await operator.sees(/at \d\d:\d\d:\d\d/);
	operator.presses('enter');
	await operator.sees(/trace [0-9a-f]{4}…/);
	await operator.sees('a row lock');
});

test('the footer names both keys of the cursor', async () => {
	const operator = operate({ ...world, at: 'service fares' });
	await operator.sees(/RATE\s+\d/);
	expect(operator.frame()).toContain('h l cursor');
});

test('B goes round the labels that the metrics of a service have, each in the address', async () => {
	const operator = operate({ ...world, at: 'service concierge' });
	const began = shownPlace(operator.store.getState());
	const place = () => formatAddress(shownPlace(operator.store.getState()));
	await operator.sees('by http_route now  1-3 of 4  B: method, status +1');
	operator.presses('j', 'B');
	await operator.sees(/by http_request_method now {2}B: status, instance \+1 .*\n POST .*17\.6 % .*\n GET /);
	expect(place()).toContain('--by http_request_method');
	operator.presses('B');
	await operator.sees(/by http_response_status_code now .*B: \+3 .*\n 504 .*100 %/);
	expect(place()).toContain('--by http_response_status_code');
	operator.presses('B');
	await operator.sees(/by instance now {2}B: route, method, status .*\n concierge:9464 /);
	operator.presses('f');
	await operator.sees('The break-down is by instance; only a route can be kept to.');
	operator.presses('B');
	await operator.sees('by http_route now');
	expect(shownPlace(operator.store.getState())).toEqual(began);
});

test('the footer names the next label where it has room, and the help the key', async () => {
	const operator = operate({ ...world, at: 'service concierge', columns: 120 });
	await operator.sees('by http_route now');
	expect(operator.frame()).toContain('B by method');
	operator.presses('B');
	await operator.sees('B by status');
	operator.presses('tab');
	await operator.loses('B by status');
	operator.presses('B');
	await operator.sees('This is a key of the panels; tab leads to them.');
});

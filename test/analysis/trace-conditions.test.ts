import { expect, test } from 'vitest';
import { traceChips, withAttributeOf, withCondition } from '../../src/analysis/trace-conditions.ts';
import type { TracesPlace } from '../../src/model/place.ts';
import { hour, live } from '../../src/model/time.ts';

const bare: TracesPlace = { kind: 'traces', window: live(hour) };
const zone = { scope: 'resource', name: 'zone', value: 'a' } as const;
const route = { scope: 'span', name: 'http.route', value: '/pay' } as const;
const whole: TracesPlace = {
	...bare,
	query: '{ kind = server }',
	service: 'pier',
	operation: 'GET /berths',
	errors: true,
	slowerThan: 500,
	fasterThan: 2000,
	attributes: [zone, route],
};

test('every condition is a chip', () => {
	expect(traceChips(whole).map(({ text }) => text)).toEqual([
		'{ kind = server }',
		'service=pier',
		'operation=GET /berths',
		'errors',
		'slower than 500ms',
		'faster than 2s',
		'resource.zone=a',
		'span.http.route=/pay',
	]);
	expect(traceChips(bare)).toEqual([]);
});

test('taking all chips away, the last first, leaves the bare search', () => {
	let place = whole;
	for (let count = traceChips(whole).length; count > 0; count--) {
		expect(traceChips(place)).toHaveLength(count);
		place = traceChips(place).at(-1)?.without ?? place;
	}
	expect(place).toEqual(bare);
});

test('one condition of a kind gives way to another', () => {
	expect(withCondition(whole, 'service', 'quay')).toEqual({ ...whole, service: 'quay' });
	expect(withCondition(bare, 'slowerThan', undefined)).toEqual(bare);
	expect(withAttributeOf(whole, { ...zone, value: 'b' }).attributes).toEqual([route, { ...zone, value: 'b' }]);
});

import { expect, test, vi } from 'vitest';
import { createSources } from '../../src/cli/sources.ts';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import { minute } from '../../src/model/time.ts';
import { type Demo, demoNow } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

/** The demo with a clock that is moved on by hand. */
function movingDemo(): Demo & { readonly passes: (time: number) => void } {
	let at = demoNow;
	const now = () => at;
	const dispatcher = createDemoDispatcher({ now });
	const endpoints = Object.fromEntries(
		demoEndpoints.map(endpoint => [endpoint.backend, { ...endpoint, origin: 'the demo', authorize: async () => ({}) }]),
	);
	return {
		sources: createSources(endpoints, { now, dispatcher }),
		now,
		passes: time => {
			at += time;
		},
	};
}

test('the alerts are grouped, a group is closed and opened, and the cursor stays on its alert', async () => {
	const operator = operate(movingDemo());
	await operator.sees('BerthsPoolSaturated');
	operator.presses('j');
	await expect.poll(operator.row).toContain('BerthsPoolSaturated');
	operator.presses('v');
	await operator.sees('▾ ▲ berths  2 firing');
	expect(operator.row()).toContain('BerthsPoolSaturated');
	operator.presses('k', 'enter');
	await operator.sees('▸ ▲ berths  2 firing');
	await operator.loses('BerthsPoolSaturated ');
	operator.presses('enter');
	await operator.sees('BerthsPoolSaturated ');
	operator.presses('v', 'v');
	await operator.loses('▾');
	expect(operator.row()).toContain('BerthsPoolSaturated');
});

test('the last 24 h are told of the alert under the cursor', async () => {
	const operator = operate(movingDemo());
	await operator.sees(/fire[sd] .* in 24 h/);
	await operator.sees(/24 h ago ▁+█ now/);
	operator.presses('j', 'j');
	await operator.sees(/fired 3 times in 24 h, longest \d\d m; the one before ended \d+ h \d\d m ago/);
	await operator.sees(/24 h ago ▁+█▁+█▁+█ now/);
});

test('an alert that has resolved stays on the list, and says when it went', async () => {
	const demo = movingDemo();
	const operator = operate(demo);
	await operator.sees('FaresCacheHitRatioLow');
	await operator.sees('> 5 %');
	operator.presses('/').types('fares').presses('enter', 'g');
	demo.passes(30 * minute);
	operator.presses('R');
	await operator.sees(/over FaresCacheHitRatioLow .*resolved 0s ago/);
	await operator.sees(/resolved between 03:12:44 and 03:42:44/);
	demo.passes(16 * minute);
	operator.presses('R');
	await operator.loses('FaresCacheHitRatioLow');
});

test('an alert that fires rings once, and a filter is taken away by esc', async () => {
	const demo = movingDemo();
	const operator = operate(demo);
	await operator.sees('HeraldOutboxBacklog');
	await expect.poll(() => operator.effects).toEqual([{ type: 'notify', firing: 4, rings: false }]);
	demo.passes(8 * minute);
	operator.presses('R');
	await expect.poll(() => operator.effects.at(-1)).toEqual({ type: 'notify', firing: 5, rings: true });
	operator.presses('/').types('herald').presses('enter');
	await operator.loses('BerthsPoolSaturated');
	operator.presses('escape');
	await operator.sees('BerthsPoolSaturated');
});

import { expect, test } from 'vitest';
import { minute, second } from '../../src/model/time.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

test('deep in a trace, a new page rings, and is there when the operator comes back', async () => {
	let now = demoNow;
	const asked: string[] = [];
	const { sources } = demoWorld(() => now);
	const { metrics, alerts } = sources;
	const counted = {
		...sources,
		metrics: { ...metrics, rules: noted('rules', metrics.rules), queryRange: noted('queryRange', metrics.queryRange) },
		alerts: { ...alerts, alerts: noted('alerts', alerts.alerts), silences: noted('silences', alerts.silences) },
	};
	const operator = operate({ sources: counted, now: () => now, glancing: true });
	await operator.sees('HeraldOutboxBacklog');
	await expect.poll(() => operator.effects).toEqual([{ type: 'notify', firing: 4, rings: false }]);
	operator.presses('enter');
	await operator.sees(/ERRORS +\d/);
	operator.presses('enter');
	await operator.sees('request done');
	operator.presses('enter');
	await operator.sees(/\d lines/);
	const before = asked.length;
	operator.presses('enter');
	await operator.sees('a row lock');
	// Which alerts are about services of the trace, for `A`.
	await expect.poll(() => asked.slice(before).sort()).toEqual(['alerts', 'rules']);

	asked.length = 0;
	now += 10 * minute;
	operator.store.send({ type: 'ticked', now });
	await expect.poll(() => operator.effects.at(-1)).toEqual({ type: 'notify', firing: 5, rings: true });
	expect(asked.sort()).toEqual(['alerts', 'rules']);
	expect(operator.frame()).toContain('a row lock');
	expect(operator.frame()).not.toContain('asking');
	now += 30 * second;
	operator.store.send({ type: 'ticked', now });
	await expect.poll(() => asked).toHaveLength(4);
	expect(operator.effects).toHaveLength(2);

	operator.presses('1');
	await operator.sees('5 firing');

	function noted<Parameters extends readonly unknown[], Value>(name: string, put: (...given: Parameters) => Value) {
		return (...given: Parameters): Value => {
			asked.push(name);
			return put(...given);
		};
	}
});

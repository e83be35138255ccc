import { expect, test } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

test('the label without bound leads, with the query that proves it; a pair leads to its service', async () => {
	const operator = operate({ ...demoWorld(), at: 'alerts' });
	await operator.sees('ConciergeBookingEr');
	operator.presses(':').types('cardinality').presses('enter');
	await operator.sees('1 label without bound');
	expect(operator.row()).toMatch(/^✗ message_id +60 values +UUIDs$/);
	await operator.sees('60 of 60 sampled values look like UUIDs, and there are 60: each new');
	await operator.sees('count(count by (message_id) (herald_message_attempts{message_id!=""}))');
	operator.presses('y');
	expect(operator.effects).toContainEqual(
		expect.objectContaining({
			type: 'copy',
			text: 'count(count by (message_id) (herald_message_attempts{message_id!=""}))',
		}),
	);
	operator.presses('tab');
	await operator.sees('[metrics]');
	expect(operator.row()).toMatch(/^traces_spanmetrics_latency_bucket +\d+ series +\d/);
	operator.presses('tab', '/').types('job=').presses('enter');
	await operator.sees(/job=nightline\/concierge +\d+ series/);
	operator.presses('enter');
	await operator.sees('cardinality › concierge');
	operator.presses('escape');
	await operator.sees('[pairs]');
});

import { expect, test } from 'vitest';
import type { Correction } from '../../src/model/alert.ts';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

test.each([
	[80, 24],
	[60, 15],
])('at %i×%i, read-only: an alert is said to be about another service, and leads there', async (columns, rows) => {
	const operator = operate({ ...demoWorld(), columns, rows });
	await operator.sees('ConciergeBookingEr');
	await operator.sees('4 firing');
	expect(operator.row()).toContain('concierge');
	operator.presses('c');
	await operator.sees('Whom ConciergeBookingErrors is about');
	await operator.sees('▌service concierge');
	operator.presses('ctrl+u').types('fares').presses('enter');
	await operator.sees(/ConciergeBookingErrors is about fares now, for this run\s+only: no saved/);
	await expect.poll(operator.row).toContain('fares');
	operator.presses('d', 'J', 'J', 'J', 'J', 'J');
	await operator.sees('You corrected it: ConciergeBookingErrors was taken for');
	operator.presses('d', 'enter');
	await operator.sees('alerts › fares');
	await operator.sees('ConciergeBookingErrors');
	operator.presses('escape', 'c', 'ctrl+u', 'enter');
	await operator.sees('ConciergeBookingErrors is about concierge again.');
	await expect.poll(operator.row).toContain('concierge');
});

test('a correction of the profile holds from the first look, and is corrected in turn', async () => {
	const correction: Correction = { alert: 'ConciergeBookingErrors', taken: 'concierge', service: 'fares' };
	const corrections = { all: () => [correction], keep: async () => ({ profile: 'prod-eu' }) };
	const operator = operate({ ...demoWorld(), corrections });
	await operator.sees(/ConciergeBookingEr\S* +fares/);
	operator.presses('c');
	await operator.sees('You corrected it: ConciergeBookingErrors was taken for');
	operator.presses('end').types('-eu').presses('enter');
	await operator.sees('ConciergeBookingErrors is about fares-eu now; kept in profile prod-eu.');
});

test('a service that was open before its alert was corrected is searched anew', async () => {
	const operator = operate({ ...demoWorld(), rows: 40 });
	await operator.sees('4 firing');
	expect(operator.row()).toContain('ConciergeBookingEr');
	operator.presses('enter');
	await operator.sees(/RATE\s+\d/);
	operator.presses('d');
	await operator.sees("The alert's own expression reads these series.");
	operator.presses('1', 'c', 'ctrl+u').types('fares').presses('enter');
	await operator.sees('ConciergeBookingErrors is about fares now');
	operator.presses('2');
	await operator.sees('Series of this name have');
});

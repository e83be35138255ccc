import { describe, expect, test } from 'vitest';
import { createSources } from '../../src/cli/sources.ts';
import { demoWorld } from '../helpers/demo.ts';
import { serve } from '../helpers/loopback.ts';
import { type Operator, operate } from '../helpers/operator.tsx';

/** The alert alone on the list, so that its details have room. */
async function alone(operator: Operator, name: string): Promise<void> {
	operator.presses('/').types(name).presses('enter');
	await operator.sees(new RegExp(`filter ${name}|1 (firing|silenced)`));
}

describe.each([
	[80, 24],
	[60, 15],
	[200, 60],
])('at %i×%i', (columns, rows) => {
	test('an alert is silenced with a reason, says by whom and why, and fires again after u', async () => {
		const operator = operate({ ...demoWorld(), columns, rows, readOnly: false });
		await operator.sees('ConciergeBookingEr');
		await alone(operator, 'ConciergeBookingErrors');
		operator.presses('S');
		await operator.sees('Silence ConciergeBookingErrors');
		await operator.sees('Mutes 1 now: ConciergeBookingErrors.');
		await operator.sees('Would have muted 1 in the last 24 h:');
		operator.types('berths are restarted').presses('tab', 'tab');
		await operator.sees('▌ silence 30m');
		operator.presses('enter');
		await operator.sees('Silenced ConciergeBookingErrors until 03:42 UTC.');
		await operator.sees('1 silenced');
		operator.presses('d');
		await operator.sees('silenced by mira until 03:42 UTC: berths');
		operator.presses('u');
		await operator.sees('Ended the silence of ConciergeBookingErrors.');
		await operator.loses('silenced by mira');
		await operator.sees('1 firing');
	});
});

test('an alert is acknowledged with one answer, and shown so', async () => {
	const operator = operate({ ...demoWorld(), readOnly: false });
	await operator.sees('ConciergeBookingEr');
	await alone(operator, 'ConciergeBookingErrors');
	operator.presses('a');
	await operator.sees('Acknowledge ConciergeBookingErrors');
	operator.presses('tab');
	await operator.sees('▌ acknowledge');
	operator.presses('enter');
	await operator.sees('Acknowledged ConciergeBookingErrors until 03:27 UTC. u undoes it for 60 s.');
	await operator.sees('acknowledged by mira until 03:27 UTC');
	expect(operator.row()).toMatch(/^▲ ack/);
	operator.presses('a');
	await operator.sees('ConciergeBookingErrors is silent already.');
});

test('the safe answer has the focus: enter and esc leave, and nothing is silenced', async () => {
	const operator = operate({ ...demoWorld(), readOnly: false });
	await operator.sees('ConciergeBookingEr');
	for (const key of ['S', 'a']) {
		for (const way of ['enter', 'escape']) {
			operator.presses(key);
			await operator.sees('▌ leave');
			operator.presses(way);
			await operator.loses('▌ leave');
		}
	}
	expect(operator.frame()).toContain('1 silenced');
	expect(operator.store.getState().message).toBeUndefined();
});

test('a silence of everything that is critical is refused with the reason', async () => {
	const operator = operate({ ...demoWorld(), readOnly: false });
	await operator.sees('ConciergeBookingEr');
	operator.presses('S');
	await operator.sees('[x] severity="critical"');
	const { dialog } = operator.store.getState();
	if (dialog?.kind !== 'silence') throw new Error('The dialog is not open.');
	operator.presses('down', 'down');
	for (const { matcher } of dialog.choices) operator.presses(...(matcher.name === 'severity' ? [] : ['space']), 'down');
	await operator.sees('[ ] alertname="ConciergeBookingErrors"');
	await operator.sees('Mutes 2 now: ConciergeBookingErrors,');
	operator.presses('down').types('why not').presses('tab', 'tab', 'enter');
	await operator.sees('severity="critical" alone would silence');
	await operator.sees('1 silenced');
});

test('what may only be read refuses, and says why', async () => {
	const operator = operate(demoWorld());
	await operator.sees('ConciergeBookingEr');
	for (const key of ['S', 'a']) {
		operator.presses(key);
		await operator.sees('test is read-only: nothing is silenced through it.');
		expect(operator.frame()).not.toContain('▌ leave');
		operator.presses('d', 'd');
	}
	expect(operator.frame()).not.toContain('S silence');
});

test('a connection that breaks after the POST arrived: it was posted once, and may have been made', async () => {
	const world = demoWorld();
	let posts = 0;
	const { url, host } = await serve(request => {
		request.resume().on('end', () => {
			posts++;
			request.socket.destroy();
		});
	});
	const endpoint = { backend: 'alertmanager', url, origin: 'profile night', authorize: async () => ({}) } as const;
	const { createSilence } = createSources({ alertmanager: endpoint }, { now: world.now }).alerts;
	const sources = { ...world.sources, alerts: { ...world.sources.alerts, createSilence } };
	const operator = operate({ sources, now: world.now, readOnly: false });
	await operator.sees('ConciergeBookingEr');
	operator.presses('a', 'tab', 'enter');
	await operator.sees(`Alertmanager at ${host} closed the connection before it answered.`);
	await operator.sees(/It may\s+have been made: look in the list/);
	expect(posts).toBe(1);
});

test('the list tells who silences what, leads to the alerts, and ends a silence after a question', async () => {
	const operator = operate({ ...demoWorld(), readOnly: false });
	await operator.sees('ConciergeBookingEr');
	operator.presses('a', 'tab', 'enter');
	await operator.sees('Acknowledged ConciergeBookingErrors');
	operator.presses(':').types('silences').presses('enter');
	await operator.sees('alerts › silences');
	await operator.sees('2 active');
	await operator.sees('1 muted');
	expect(operator.row()).toBe('active  mira          15m left  1 muted  ConciergeBookingErrors: acknowledged');
	operator.presses('enter');
	await operator.sees('filtered: 0 firing  1 silenced');
	operator.presses('escape', 'escape', 'j');
	await operator.sees('by tracks on-call, since');
	operator.presses('k', 'x');
	await operator.sees('End the silence of ConciergeBookingErrors');
	await operator.sees('1 alert becomes loud');
	operator.presses('escape');
	await operator.loses('becomes loud');
	operator.presses('x', 'tab', 'enter');
	await operator.sees('Ended the silence of ConciergeBookingErrors.');
	await operator.sees('1 active');
	operator.presses('escape');
	await operator.sees('4 firing');
});

test('the alert that led to the panels is silenced there, shown so, and loud again after u', async () => {
	const operator = operate({ ...demoWorld(), readOnly: false });
	await operator.sees('ConciergeBookingEr');
	await alone(operator, 'ConciergeBookingErrors');
	operator.presses('enter');
	await operator.sees(/ERRORS +\d/);
	operator.presses('S');
	await operator.sees('Silence ConciergeBookingErrors');
	await operator.sees('Would have muted 1 in the last 24 h:');
	operator.types('berths are restarted').presses('tab', 'tab');
	await operator.sees('▌ silence 30m');
	operator.presses('enter');
	await operator.sees('Silenced ConciergeBookingErrors until 03:42 UTC.');
	await operator.sees('ConciergeBookingErrors  silenced');
	operator.presses('a');
	await operator.sees('ConciergeBookingErrors is silent already.');
	operator.presses('u');
	await operator.sees('Ended the silence of ConciergeBookingErrors.');
	await operator.loses('ConciergeBookingErrors  silenced');
	operator.presses('a');
	await operator.sees('Acknowledge ConciergeBookingErrors');
	operator.presses('tab');
	await operator.sees('▌ acknowledge');
	operator.presses('enter');
	await operator.sees('ConciergeBookingErrors  silenced');
});

test('panels that no alert led to, and a read-only profile, silence nothing and say why', async () => {
	const loose = operate({ ...demoWorld(), at: 'service concierge', readOnly: false });
	await loose.sees(/ERRORS +\d/);
	loose.presses('S');
	await loose.sees('No alert led here, so there is nothing to silence.');
	const readOnly = operate(demoWorld());
	await readOnly.sees('ConciergeBookingEr');
	readOnly.presses('enter');
	await readOnly.sees(/ERRORS +\d/);
	readOnly.presses('S');
	await readOnly.sees('test is read-only: nothing is silenced through it.');
});

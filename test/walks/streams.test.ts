import { expect, test, vi } from 'vitest';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

test('the streams of a service are told, corrected, and taken back', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service fares', columns: 120 });
	await operator.sees(/\{service_name="fares"\} · \d streams? by service_name/);
	operator.presses('S');
	await operator.sees('its lines are in {service_name="fares"}');
	operator.presses('tab');
	await operator.sees('its lines are in {container="fares"}');
	operator.presses('enter');
	await operator.sees(
		'The lines of fares are read from {container="fares"} now, for this run only: no saved profile is open.',
	);
	await operator.sees('{container="fares"} · as you said');
	operator.presses('S', 'ctrl+u', 'enter');
	await operator.sees('The lines of fares are read from where they are found again.');
	await operator.sees(/\{service_name="fares"\} · \d streams? by service_name/);
});

test('what is no selector is not taken', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs --service fares' });
	await operator.sees('{service_name="fares"}');
	operator.presses('S', 'ctrl+u').types('fares').presses('enter');
	await operator.sees('Type a stream selector');
	operator.presses('escape');
	await operator.loses('its lines are in');
	expect(operator.effects.filter(({ type }) => type === 'select')).toEqual([]);
});

test('what the profile remembers holds from the first look', async () => {
	const said = { service: 'ledger', selector: '{service_name="till"}' };
	const streams = { all: () => [said], keep: async () => ({ profile: 'prod-eu' }) };
	const operator = operate({ ...demoWorld(), at: 'logs --service ledger', streams, columns: 120 });
	await operator.sees('{service_name="till"} · as you said');
	await operator.sees(/\d\S* lines/);
	operator.presses('S').types('x').presses('enter');
	await operator.sees('Type a stream selector');
	operator.presses('backspace').types(' | json').presses('enter');
	await operator.sees('are read from {service_name="till"} | json now; kept in profile prod-eu.');
});

test('lines that belong to no one service have none to correct', async () => {
	const operator = operate({ ...demoWorld(), at: 'logs \'{service_name="fares"}\'' });
	await operator.sees('lines');
	operator.presses('S');
	await operator.sees('These are not the lines of a service.');
});

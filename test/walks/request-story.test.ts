import { expect, test, vi } from 'vitest';
import type { LogsSource } from '../../src/investigation/ports.ts';
import { type Demo, demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

/** The demo with loggers that leave fields out. */
function demoWithout(fields: RegExp): Demo {
	const demo = demoWorld();
	const logs: LogsSource = {
		...demo.sources.logs,
		logs: async (question, asking) => {
			const { value, notes } = await demo.sources.logs.logs(question, asking);
			const entries = value.entries.map(entry => ({ ...entry, line: entry.line.replaceAll(fields, '') }));
			return { value: { ...value, entries }, notes };
		},
	};
	return { ...demo, sources: { ...demo.sources, logs } };
}

const at = 'logs --service concierge --level error';

test('a request goes from lane to lane, and nobody is silent in it', async () => {
	const operator = operate({ ...demoWorld(), at, columns: 160, rows: 50 });
	await operator.sees('upstream failed');
	operator.presses('enter');
	await operator.sees(/level {2}berths +concierge +manifest +message/);
	await operator.sees('every service of the trace has a line here');
	operator.presses('g', 'o');
	await expect.poll(operator.row).toContain('upstream failed');
	operator.presses('O');
	await expect.poll(operator.row).toContain('hold failed');
});

test('who is silent in a request is told', async () => {
	const demo = demoWorld();
	const logs: LogsSource = {
		...demo.sources.logs,
		logs: async (question, asking) => {
			const { value, notes } = await demo.sources.logs.logs(question, asking);
			const entries = value.entries.filter(({ labels }) => labels.service_name !== 'berths');
			return { value: { ...value, entries }, notes };
		},
	};
	const operator = operate({ ...demo, sources: { ...demo.sources, logs }, at });
	await operator.sees('upstream failed');
	operator.presses('enter');
	await operator.sees(/berths: \d+ spans in the trace, no line \(logs of berths exist in/);
});

test('the trace of a line that names none is found by its request ID', async () => {
	const operator = operate({ ...demoWithout(/,?"(?:trace|span)_id":"\w+"/g), at, columns: 120 });
	await operator.sees('request done');
	operator.presses('T');
	await operator.sees(/T trace [\da-f]{4}…[\da-f]{4} {2}found by request [\da-f]{4}…[\da-f]{4} on its spans/);
	operator.presses('T');
	await operator.sees(/› guessed trace [\da-f]{4}…[\da-f]{4}/);
	await operator.sees('spans');
	operator.presses('escape');
	await operator.sees('found by request');
	operator.presses('escape');
	await operator.loses('found by request');
});

test('and of one that names no request either, by service, time, status and length', async () => {
	const operator = operate({
		...demoWithout(/,?"(?:trace_id|span_id|request_id)":"[\w-]+"/g),
		at: `${at} --where '|=request done'`,
		columns: 120,
	});
	await operator.sees('504 /bookings');
	operator.presses('enter');
	await operator.sees(
		/probably: the only trace of concierge at 03:\d\d:\d\d\.\d{3} ± 50 ms with status 50\d of [\d.]+ m?s/,
	);
	operator.presses('enter');
	await operator.sees('probably: the only trace');
	await operator.sees('guessed trace');
});

import { describe, expect, test, vi } from 'vitest';
import { type Failure, FailureError } from '../../src/model/failure.ts';
import { demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 30_000 });

const at = 'logs --service berths --since 30m';
const lastRows = (frame: string, count: number): string =>
	frame
		.split('\n')
		.slice(-count)
		.map(row => row.trimEnd())
		.join('\n');

describe('LogQL is edited', () => {
	test('with its fault under the very character, and completed', async () => {
		const operator = operate({ ...demoWorld(), at });
		await operator.sees('berths');
		await operator.sees('lines');
		operator.presses('Q');
		await operator.sees('LogQL {service_name="berths"}');
		expect(lastRows(operator.frame(), 3)).toMatchInlineSnapshot(`
			"enter looks  tab completes  esc leaves
			LogQL {service_name="berths"}
			"
		`);
		operator.types(' | json | le');
		await operator.sees('| le');
		expect(lastRows(operator.frame(), 3)).toMatchInlineSnapshot(`
			"The query ends too early.
			LogQL {service_name="berths"} | json | le
			                                         ^"
		`);
		operator.presses('ctrl+u').types('{service_name=berths}');
		await operator.sees('{service_name=berths}');
		expect(lastRows(operator.frame(), 3)).toMatchInlineSnapshot(`
			"berths does not fit here.
			LogQL {service_name=berths}
			                    ^"
		`);
		operator.presses('enter').presses('ctrl+u').types('{service_name="bert').presses('tab');
		await operator.sees('LogQL {service_name="berths"');
		operator.types('} |= "error"').presses('enter');
		await operator.sees('{service_name="berths"} |= "error"');
		await operator.sees('lines');
		operator.presses('escape');
		await operator.sees('{service_name="berths"}');
	});
});

test('what Loki refuses is shown with the character at which it stumbled, and edited there', async () => {
	const world = demoWorld();
	const failure: Failure = {
		kind: 'bad-query',
		backend: 'loki',
		what: 'Loki refused the query (400).',
		next: 'Change it.',
		words: 'parse error at line 1, col 27: unknown parser jsonn',
		position: { line: 1, column: 27 },
	};
	const logs = { ...world.sources.logs, logs: () => Promise.reject(new FailureError(failure)) };
	const operator = operate({
		...world,
		sources: { ...world.sources, logs },
		at: `logs '{service_name="berths"} | json' --since 30m`,
	});
	await operator.sees('Q edits it.');
	const rows = operator.frame().split('\n');
	const shown = rows.findIndex(row => row.startsWith('{service_name="berths"} | json') && !row.includes('UTC'));
	expect(rows[shown + 1]).toBe(`${' '.repeat(26)}^`);
	operator.presses('Q');
	await operator.sees('Loki: parse error at line 1, col 27: unknown parser jsonn');
	expect(lastRows(operator.frame(), 2)).toBe(`LogQL {service_name="berths"} | json\n${' '.repeat(32)}^`);
});

describe('lines are searched', () => {
	test('while typing; the matches are counted, and n and N walk through them', async () => {
		const operator = operate({ ...demoWorld(), at, columns: 100 });
		await operator.sees('lines');
		operator.presses('/').types('berth.*(held|released)');
		await operator.sees(/\d+ of \d+ {2}n N/);
		operator.presses('enter');
		const [, first = ''] = /(\d+) of \d+ {2}n N/.exec(operator.frame()) ?? [];
		operator.presses('n');
		await operator.sees(new RegExp(`${Number(first) + 1} of \\d+ {2}n N`));
		operator.presses('N');
		await operator.sees(new RegExp(`${first} of \\d+ {2}n N`));
		operator.presses('/', 'ctrl+u').types('(a+)+');
		await operator.sees('could take forever; searched as plain text');
	});
});

describe('a range of the volume', () => {
	test('becomes the window', async () => {
		const operator = operate({ ...demoWorld(), at });
		await operator.sees('lines');
		operator.presses('V', 'h', 'h', 'enter', 'l', 'l', 'l', 'l');
		await operator.sees(/\d\d:\d\d:\d\d to \d\d:\d\d:\d\d {2}enter/);
		operator.presses('enter');
		await operator.sees(/now \d\d:\d\d/);
		await operator.sees('lines');
	});
});

describe('what would read much', () => {
	test('is asked about first; enter reads it all the same', async () => {
		const world = demoWorld();
		const sources = {
			...world.sources,
			logs: {
				...world.sources.logs,
				stats: async () => ({ value: { streams: 310, chunks: 9, bytes: 42e9, entries: 9 }, notes: [] }),
			},
		};
		const operator = operate({ ...world, sources, at });
		await operator.sees('This would read about 42 GB in 310 streams');
		operator.presses('enter');
		await operator.sees('lines');
		await operator.sees(/Loki read [\d.]+ [kM]?B in .* in all/);
	});
});

import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { findMissingServices } from '../../src/investigation/missing-services.ts';
import type { TracesSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, minute, rangeOf, type TimeRange } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const trace = '0af7651916cd43dd8448eb211c80319c';
const window = fixed(noon - 5 * minute, noon);

const read = traceFromText(`
	pier ask:     ====================
	  quay give:    ===============
	    quay count:   ===
	  buoy light:         ======
`);

const line = (service: string, text: string) => lineAt(noon - 1000, { service_name: service }, text);
const ofPier = line('pier', `msg=asked trace_id=${trace}`);

type Scene = {
	readonly lines?: readonly LogEntry[];
	readonly others?: readonly LogEntry[];
	readonly place?: Partial<LogsPlace>;
	readonly traces?: TracesSource['trace'];
	readonly refuse?: boolean;
};

async function find({ lines = [ofPier], others = [], place = { trace }, traces, refuse = false }: Scene) {
	const hints: (TimeRange | undefined)[] = [];
	const store = logStore([...lines, ...others]);
	const sources = logsOnly({
		...store.source,
		...(refuse
			? {
					series: async () => {
						throw new FailureError({ kind: 'server', what: 'Loki failed (500).', next: 'Press R.' });
					},
				}
			: {}),
	});
	const world = {
		now: () => noon,
		sources: {
			...sources,
			traces: {
				...sources.traces,
				trace: async (...question: Parameters<TracesSource['trace']>) => {
					hints.push(question[1]);
					return traces === undefined ? answer(read) : traces(...question);
				},
			},
		},
	};
	const request = {
		place: { kind: 'logs', window, ...place } as const,
		range: rangeOf(window, noon),
		records: lines.map(entry => recordOf(entry)),
	};
	const found = await findMissingServices(request, world, asking);
	return { ...found, hints, asked: store.asked };
}

describe('who is silent in a request', () => {
	test('is told from its trace, with how much it did there and whether it logs at all', async () => {
		const { value, hints } = await find({ others: [line('quay', 'something else')] });
		expect(value).toEqual({
			trace: 'read',
			services: [
				{ service: 'quay', spans: 2, logs: true },
				{ service: 'buoy', spans: 1, logs: false },
			],
		});
		expect(hints).toEqual([{ from: noon - 1000 - 15 * minute, to: noon - 1000 + 15 * minute }]);
	});

	test('is told from the trace that a line names', async () => {
		const { value } = await find({ place: { request: 'r-1234567890' } });
		expect(value.services.map(({ service }) => service)).toEqual(['quay', 'buoy']);
	});

	test('is told from the lines of the others', async () => {
		const { value, hints } = await find({
			lines: [
				line('pier', 'msg=refused upstream=crane:80'),
				line('pier', 'calling winch'),
				line('pier', 'calling home'),
			],
			others: [line('winch', 'turning')],
			place: { request: 'r-1234567890' },
		});
		expect(value.trace).toBe('unknown');
		expect(value.services).toMatchObject([
			{ service: 'crane', spans: 0, named: { by: 'pier', word: 'upstream' }, logs: false },
			{ service: 'winch', spans: 0, named: { by: 'pier', word: 'calling' }, logs: true },
		]);
		expect(hints).toEqual([]);
	});

	test('is nobody when all have lines, whatever the letter case, and then Loki is not asked', async () => {
		const lines = ['pier', 'Quay', 'buoy'].map(service => line(service, `msg=x trace_id=${trace}`));
		const { value, asked } = await find({ lines });
		expect(value.services).toEqual([]);
		expect(asked).toEqual([]);
	});

	test('is told by the lines alone where no Tempo is configured, and no word is lost on it', async () => {
		const traces = async () => {
			throw new FailureError({ kind: 'not-configured', what: 'No Tempo is configured.', next: 'Pass --tempo-url.' });
		};
		expect(await find({ traces })).toMatchObject({ value: { services: [], trace: 'failed' }, notes: [] });
	});

	test('is not known from a trace that Tempo does not have', async () => {
		expect((await find({ traces: async () => answer(undefined) })).value).toEqual({ trace: 'absent', services: [] });
	});

	test('is told as far as it is known when Tempo fails, or Loki', async () => {
		const failing = async () => {
			throw new FailureError({ kind: 'timeout', what: 'Tempo did not answer.', next: 'Press R.' });
		};
		const withoutTempo = await find({ traces: failing, lines: [ofPier, line('pier', 'msg=a upstream=crane')] });
		expect(withoutTempo.value).toMatchObject({ trace: 'failed', services: [{ service: 'crane' }] });
		expect(withoutTempo.notes.map(({ text }) => text)).toEqual([
			'Which services the trace names is not known. Tempo did not answer. Press R.',
		]);
		const withoutLoki = await find({ refuse: true });
		expect(withoutLoki.value.services[0]).toEqual({ service: 'quay', spans: 2 });
		expect(withoutLoki.notes.map(({ text }) => text)).toEqual([
			'Whether they log at all is not known. Loki failed (500). Press R.',
		]);
	});
});

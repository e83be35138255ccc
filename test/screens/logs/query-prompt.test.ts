import { describe, expect, test } from 'vitest';
import { failedWith, idle } from '../../../src/model/loadable.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import type { LogsShown } from '../../../src/screens/logs/state.ts';
import { drawn, noon, pressed, request } from './shown-logs.ts';

const prompt = logs.prompts?.query;
if (prompt === undefined) throw new Error('no prompt');

const completed = (typed: string, shown: LogsShown): string | undefined => {
	const cursor = typed.indexOf('‸');
	return prompt.complete?.({ text: typed.replace('‸', ''), cursor }, shown).text;
};

describe('the LogQL of what is on show', () => {
	test.each([
		[{ service: 'pier' }, '{service_name="pier"}'],
		[{ query: '{service_name="pier"}\n| json' }, '{service_name="pier"} | json'],
		[
			{ service: 'pier', filters: [{ test: { kind: 'text', text: 'given' } as const }] },
			'{service_name="pier"} |= "given"',
		],
		[{ request }, `{service_name=~".+"} |= "${request}"`],
	])('of %j is %s', async (place, query) => {
		expect(prompt.begin(await drawn({ place }))).toBe(query);
	});

	test('is all there is to a place that it is entered for: nothing narrows twice', async () => {
		const shown = await drawn({
			place: { service: 'pier', level: 'error', filters: [{ test: { kind: 'text', text: 'refused' } }], route: '/x' },
		});
		const query = '{service_name="pier"} |= "refused" | json | status >= 500';
		const { window } = shown.place;
		expect(prompt.enter(query, shown)).toEqual({ type: 'go', to: { kind: 'logs', query, window } });
		expect(prompt.enter(prompt.begin(shown), shown)).toEqual({ type: 'stay', state: shown.state });
	});

	test('Q asks for it, and for the labels there are', async () => {
		const shown = await drawn({ place: { service: 'pier' } });
		const asked = pressed(shown, 'Q');
		expect(asked).toMatchObject({ type: 'prompt', name: 'query', state: { edits: true } });
		expect(logs.asides?.({ ...shown, state: { ...shown.state, edits: true } })).toContainEqual({
			key: 'labels',
			kind: 'labels',
		});
		expect(logs.asides?.(shown)).toEqual([]);
	});

	test('is completed by what the lines have', async () => {
		const shown = await drawn({ place: { query: '{service_name=~".+"}' } });
		expect(completed('{serv‸', shown)).toBe('{service_name="');
		expect(completed('{service_name="p‸', shown)).toBe('{service_name="pier"');
		expect(completed('{service_name="pier"} | json | rou‸', shown)).toBe('{service_name="pier"} | json | route ');
		expect(completed('{service_name="pier"} | json | route="‸', shown)).toBe(
			'{service_name="pier"} | json | route="/berths"',
		);
		const labelled = {
			...shown,
			findings: { ...shown.findings, labelNames: { status: 'loaded', value: ['zone'], notes: [], at: noon } as const },
		};
		expect(completed('{z‸', labelled)).toBe('{zone="');
	});

	test('is completed by the values that Loki has, behind those of the lines', async () => {
		const shown = await drawn({ place: { query: '{service_name=~".+"}' } });
		const value = new Map([['service_name', ['anchor', 'pontoon']]]);
		const valued = {
			...shown,
			findings: { ...shown.findings, labelValues: { status: 'loaded', value, notes: [], at: noon } as const },
		};
		const field = { text: '{service_name="', cursor: 15 };
		expect(prompt.complete?.(field, valued).choices).toEqual(['buoy', 'pier', 'quay', 'anchor', 'pontoon']);
		expect(completed('{service_name="po‸', valued)).toBe('{service_name="pontoon"');
	});

	test('asks for the values of the label that is typed, each once', async () => {
		const shown = await drawn({ place: { service: 'pier' } });
		const typed = (text: string, from: LogsShown) => prompt.typed?.({ text, cursor: text.length }, from) ?? from.state;
		expect(typed('{zo', shown)).toBe(shown.state);
		const state = typed('{zone="', shown);
		expect(logs.asides?.({ ...shown, state })).toContainEqual({
			key: 'values zone',
			kind: 'label values',
			label: 'zone',
		});
		expect(typed('{zone="a', { ...shown, state })).toBe(state);
		expect(typed('{zone="a"}', { ...shown, state })).toBe(state);
	});

	test.each([
		['{service_name="pier"} | json', undefined, undefined],
		['{service_name=pier}', 14, 'pier does not fit here. Enter again asks Loki all the same, which may be newer.'],
		[' ', 1, 'The query ends too early.'],
		['count_over_time({service_name="pier"}[1m])', undefined, /gives numbers/],
	])('%s is wrong at %s: %s', async (text, at, problem) => {
		const shown = await drawn({ place: { service: 'pier' } });
		expect(prompt.fault?.(text, shown)?.at).toBe(at);
		const said = prompt.problem?.(text, shown) ?? prompt.doubt?.(text, shown);
		if (problem === undefined) expect(said).toBeUndefined();
		else expect(said).toMatch(problem);
	});

	test('what Loki refused is marked where Loki stumbled, as long as it is the same', async () => {
		const query = '{service_name="pier"}\n| json | approx(5)';
		const shown = await drawn({ place: { query: '{service_name="pier"}' } });
		const failure = {
			kind: 'bad-query',
			backend: 'loki',
			what: 'Loki refused the query (400).',
			next: 'Change it.',
			words: 'parse error at line 2, col 10: syntax error: unexpected (',
			position: { line: 2, column: 10 },
		} as const;
		const refused: LogsShown = {
			...shown,
			place: { ...shown.place, query },
			findings: { ...shown.findings, target: idle, records: failedWith(idle, failure, noon) },
		};
		const text = prompt.begin(refused);
		// The grammar of the editor does not know it either; it would be told first.
		expect(prompt.fault?.('{service_name="pier"}', refused)).toBeUndefined();
		expect(prompt.fault?.(text, refused)?.at).toBeGreaterThan(20);
		const known = { ...refused, place: { ...refused.place, query: '{service_name="pier"}\n| json' } };
		expect(prompt.fault?.(prompt.begin(known), known)).toEqual({
			at: 28,
			words: 'Loki: parse error at line 2, col 10: syntax error: unexpected (',
		});
	});
});

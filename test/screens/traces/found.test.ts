import { describe, expect, test } from 'vitest';
import type { TraceRung, TracesFindings } from '../../../src/investigation/traces-findings.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { fixed, hour, live } from '../../../src/model/time.ts';
import { traces as screen } from '../../../src/screens/traces/index.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { tracesFromText } from '../../helpers/traces-from-text.ts';
import { atTraces, hourAtThePier, noon, query, resultsOf } from './shown-traces.ts';

const lastRows = (frame: string, count: number): readonly string[] =>
	frame
		.split('\n')
		.slice(-count)
		.map(row => row.trimEnd());

describe('what was found', () => {
	test('is told below the list: how many, in which order, and the TraceQL', () => {
		const at = atTraces();
		expect(lastRows(at.frame(), 2)).toEqual(['', `7 traces, newest first  ${query}`]);
		at.presses('s');
		expect(lastRows(at.frame(), 1)).toEqual([`7 traces, slowest first  ${query}`]);
		at.filters('quay');
		expect(lastRows(at.frame(), 1)).toEqual([`1 of 7 traces, slowest first  ${query}`]);
	});

	test('is not all where Tempo stopped', () => {
		const notes = [{ kind: 'partial', text: 'Not all traces, nor the slowest: Tempo stopped at 50.' }] as const;
		const at = atTraces({ findings: { results: resultsOf(hourAtThePier, { cut: 1 }, notes) } });
		expect(lastRows(at.frame(), 2)).toEqual([notes[0].text, `7 of more traces, newest first  ${query}`]);
		const parts = atTraces({ findings: { results: resultsOf(hourAtThePier, { searched: 4, all: 4, cut: 3 }, notes) } });
		expect(lastRows(parts.frame(), 2)[0]).toBe(notes[0].text.replace('.', ', in 3 of 4 parts.'));
		const every = atTraces({ findings: { results: resultsOf(hourAtThePier, { searched: 4, all: 4, cut: 4 }, notes) } });
		expect(lastRows(every.frame(), 2)[0]).toBe(notes[0].text.replace('.', ', in each of 4 parts.'));
		at.filters('quay');
		expect(lastRows(at.frame(), 1)).toEqual([`1 of 7 traces and more, newest first  ${query}`]);
		at.presses('s');
		expect(lastRows(at.frame(), 1)).toEqual([
			'1 of 7 traces and more, slowest of these first  { resource.service.name = "pier…',
		]);
	});

	test('grows as parts of the window are searched', () => {
		const at = atTraces({ findings: { results: resultsOf(hourAtThePier, { searched: 2, all: 5 }) } });
		expect(lastRows(at.frame(), 2)[0]).toBe('searching: 2 of 5 parts of the window');
	});

	test('by a Tempo that does not count has dashes for counts, and says why', () => {
		const traces = tracesFromText('1m 41ms - pier GET /berths\n2m 2s - pier POST /berths', noon);
		const notes = [
			{ kind: 'info', text: 'This Tempo (before 2.6) does not count the spans and errors of a trace.' },
		] as const;
		const frame = atTraces({ findings: { results: resultsOf(traces, {}, notes) } }).frame();
		expect(frame.split('\n').find(row => row.includes('GET /berths'))).toMatch(/– +– *$/);
		expect(lastRows(frame, 2)[0]).toBe(notes[0].text);
		expect(frame.split('\n')[0]).not.toContain('✗');
		const failing = atTraces({ place: { errors: true }, findings: { results: resultsOf(traces, {}, notes) } });
		expect(failing.frame().split('\n')[0]).toContain('✗');
	});

	test('at 160×46', () => {
		const frame = atTraces({ size: { width: 160, height: 46 } }).frame();
		expect(`\n${frame.split('\n').slice(0, 20).join('\n')}`).toMatchInlineSnapshot(`
			"
			    5 s┤
			       │                                        ✗                                                                                                         ✗
			       │
			       │                                                                                                                  ◆
			 230 ms┤
			       │
			       │                                                                                                                                 ◆                   ◈
			       │                                                                         ◆
			   5 ms└     ◆
			        11:00       11:05        11:10        11:15       11:20        11:25        11:30       11:35        11:40        11:45       11:50        11:55
			 began            took                         began in                                    went through                                          spans  errors
			▌11:59:00.000    41 ms ▌                       pier GET /berths                            pier                                                      5       ·
			 11:58:00.000    2.1 s ███████████████████████ pier POST /berths                           pier                                                     14     3 ✗
			 11:51:00.000    38 ms ▍                       pier GET /berths                            pier                                                      5       ·
			 11:45:00.000   420 ms ████▋                   pier POST /berths                           pier                                                      9       ·
			 11:29:00.000    12 ms ▏                       pier GET /berths                            pier                                                      5       ·
			 11:16:00.000    1.9 s ████████████████████▊   quay POST /moorings                         quay                                                     14     2 ✗
			 11:02:00.000     7 ms ▏                       pier GET /tides                             pier                                                      3       ·

			"
		`);
	});

	test('at 60×11 in ASCII', () => {
		const frame = atTraces({ size: { width: 60, height: 11 }, theme: createTheme('none', false) }).frame();
		expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			 began            took began in              spans  errors
			>11:59:00.000    41 ms pier GET /berths          5       .
			 11:58:00.000    2.1 s pier POST /berths        14     3 x
			 11:51:00.000    38 ms pier GET /berths          5       .
			 11:45:00.000   420 ms pier POST /berths         9       .
			 11:29:00.000    12 ms pier GET /berths          5       .
			 11:16:00.000    1.9 s quay POST /moorings      14     2 x
			 11:02:00.000     7 ms pier GET /tides           3       .


			7 traces, newest first  { resource.service.name = "pier" }"
		`);
	});

	test('of a trace without its root is no service', () => {
		const traces = tracesFromText('1m 41ms 0/5 <root span', noon);
		const at = atTraces({ findings: { results: resultsOf(traces) } });
		expect(at.presses('p')).toMatchObject({ type: 'refuse' });
	});
});

describe('nothing found', () => {
	const place = { service: 'peer', errors: true, window: fixed(noon - 2 * hour, noon - hour) } as const;
	const to = { kind: 'traces', window: live(hour) } as const;
	const rungs: readonly TraceRung[] = [
		{ key: 'w', found: '20 or more traces in 10h', query: '{}', to },
		{ key: undefined, found: '0 traces of any status', query: '{}', to: { ...to, service: 'peer' } },
	];
	const ladder: TracesFindings['ladder'] = loaded(
		{
			value: rungs,
			notes: [
				{ kind: 'info', text: 'No span of this window is of a service called peer. Services with traces: pier.' },
			],
		},
		noon,
	);

	test('says what was asked, what else was tried, and the keys that lead there', () => {
		const at = atTraces({ place, findings: { results: resultsOf([]), ladder } });
		expect(`\n${at.frame().split('\n').slice(0, 14).join('\n')}`).toMatchInlineSnapshot(`
			"
			 1 service=peer  2 errors
			 0 traces in 1h.
			 { resource.service.name = "pier" }

			 w  20 or more traces in 10h (press w)
			 –  0 traces of any status
			 No span of this window is of a service called peer. Services with traces:
			 pier.

			 _ takes a longer window, backspace the last condition away, Q edits the query,
			 R asks again.


			"
		`);
		expect(at.presses('w')).toMatchObject({ type: 'turn', to });
		expect(at.presses('v')).toEqual({ type: 'refuse', why: 'That would find nothing either.' });
	});

	test('says that others are being tried, and of a live window that the newest come late', () => {
		const at = atTraces({ findings: { results: resultsOf([]), ladder: { status: 'waiting', since: noon } } });
		expect(at.frame()).toContain('Asking what else would find some …');
		expect(at.frame()).toContain('The newest traces may arrive half a minute late.');
	});

	test('so far is not the end of it', () => {
		const at = atTraces({ findings: { results: resultsOf([], { searched: 1, all: 4 }) } });
		expect(at.frame()).toContain('0 traces in 1h so far, 1 of 4 parts searched.');
	});

	test('among traces its keys are idle', () => {
		expect(['w', 'v', 'o', 'd', 'x'].map(key => atTraces().idle(key))).toEqual(
			Array.from({ length: 5 }, () => 'This key is for when nothing was found; there are traces here.'),
		);
	});
});

describe('the TraceQL of what is on show', () => {
	const prompt = screen.prompts?.query;
	if (prompt === undefined) throw new Error('no prompt');
	const typed = (text: string) => ({ text, cursor: text.length });

	test('is that of all conditions, and all there is to the place that it is entered for', () => {
		const at = atTraces({ place: { service: 'pier', errors: true, slowerThan: 500 } });
		expect(prompt.begin(at.shown())).toBe(
			'{ resource.service.name = "pier" && status = error && traceDuration >= 500ms }',
		);
		const edited = '{ kind = server }';
		expect(prompt.enter(edited, at.shown())).toEqual({
			type: 'go',
			to: { kind: 'traces', query: edited, window: live(hour) },
		});
		expect(prompt.enter(prompt.begin(at.shown()), at.shown())).toMatchObject({ type: 'stay' });
	});

	test('Q asks for it, and for what there is to ask for', () => {
		const at = atTraces();
		expect(at.presses('Q')).toMatchObject({ type: 'prompt', name: 'query', state: { edits: true } });
		expect(at.asides()).toEqual([{ key: 'attributes', kind: 'attributes' }]);
	});

	test('is completed by what Tempo has, and asks for the values of what is typed', () => {
		const attributes: TracesFindings['attributes'] = loaded(
			{ value: [{ scope: 'span', name: 'http.route' }], notes: [] },
			noon,
		);
		const at = atTraces({ findings: { attributes } });
		expect(prompt.complete?.(typed('{ span.'), at.shown()).text).toBe('{ span.http.route ');
		const state = prompt.typed?.(typed('{ span.http.route = "'), at.shown());
		expect(state?.naming).toEqual({ scope: 'span', name: 'http.route' });
		const naming = atTraces({ findings: { attributes }, ...(state === undefined ? {} : { state }) });
		expect(naming.asides()).toContainEqual({
			key: 'values span.http.route',
			kind: 'values',
			attribute: { scope: 'span', name: 'http.route' },
		});
		expect(prompt.typed?.(typed('{ span.http.route = "/p'), naming.shown())).toBe(naming.shown().state);
		const value = new Map([['values span.http.route', [{ text: '/pay', isQuoted: true }]]]);
		naming.learns({ values: loaded({ value, notes: [] }, noon) });
		expect(prompt.complete?.(typed('{ span.http.route = "'), naming.shown()).text).toBe('{ span.http.route = "/pay"');
	});

	test('asks for no list of lengths or identifiers', () => {
		const state = prompt.typed?.(typed('{ traceDuration > '), atTraces().shown());
		expect(atTraces(state === undefined ? {} : { state }).asides()).toEqual([]);
	});

	test.each([
		['{ status = eror }', 11, 'eror does not fit here. Enter again asks Tempo all the same, which may be newer.'],
		['{ status = error } | rate()', undefined, /figures, not traces/],
		['{ status = error }', undefined, undefined],
	])('%s is wrong at %s: %s', (text, at, problem) => {
		const shown = atTraces().shown();
		expect(prompt.fault?.(text, shown)?.at).toBe(at);
		const said = prompt.problem?.(text, shown) ?? prompt.doubt?.(text, shown);
		if (problem === undefined) expect(said).toBeUndefined();
		else expect(said).toMatch(problem);
	});

	test('what Tempo refused is marked where Tempo stumbled', () => {
		const failure = {
			kind: 'bad-query',
			backend: 'tempo',
			what: 'Tempo refused the query (400).',
			next: 'Change it.',
			words: 'invalid TraceQL query: parse error at line 1, col 3: unknown identifier: parent.a',
			position: { line: 1, column: 3 },
		} as const;
		const at = atTraces({
			place: { query: '{ parent.a = 1 }' },
			findings: { results: { status: 'failed', failure, at: noon } },
		});
		const rows = at.frame().split('\n');
		const shown = rows.findIndex(row => row.startsWith('{ parent.a'));
		expect(rows[shown + 1]?.trimEnd()).toBe('  ^');
		expect(prompt.fault?.('{ parent.a = 1 }', at.shown())).toEqual({ at: 2, words: `Tempo: ${failure.words}` });
		expect(prompt.fault?.('{ parent.a = 2 }', at.shown())).toBeUndefined();
	});
});

test('attributes of the service in which traces began go with them into a comparison', () => {
	const attributes = [{ scope: 'span', name: 'http.route', value: '/berths' }] as const;
	const comparing = (service: string) => atTraces({ place: { service, attributes } }).presses('M');
	expect(comparing('pier')).toMatchObject({ to: { kind: 'compare', service: 'pier', attributes } });
	expect((comparing('till') as { to: object }).to).not.toHaveProperty('attributes');
});

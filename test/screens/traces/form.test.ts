import { describe, expect, test } from 'vitest';
import type { TracesFindings } from '../../../src/investigation/traces-findings.ts';
import { idle, loaded } from '../../../src/model/loadable.ts';
import { hour, live } from '../../../src/model/time.ts';
import type { AttributeText } from '../../../src/model/trace.ts';
import { traces as screen } from '../../../src/screens/traces/index.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { atTraces, noon } from './shown-traces.ts';

const texts = (...values: readonly string[]): readonly AttributeText[] =>
	values.map(text => ({ text, isQuoted: !/^\d+$|^true$/.test(text) }));

const attributes: TracesFindings['attributes'] = loaded(
	{
		value: [
			{ scope: 'intrinsic', name: 'status' },
			{ scope: 'resource', name: 'k8s.pod.name' },
			{ scope: 'span', name: 'http.route' },
			{ scope: 'span', name: 'http.response.status_code' },
		],
		notes: [],
	},
	noon,
);

const valuesOf = (known: Readonly<Record<string, readonly AttributeText[]>>): TracesFindings['values'] =>
	loaded({ value: new Map(Object.entries(known)), notes: [] }, noon);

const body = (frame: string): string => `\n${frame.split('\n').slice(5, -2).join('\n').trimEnd()}`;
const bare = { kind: 'traces', window: live(hour) } as const;

describe('a condition is made without typing', () => {
	test('first what it is about', () => {
		const at = atTraces({ place: { service: 'pier', slowerThan: 500 } });
		at.presses('f');
		expect(at.frame()).toMatchInlineSnapshot(`
			"    5 s┤                   ✗                                                 ✗
			       │                                                      ◆
			       │                                                             ◆        ◈
			   5 ms└  ◆                               ◆
			        11:00             11:15             11:30             11:45
			 1 service=pier  2 slower than 500ms
			condition                                           enter chooses  esc goes back
			▌ service                                                                  pier
			  operation                                                                 any
			  errors only                                                                no
			  slower than                                                             500ms
			  faster than                                                               any
			  attribute                                                                 any






			7 traces, newest first  { resource.service.name = "pier" }"
		`);
		const wide = atTraces({ place: { service: 'pier' }, size: { width: 160, height: 20 } });
		wide.presses('f', 'j');
		expect(wide.frame()).toMatchInlineSnapshot(`
			"    5 s┤                                        ✗                                                                                                         ✗
			       │                                                                                                                  ◆
			       │                                                                                                                                 ◆                   ◈
			   5 ms└     ◆                                                                   ◆
			        11:00       11:05        11:10        11:15       11:20        11:25        11:30       11:35        11:40        11:45       11:50        11:55
			 1 service=pier                                                                                                            backspace takes the last away, X any
			 began            took             began in                               spans  errors    condition                                enter chooses  esc goes back
			▌11:59:00.000    41 ms ▎           pier GET /berths                           5       ·      service                                                       pier
			 11:58:00.000    2.1 s ███████████ pier POST /berths                         14     3 ✗    ▌ operation                                                      any
			 11:51:00.000    38 ms ▎           pier GET /berths                           5       ·      errors only                                                     no
			 11:45:00.000   420 ms ██▎         pier POST /berths                          9       ·      slower than                                                    any
			 11:29:00.000    12 ms ▏           pier GET /berths                           5       ·      faster than                                                    any
			 11:16:00.000    1.9 s ██████████  quay POST /moorings                       14     2 ✗      attribute                                                      any
			 11:02:00.000     7 ms ▏           pier GET /tides                            3       ·





			7 traces, newest first  { resource.service.name = "pier" }"
		`);
	});

	test('a service from those on show and those that Tempo knows', () => {
		const at = atTraces({
			findings: { values: valuesOf({ 'values resource.service.name': texts('anchor', 'pier') }) },
		});
		at.presses('f', 'enter');
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			service                                            enter keeps it  esc goes back
			▌ any
			  anchor
			  pier                                                                   6 here
			  quay                                                                   1 here"
		`);
		expect(at.presses('j', 'j', 'enter')).toEqual({
			type: 'turn',
			to: { ...bare, service: 'pier' },
			state: { order: 'newest', filter: '' },
		});
	});

	test('an operation from those of the service alone', () => {
		const at = atTraces({
			place: { service: 'pier' },
			findings: { values: valuesOf({ 'values name of pier': texts('SELECT berths') }) },
		});
		at.presses('f', 'j', 'enter');
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			 1 service=pier
			operation                                          enter keeps it  esc goes back
			▌ any
			  GET /berths                                                            3 here
			  GET /tides                                                             1 here
			  POST /berths                                                           2 here
			  SELECT berths"
		`);
		expect(at.presses('G', 'enter')).toMatchObject({ to: { ...bare, service: 'pier', operation: 'SELECT berths' } });
	});

	test('a duration, with what each would leave and that of the trace under the cursor', () => {
		const at = atTraces();
		at.presses('f', 'j', 'j', 'j', 'enter');
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			slower than  1 of 15                               enter keeps it  esc goes back
			▌ any
			  41 ms, as the trace under the cursor                                   4 here
			  5 ms                                                                   7 here
			  10 ms                                                                  6 here
			  25 ms                                                                  5 here
			  50 ms                                                                  3 here
			  100 ms                                                                 3 here
			  250 ms                                                                 3 here
			  500 ms                                                                 2 here
			  1 s                                                                    2 here
			  2 s                                                                    1 here
			  5 s                                                                    0 here"
		`);
		expect(at.presses('j', 'enter')).toMatchObject({ type: 'turn', to: { ...bare, slowerThan: 41 } });
		expect(atTraces().presses('f', 'j', 'j', 'j', 'j', 'enter', 'j', 'enter')).toMatchObject({
			type: 'turn',
			to: { ...bare, fasterThan: 42 },
		});
	});

	test('errors only, and all again', () => {
		expect(atTraces().presses('f', 'j', 'j', 'enter')).toMatchObject({ type: 'turn', to: { ...bare, errors: true } });
		const failing = atTraces({ place: { errors: true } });
		expect(failing.presses('f', 'j', 'j', 'enter')).toMatchObject({ type: 'turn', to: bare });
	});

	test('an attribute, then its value with its type', () => {
		const at = atTraces({ findings: { attributes } });
		at.presses('f', 'G', 'enter');
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			attribute                                           enter chooses  esc goes back
			▌ span.http.response.status_code
			  span.http.route
			  resource.k8s.pod.name"
		`);
		at.presses('enter');
		expect(at.asides()).toContainEqual({
			key: 'values span.http.response.status_code',
			kind: 'values',
			attribute: { scope: 'span', name: 'http.response.status_code' },
		});
		at.learns({ values: valuesOf({ 'values span.http.response.status_code': texts('504', '200', 'none') }) });
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			span.http.response.status_code =                   enter keeps it  esc goes back
			▌ 200
			  504
			  none"
		`);
		expect(at.presses('j', 'enter')).toMatchObject({
			to: { attributes: [{ scope: 'span', name: 'http.response.status_code', value: 504 }] },
		});
		expect(at.shown().state.form).toBeUndefined();
	});

	test('of what was chosen before, any takes the condition away', () => {
		const at = atTraces({ place: { service: 'pier' } });
		at.presses('f', 'enter');
		expect(at.frame()).toContain('▌ pier');
		expect(at.presses('g', 'enter')).toMatchObject({ type: 'turn', to: bare });
	});

	test('with / among many choices', () => {
		const at = atTraces({ findings: { attributes } });
		at.presses('f', 'G', 'enter');
		at.filters('route');
		expect(screen.search?.current(at.shown().state)).toBe('route');
		expect(body(at.frame())).toMatchInlineSnapshot(`
			"
			attribute  / route                                  enter chooses  esc goes back
			▌ span.http.route"
		`);
		expect(at.shown().state.filter).toBe('');
		at.presses('enter');
		expect(at.shown().state.form).toMatchObject({ attribute: { name: 'http.route' }, filter: '' });
	});

	test('the cursor stays on its choice when answers put others before it', () => {
		const at = atTraces();
		at.presses('f', 'enter', 'j');
		expect(at.frame()).toContain('▌ pier');
		at.learns({ values: valuesOf({ 'values resource.service.name': texts('anchor', 'buoy') }) });
		expect(at.frame()).toContain('▌ pier');
	});

	test('esc goes back a level at a time', () => {
		const at = atTraces({ findings: { attributes } });
		at.presses('f', 'G', 'enter', 'j', 'enter');
		const fields = [0, 1, 2].map(() => {
			at.presses('escape');
			return at.shown().state.form;
		});
		expect(fields).toEqual([
			{ field: 'attribute', filter: '', picked: 'span.http.route' },
			{ filter: '', picked: 'attribute' },
			undefined,
		]);
		expect(at.presses('escape')).toBeUndefined();
	});
});

describe('what the choices wait for is said', () => {
	const waiting = { status: 'waiting', since: noon - 1000 } as const;
	const failure = { kind: 'timeout', what: 'Tempo did not answer in 30 s.', next: 'R asks again.' } as const;

	test.each<[string, Partial<TracesFindings>, string]>([
		['waiting', { attributes: waiting }, 'asking what there is … 1 s'],
		['failed', { attributes: { status: 'failed', failure, at: noon } }, 'Tempo did not answer in 30 s. R asks again.'],
		[
			'guessed',
			{ attributes: loaded({ value: [], notes: [{ kind: 'info', text: 'Scopes are a guess.' }] }, noon) },
			'Scopes are a guess.',
		],
	])('%s', (_, findings, words) => {
		const at = atTraces({ findings });
		at.presses('f', 'G', 'enter');
		expect(at.frame()).toContain(words);
		expect(at.presses('enter')).toMatchObject({ type: 'refuse' });
	});

	test('unasked, as long as the search is under way', () => {
		const at = atTraces();
		at.presses('f', 'G', 'enter');
		expect(at.frame()).toContain('What else there is will be asked when the search is done …');
	});

	test('each question once, and none while nothing is begun', () => {
		const at = atTraces({
			findings: { attributes: idle },
			state: { naming: { scope: 'resource', name: 'service.name' } },
		});
		at.presses('f', 'enter');
		const keys = at.asides().map(({ key }) => key);
		expect(keys).toEqual(['attributes', 'values resource.service.name']);
		expect(atTraces().asides()).toEqual([]);
	});

	test('names of the service that is looked at are asked for, of its spans alone', () => {
		const at = atTraces({ place: { service: 'pier' } });
		at.presses('f', 'j', 'enter');
		expect(at.asides()).toContainEqual({
			key: 'values name of pier',
			kind: 'values',
			attribute: { scope: 'intrinsic', name: 'name' },
			filter: '{ resource.service.name = "pier" }',
		});
	});
});

describe('conditions are chips', () => {
	const place = { service: 'pier', errors: true, attributes: [{ scope: 'span', name: 'zone', value: '7' }] } as const;

	test('with their numbers', () => {
		expect(atTraces({ place }).frame().split('\n')[5]?.trimEnd()).toBe(' 1 service=pier  2 errors  3 span.zone="7"');
		expect(atTraces({ place, theme: createTheme('none', false) }).frame()).toMatch(/^[\x20-\x7e\n]*$/);
	});

	test('of which a long one hides no other', () => {
		const query = `{ ${'span.a = 1 && '.repeat(9)}span.b = 2 }`;
		const row = atTraces({ place: { query, errors: true } })
			.frame()
			.split('\n')[5]
			?.trimEnd();
		expect(row).toMatch(/^ 1 \{ span\.a = 1 .*… {2}2 errors$/);
	});

	test('backspace takes the last one away, X any', () => {
		const at = atTraces({ place });
		expect(at.presses('backspace')).toMatchObject({ type: 'turn', to: { ...bare, service: 'pier', errors: true } });
		expect(at.presses('X')).toEqual({ type: 'prompt', name: 'takeAway' });
		const takeAway = screen.prompts?.takeAway;
		expect(takeAway?.problem?.('4', at.shown())).toBe('Type a number: 1 service=pier  2 errors  3 span.zone="7"');
		expect(takeAway?.problem?.('0', at.shown())).toMatch(/^Type a number/);
		expect(takeAway?.problem?.('3', at.shown())).toBeUndefined();
		expect(takeAway?.enter('1', at.shown())).toMatchObject({
			type: 'turn',
			to: { ...bare, errors: true, attributes: place.attributes },
		});
	});

	test('without one there is nothing to take away', () => {
		expect(atTraces().idle('backspace')).toContain('f makes one');
		expect(atTraces().presses('backspace')).toMatchObject({ type: 'refuse' });
	});
});

test('over the traces what is about them waits, and beside them it does not', () => {
	const form = { filter: '' };
	const why = 'The choices lie over the traces. esc goes back to them.';
	const covering = atTraces({ state: { form } });
	expect(['l', 'p', 'M', 's', 'y'].map(covering.idle)).toEqual(Array.from({ length: 5 }, () => why));
	expect(['enter', 'j', 'f'].map(covering.idle)).toEqual([undefined, undefined, undefined]);
	const beside = atTraces({ state: { form }, size: { width: 160, height: 40 } });
	expect(['l', 'M'].map(beside.idle)).toEqual([undefined, undefined]);
});

import { describe, expect, test } from 'vitest';
import type { Neighbour } from '../../../src/analysis/neighbours.ts';
import type { ServiceFindings } from '../../../src/investigation/service-findings.ts';
import type { Neighbours } from '../../../src/investigation/service-neighbours.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { fixed, minute } from '../../../src/model/time.ts';
import { service } from '../../../src/screens/service/index.ts';
import type { ServiceState } from '../../../src/screens/service/state.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { drawn, here, noon, nowhere, press, shownAt } from './shown-service.ts';

const nobody = Number.NaN;

const neighbour = (name: string, change: Partial<Neighbour> = {}): Neighbour => {
	const whole = { direction: 'callees', name, kind: 'service', rate: 4, failures: 0, ...change } as const;
	const { server = 0.12, client = 0.1262 } = change;
	const goes = whole.kind === 'service' || whole.kind === 'messaging' ? { service: name } : {};
	return { ...goes, errors: whole.failures / whole.rate, server, client, gap: client - server, ...whole };
};

const callers = [
	neighbour('user', { direction: 'callers', kind: 'virtual', rate: 21.4, failures: 0.9, client: nobody, gap: nobody }),
	neighbour('kiosk', { direction: 'callers', rate: 0.05, server: 0.0042, client: 0.0049, gap: 0.0007 }),
];
const callees = [
	neighbour('ferry', { rate: 3.2, failures: 0.7, server: 4, client: 2.02, gap: -1.98 }),
	neighbour('postgresql', { kind: 'database', rate: 16.3, server: nobody, client: 0.0078, gap: nobody }),
	neighbour('buoy', { rate: 6.61 }),
	neighbour('a-name-that-is-much-too-long-for-its-column', { rate: 2 }),
	neighbour('crier', { kind: 'messaging', rate: 1.2, server: 0.07, client: 0.002, gap: nobody }),
];

const found = (change: Partial<Neighbours> = {}): Neighbours => ({
	source: 'service graph',
	callers: { rows: callers, total: 2, queries: ['query of callers'] },
	callees: { rows: callees, total: 5, queries: ['query of rates', 'query of p99'] },
	at: noon,
	averagedOver: 5 * minute,
	...change,
});

const sceneOf = (change: Partial<Neighbours> = {}, state: Partial<ServiceState> = {}) => ({
	place: { view: 'neighbours' as const },
	findings: { ...nowhere, neighbours: here(found(change)) } satisfies ServiceFindings,
	state,
});
const rowOf = ({ direction, kind, name }: Neighbour): string => `${direction} ${kind} ${name}`;
const at = (index: number) => {
	const row = [...callers, ...callees][index];
	return { row: row === undefined ? '' : rowOf(row) };
};

describe('the neighbours', () => {
	test('at 80 columns: callers above, callees below, the cursor at the worst callee', () => {
		expect(`\n${drawn(sceneOf())}`).toMatchInlineSnapshot(`
			"
			service graph, over 5m                 rate   errors      p99   waited      gap
			CALLERS › pier  2
			 user                   virtual      21.4/s    4.2 %   120 ms        –        –
			 kiosk                  service       3/min      0 %   4.2 ms   4.9 ms   700 µs

			CALLEES pier ›  5
			▌ferry                  service       3.2/s   21.9 %      4 s   2.02 s  -1.98 s
			 postgresql             database     16.3/s      0 %        –   7.8 ms        –
			 buoy                   service      6.61/s      0 %   120 ms   126 ms   6.2 ms
			 a-name-that-is-much-t… service         2/s      0 %   120 ms   126 ms   6.2 ms
			 crier                  messaging     1.2/s      0 %    70 ms     2 ms        –"
		`);
	});

	test('at 60 columns, in ASCII, with the details below', () => {
		const scene = { ...sceneOf({}, { details: true, ...at(2) }), size: { width: 60, height: 22 } };
		expect(`\n${drawn({ ...scene, theme: createTheme('none', false) })}`).toMatchInlineSnapshot(`
			"
			service graph, over 5m      rate   errors      p99      gap
			CALLERS > pier  2
			 user        virtual      21.4/s    4.2 %   120 ms        –
			 kiosk       service       3/min      0 %   4.2 ms   700 µs

			CALLEES pier >  5
			>ferry       service       3.2/s   21.9 %      4 s  -1.98 s
			 postgresql  database     16.3/s      0 %        –        –
			 buoy        service      6.61/s      0 %   120 ms   6.2 ms
			 a-name-tha~ service         2/s      0 %   120 ms   6.2 ms
			 crier       messaging     1.2/s      0 %    70 ms        –

			pier asks ferry
			ferry is a service.
			3.2/s, 0.7/s failed (21.9 %).
			p99 as ferry measures it: 4 s.
			p99 as pier waits: 2.02 s.
			ferry took 1.98 s longer than pier waited: pier gave up
			first.

			query of rates
			query of p99"
		`);
	});

	test('at 200 columns, with the details beside', () => {
		expect(`\n${drawn({ ...sceneOf(), size: { width: 200, height: 56 } })}`).toMatchInlineSnapshot(`
			"
			service graph, over 5m                                     rate   errors      p99   waited      gap   pier asks ferry
			CALLERS › pier  2                                                                                     ferry is a service.
			 user                                       virtual      21.4/s    4.2 %   120 ms        –        –   3.2/s, 0.7/s failed (21.9 %).
			 kiosk                                      service       3/min      0 %   4.2 ms   4.9 ms   700 µs   p99 as ferry measures it: 4 s.
			                                                                                                      p99 as pier waits: 2.02 s.
			CALLEES pier ›  5                                                                                     ferry took 1.98 s longer than pier waited: pier gave up first.
			▌ferry                                      service       3.2/s   21.9 %      4 s   2.02 s  -1.98 s
			 postgresql                                 database     16.3/s      0 %        –   7.8 ms        –   query of rates
			 buoy                                       service      6.61/s      0 %   120 ms   126 ms   6.2 ms   query of p99
			 a-name-that-is-much-too-long-for-its-colu… service         2/s      0 %   120 ms   126 ms   6.2 ms
			 crier                                      messaging     1.2/s      0 %    70 ms     2 ms        –"
		`);
	});

	test('of a source that knows one end only', () => {
		const one = callees.slice(0, 3).map(each => ({ ...each, server: nobody, gap: nobody }));
		const scene = sceneOf({
			source: 'span metrics',
			remark: 'Span metrics tell whom a service asks, and not who asks it.',
			callers: { rows: [], total: 0, queries: [] },
			callees: { rows: one, total: 412, queries: [] },
		});
		expect(`\n${drawn(scene)}`).toMatchInlineSnapshot(`
			"
			span metrics, over 5m                                    rate   errors   waited
			Span metrics tell whom a service asks, and not who asks it.
			CALLERS › pier
			 Nobody is known to ask it.

			CALLEES pier ›  showing 3 of 412
			▌ferry                                    service       3.2/s   21.9 %   2.02 s
			 postgresql                               database     16.3/s      0 %   7.8 ms
			 buoy                                     service      6.61/s      0 %   126 ms"
		`);
	});

	test('of which the failing is not among the busiest', () => {
		const rows = [neighbour('ferry', { rate: nobody, failures: 0.4 })];
		expect(drawn(sceneOf({ callees: { rows, total: 80, queries: [] } }))).toMatch(/ferry +service +– +0\.4\/s/);
	});

	test('without a source say what was looked for', () => {
		const { source: _, ...none } = found({ remark: 'Nothing tells of the neighbours of pier.' });
		const findings = { ...nowhere, neighbours: here(none) };
		expect(drawn({ ...sceneOf(), findings })).toBe('Nothing tells of the neighbours of pier.');
	});

	test('that were cut say so', () => {
		const notes = [{ kind: 'partial' as const, text: 'Only 50 of 412 callees are shown.' }];
		const findings = { ...nowhere, neighbours: loaded(answer(found(), notes), noon) };
		expect(drawn({ ...sceneOf(), findings })).toContain('\nOnly 50 of 412 callees are shown.\n');
	});

	test('keep the row under the cursor on show', () => {
		const rows = Array.from({ length: 50 }, (_, index) => neighbour(`s${index}`));
		const scene = sceneOf({ callees: { rows, total: 50, queries: [] } }, { row: 'callees service s40' });
		const frame = drawn(scene);
		expect(frame).toMatch(/\n▌s40 /);
		expect(frame.split('\n')).toHaveLength(20);
	});
});

describe('the cursor', () => {
	const settled = (state: Partial<ServiceState> = {}) => service.settle?.(shownAt(sceneOf({}, state))).row;

	test('is written down by who is under it, and stays there when the order changes', () => {
		expect(settled()).toBe('callees service ferry');
		expect(settled(at(4))).toBe('callees service buoy');
		const turned = sceneOf({ callees: { rows: callees.toReversed(), total: 5, queries: [] } }, at(4));
		expect(drawn(turned)).toMatch(/\n▌buoy /);
		const panels = shownAt();
		expect(service.settle?.(panels)).toBe(panels.state);
	});

	test('moves over both lists', () => {
		expect(press('j', sceneOf({}, at(1)))).toMatchObject({ state: at(2) });
		expect(press('k', sceneOf({}, at(2)))).toMatchObject({ state: at(1) });
		expect(press('k', sceneOf({}, at(0)))).toMatchObject({ state: at(0) });
		expect(press('G', sceneOf({}, at(0)))).toMatchObject({ state: at(6) });
		expect(press('g', sceneOf({}, at(5)))).toMatchObject({ state: at(0) });
	});

	test('goes over those that the filter lets through', () => {
		expect(drawn(sceneOf({}, { filter: 'BUO' }))).toMatch(/showing 1 of 5\n▌buoy/);
		expect(drawn(sceneOf({}, { filter: 'xyz' }))).toContain('None has xyz in its name. / changes the filter.');
	});
});

describe('enter', () => {
	test('goes to the neighbours of the neighbour, in the same window', () => {
		const scene = sceneOf({}, at(4));
		const window = fixed(noon - minute, noon);
		expect(press('enter', { ...scene, place: { ...scene.place, window } })).toMatchObject({
			type: 'go',
			to: { kind: 'service', service: 'buoy', view: 'neighbours', window },
			state: at(4),
		});
		expect(press('enter', sceneOf())).toMatchObject({ to: { service: 'ferry' }, state: at(2) });
		expect(press('enter', sceneOf({}, at(6)))).toMatchObject({ to: { service: 'crier' } });
	});

	test.each([
		[callers[0], 'user stands for callers that send no spans: there is nothing to go to.'],
		[
			callees[1],
			'postgresql is a database and sends no spans of its own. :service postgresql looks for its metrics all the same.',
		],
		[
			neighbour('GET /tides', { kind: 'operation' }),
			'GET /tides is what pier calls its spans: they do not say whom they ask.',
		],
		[neighbour('', { kind: 'address' }), 'These calls do not say whom they ask.'],
		[
			neighbour('relay.example', { kind: 'virtual' }),
			'relay.example sends no spans of its own. :service relay.example looks for its metrics all the same.',
		],
	])('refuses what is no service', (row = neighbour(''), why) => {
		const { service: _, ...silent } = row;
		const list = { rows: [silent], total: 1, queries: [] };
		const none = { rows: [], total: 0, queries: [] };
		const lists = row.direction === 'callers' ? { callers: list, callees: none } : { callers: none, callees: list };
		expect(press('enter', sceneOf(lists))).toEqual({ type: 'refuse', why });
	});

	test('has nowhere to go without neighbours', () => {
		expect(press('enter', { place: { view: 'neighbours' }, findings: nowhere })).toMatchObject({ type: 'refuse' });
	});
});

test('y copies the PromQL of the neighbours', () => {
	expect(press('y', sceneOf())).toMatchObject({
		type: 'copy',
		text: 'query of callers\nquery of rates\nquery of p99',
	});
	expect(press('y', { place: { view: 'neighbours' }, findings: nowhere })).toMatchObject({ type: 'refuse' });
});

import { describe, expect, test } from 'vitest';
import { findingOf } from '../../../src/analysis/cardinality.ts';
import { type CardinalityFindings, noCardinalityFindings } from '../../../src/investigation/cardinality.ts';
import { answer } from '../../../src/model/answer.ts';
import { failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import type { CardinalityPlace } from '../../../src/model/place.ts';
import { hour, live, minute, rangeOf } from '../../../src/model/time.ts';
import type { TsdbStatus } from '../../../src/model/tsdb.ts';
import { cardinality } from '../../../src/screens/cardinality/index.ts';
import type { CardinalityShown, CardinalityState } from '../../../src/screens/cardinality/state.ts';
import { paintCardinality } from '../../../src/screens/cardinality/view.tsx';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const place: CardinalityPlace = { kind: 'cardinality', window: live(hour) };

const status: TsdbStatus = {
	series: 12_500,
	labelPairs: 3100,
	chunks: 14_000,
	from: noon - 90 * minute,
	to: noon,
	seriesByMetric: [
		{ name: 'logins_total', count: 8000 },
		{ name: 'http_server_request_duration_seconds_bucket_with_a_very_long_name_indeed', count: 1250 },
		{ name: 'up', count: 9 },
	],
	valuesByLabel: [
		{ name: '__name__', count: 5100 },
		{ name: 'user', count: 4000 },
		{ name: 'route', count: 41 },
	],
	bytesByLabel: [{ name: 'user', count: 1_258_291 }],
	seriesByPair: [
		{ name: 'service=ledger', count: 8000 },
		{ name: 'password=hunter2secret', count: 12 },
	],
};
const labels = [
	findingOf(
		{ name: 'user', count: 4000 },
		{
			values: ['025f18ed-1adc-418a-a04c-27397d23bfd8', '125f18ed-1adc-418a-a04c-27397d23bfd8'],
			metrics: ['logins_total'],
		},
	),
	findingOf({ name: 'route', count: 41 }, { values: ['/pay', '/refund'], metrics: [] }),
];

const findings = (change: Partial<CardinalityFindings> = {}): CardinalityFindings => ({
	status: loaded(answer(status), noon),
	labels: loaded(answer(labels), noon),
	...change,
});

type Scene = {
	readonly findings?: CardinalityFindings;
	readonly state?: Partial<CardinalityState>;
	readonly size?: Size;
	readonly theme?: Theme;
};

const shownAt = ({ findings: found = findings(), state, size }: Scene = {}): CardinalityShown => ({
	place,
	findings: found,
	state: { ...cardinality.initial(place), ...state },
	range: rangeOf(place.window, noon),
	now: noon,
	size: size ?? { width: 80, height: 20 },
	timeFormat: 'utc',
});

const drawn = (scene: Scene = {}): string => {
	const shown = shownAt(scene);
	const theme = scene.theme ?? createTheme('none', true);
	return frameOf(shown.size.width, shown.size.height, surface => paintCardinality(surface, { ...shown, theme }))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd();
};

const press = (key: string, scene: Scene = {}): Outcome<CardinalityState> => {
	const binding = cardinality.keys.find(({ keys }) => keys.includes(key));
	if (binding === undefined) throw new Error(`${key} is no key of the cardinality`);
	return binding.run(shownAt(scene));
};

describe('the lists', () => {
	test('of labels at 80 columns, that without bound first', () => {
		expect(`\n${drawn()}`).toMatchInlineSnapshot(`
			"
			[labels]  metrics   pairs   memory
			▌✗ user                                            4000 values  UUIDs
			   __name__                                        5100 values
			   route                                             41 values  words








			────────────────────────────────────────────────────────────────────────────────
			user: 4000 values, without bound
			2 of 2 sampled values look like UUIDs, and there are 4000: each new one is a new
			series.
			for instance 025f18ed-1adc-418a-a04c-27397d23bfd8
			125f18ed-1adc-418a-a04c-27397d23bfd8
			count(count by (user) (logins_total{user!=""}))
			12500 series, 3100 label pairs, 14000 chunks, since 10:30"
		`);
	});

	test('of metrics in ASCII at 60 columns', () => {
		const scene = { state: { list: 'metrics', row: 1 } as const, size: { width: 60, height: 11 } };
		expect(`\n${drawn({ ...scene, theme: createTheme('none', false) })}`).toMatchInlineSnapshot(`
			"
			 labels  [metrics]  pairs   memory
			   logins_total                8000 series  64 %
			>  ~a_very_long_name_indeed    1250 series  10 %
			   up                             9 series  <0.1 %


			------------------------------------------------------------
			http_server_request_duration_seconds_bucket_with_a_very_long
			_name_indeed: 1250 series, 10 % of all
			count(http_server_request_duration_seconds_bucket_with_a_ver
			y_long_name_indeed)"
		`);
	});

	test('of pairs without secrets, at 200 columns with the details beside', () => {
		expect(`\n${drawn({ state: { list: 'pairs' }, size: { width: 200, height: 56 } })}`).toMatchInlineSnapshot(`
			"
			 labels   metrics  [pairs]  memory
			▌  service=ledger                                            8000 series  64 %              service=ledger: 8000 series, 64 % of all
			   password=[redacted password]                                12 series  <0.1 %            count({service="ledger"})
			                                                                                            12500 series, 3100 label pairs, 14000 chunks, since 10:30"
		`);
	});

	test('of memory, which not every server counts', () => {
		expect(drawn({ state: { list: 'memory' } })).toMatch(/^▌ {2}user +1\.2 MiB$/m);
		const none = findings({ status: loaded(answer({ ...status, bytesByLabel: [] }), noon) });
		expect(drawn({ findings: none, state: { list: 'memory' } })).toContain(
			'This server does not count the memory of its labels.',
		);
	});

	test('say when the filter lets nothing through', () => {
		expect(drawn({ state: { filter: 'xyz' } })).toContain('Of those that the server names none has xyz in it.');
	});

	test('say that the values of a label are being looked at, and what could not be had', () => {
		const early = findings({ labels: { status: 'waiting', since: noon - minute } });
		expect(drawn({ findings: early, state: { selected: 'user' } })).toContain(
			'user: 4000 values; its values are being looked at',
		);
		const notes = [{ kind: 'partial' as const, text: 'The values of zone could not be had.' }];
		const partly = findings({ labels: loaded(answer(labels, notes), noon) });
		expect(drawn({ findings: partly })).toContain('\nThe values of zone could not be had.\n');
	});

	test('are not there when the server does not say', () => {
		const failure = {
			kind: 'not-found' as const,
			backend: 'prometheus' as const,
			what: 'Prometheus at metrics.example knows no such page (404).',
			next: 'Mimir has none.',
		};
		const none = { ...noCardinalityFindings, status: failedWith(idle, failure, noon) };
		expect(drawn({ findings: none })).toBe('✗ Prometheus at metrics.example knows no such page (404). Mimir has none.');
	});
});

test('the headline counts', () => {
	expect(cardinality.headline(shownAt())).toBe('12.5k series  1 label without bound');
	expect(cardinality.headline(shownAt({ findings: noCardinalityFindings }))).toBe('cardinality');
});

describe('the keys', () => {
	test('tab turns the lists round, each from its top', () => {
		expect(press('tab', { state: { selected: 'route', row: 1 } })).toEqual({
			type: 'stay',
			state: { list: 'metrics', row: 0, filter: '' },
		});
		expect(press('shift+tab')).toMatchObject({ state: { list: 'memory' } });
		expect(press('tab', { state: { list: 'memory' } })).toMatchObject({ state: { list: 'labels' } });
	});

	test('the cursor stays with its name when the order changes, and in its place when the name is gone', () => {
		expect(press('j')).toMatchObject({ state: { selected: '__name__', row: 1 } });
		expect(cardinality.settle?.(shownAt({ state: { row: 2 } }))).toMatchObject({ selected: 'route', row: 2 });
		expect(cardinality.settle?.(shownAt({ state: { selected: 'route', row: 0 } }))).toMatchObject({ row: 2 });
		expect(cardinality.settle?.(shownAt({ state: { selected: 'gone', row: 9 } }))).toMatchObject({
			selected: 'route',
			row: 2,
		});
		expect(press('j', { findings: noCardinalityFindings })).toMatchObject({ type: 'refuse' });
	});

	test('y and enter copy the PromQL of the row', () => {
		const text = 'count(count by (user) (logins_total{user!=""}))';
		expect(press('y')).toEqual({ type: 'copy', text, what: 'the PromQL that counts user' });
		expect(press('enter')).toMatchObject({ type: 'copy', text });
		expect(press('y', { state: { list: 'metrics' } })).toMatchObject({ text: 'count(logins_total)' });
		expect(press('y', { findings: noCardinalityFindings })).toMatchObject({ type: 'refuse' });
	});

	test('enter goes to the service that a pair names; what holds a secret is not copied', () => {
		expect(press('enter', { state: { list: 'pairs' } })).toEqual({
			type: 'go',
			to: { kind: 'service', service: 'ledger', window: place.window },
		});
		expect(press('y', { state: { list: 'pairs', row: 1 } })).toEqual({
			type: 'refuse',
			why: 'The query would hold a secret.',
		});
	});
});

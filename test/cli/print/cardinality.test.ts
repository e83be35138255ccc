import { expect, test } from 'vitest';
import { findingOf } from '../../../src/analysis/cardinality.ts';
import { cardinalityPrinter } from '../../../src/cli/print/cardinality.ts';
import { textOf } from '../../../src/cli/print/document.ts';
import type { CardinalityFindings } from '../../../src/investigation/cardinality.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { CardinalityPlace } from '../../../src/model/place.ts';
import { hour, live, rangeOf } from '../../../src/model/time.ts';
import type { TsdbStatus } from '../../../src/model/tsdb.ts';
import { createTheme } from '../../../src/widgets/theme.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const status: TsdbStatus = {
	series: 12_500,
	labelPairs: Number.NaN,
	chunks: Number.NaN,
	from: Number.NaN,
	to: noon,
	seriesByMetric: [{ name: 'logins_total', count: 8000 }],
	valuesByLabel: [
		{ name: 'user', count: 4000 },
		{ name: 'route', count: 41 },
	],
	bytesByLabel: [{ name: 'user', count: 1_258_291 }],
	seriesByPair: [{ name: 'password=hunter2secret', count: 12 }],
};
const labels = [
	findingOf(
		{ name: 'user', count: 4000 },
		{ values: ['025f18ed-1adc-418a-a04c-27397d23bfd8'], metrics: ['logins_total'] },
	),
];
const findings: CardinalityFindings = {
	status: loaded(answer(status), noon),
	labels: loaded(answer(labels), noon),
};

const printing = (filter?: string) => {
	const place: CardinalityPlace = {
		kind: 'cardinality',
		window: live(hour),
		...(filter === undefined ? {} : { filter }),
	};
	const range = rangeOf(place.window, noon);
	return {
		place,
		findings,
		range,
		now: noon,
		timeFormat: 'utc',
		width: 100,
		theme: createTheme('none', true),
	} as const;
};

test('the cardinality is printed with what has no bound first, and without secrets', () => {
	expect(`\n${textOf(cardinalityPrinter.blocks(printing()), 100)}`).toMatchInlineSnapshot(`
		"
		12.5k series.

		user: 1 of 1 sampled values looks like UUIDs, and there are 4000: each new one is a new series.

		Labels that were looked into
		----------------------------

		label  values  are    bound  query
		user     4000  UUIDs  none   count(count by (user) (logins_total{user!=""}))

		Values by label
		---------------

		name   count
		user    4000
		route     41

		Series by metric
		----------------

		name          count
		logins_total   8000

		Series by pair
		--------------

		name                          count
		password=[redacted password]     12

		Memory by label
		---------------

		name    count
		user  1.2 MiB
		"
	`);
});

test('a filter keeps the names that hold it', () => {
	const text = textOf(cardinalityPrinter.blocks(printing('rout')), 100);
	expect(text).toContain('route');
	expect(text).not.toContain('Series by metric');
});

test('in JSON what is not known is null', () => {
	expect(cardinalityPrinter.json(printing())).toMatchObject({
		series: 12_500,
		labelPairs: null,
		from: null,
		to: '2026-05-04T12:00:00.000Z',
		labels: [{ label: 'user', unbounded: true, shape: 'uuid', metric: 'logins_total' }],
		seriesByPair: [{ name: 'password=[redacted password]', count: 12 }],
	});
});

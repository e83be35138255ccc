import { describe, expect, test } from 'vitest';
import { parsePromql } from '../../src/analysis/promql.ts';
import { redFamilies } from '../../src/analysis/red-families.ts';
import { chooseTarget } from '../../src/analysis/red-match.ts';
import { probeSelectors } from '../../src/analysis/red-probe.ts';
import { redQueries } from '../../src/analysis/red-queries.ts';
import type { FoundTarget } from '../../src/analysis/service-target.ts';
import { uncountedNames, uncountedSelectors } from '../../src/analysis/use-uncounted.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';
import { guessRows } from './conventions/guesses.ts';
import { libraryRows } from './conventions/libraries.ts';
import { otelRows } from './conventions/otel.ts';
import { platformRows } from './conventions/platforms.ts';
import { proxyRows } from './conventions/proxies.ts';
import { queueRows } from './conventions/queues.ts';
import type { ConventionRow } from './conventions/row.ts';
import { spanRows } from './conventions/spans.ts';

const scope = { more: [], over: minute };

const targetOf = ({ series }: ConventionRow): FoundTarget | undefined =>
	chooseTarget({ service: 'till', series: seriesFromText(series), own: [] });

const till = { service: 'till', labels: {} };

const queriesOf = (target: FoundTarget) => {
	const { rate, errors, durations } = redQueries(target, scope, ['p99']);
	return [
		{ name: 'rate', query: rate },
		...(errors === undefined ? [] : [{ name: 'errors', query: errors }]),
		...durations,
	];
};

/** The panels as the rows draw them, or what there is to see without any. */
function panelsOf(target: FoundTarget | undefined, series: readonly Labels[]): readonly string[] {
	if (target === undefined) return ['no panels', ...uncountedNames(till, series).map(name => `see: ${name}`)];
	const others = target.others.map(({ family }) => family);
	return [
		target.convention,
		...queriesOf(target).map(({ name, query }) => `${name}: ${query}`),
		...(target.routeLabel === undefined ? [] : [`route: ${target.routeLabel}`]),
		...(others.length === 0 ? [] : [`not chosen: ${others.join(', ')}`]),
	];
}

const linesOf = (drawing: string): readonly string[] =>
	drawing
		.trim()
		.split('\n')
		.map(line => line.trim());

const rows = { otelRows, spanRows, libraryRows, proxyRows, platformRows, queueRows, guessRows };
const all = Object.values(rows).flat();

describe.each(Object.entries(rows))('%s', (_, table) => {
	test.each(table)('$row', row => {
		expect(panelsOf(targetOf(row), seriesFromText(row.series))).toEqual(linesOf(row.panels));
	});
});

describe('of all rows', () => {
	test('every query is PromQL', () => {
		const queries = all.flatMap(row => {
			const target = targetOf(row);
			return target === undefined ? [] : queriesOf(target).map(({ query }) => query);
		});
		expect(queries.length).toBeGreaterThan(200);
		expect(queries.filter(query => parsePromql(query) === undefined)).toEqual([]);
	});

	test('what is drawn would be found by what is asked', () => {
		const selectors = [...probeSelectors('till', []), ...uncountedSelectors(till)].map(text => {
			const node = parsePromql(text);
			if (node?.kind !== 'selector') throw new Error(`not a selector: ${text}`);
			return node.matchers;
		});
		const unfound = all.filter(row => {
			const asked = seriesFromText(row.series).filter(labels =>
				selectors.some(matchers => matchers.every(matcher => holds(labels[matcher.name] ?? '', matcher))),
			);
			const target = chooseTarget({ service: 'till', series: asked, own: [] });
			return JSON.stringify(panelsOf(target, asked)) !== JSON.stringify(linesOf(row.panels));
		});
		expect(unfound.map(({ row }) => row)).toEqual([]);
	});

	test('every family is drawn, and each has its own key', () => {
		const drawn = new Set(
			all.flatMap(row => {
				const target = targetOf(row);
				return target === undefined ? [] : [target, ...target.others].map(({ family }) => family.split(':')[0]);
			}),
		);
		const keys = redFamilies.map(({ key }) => key);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys.filter(key => !drawn.has(key))).toEqual([]);
	});
});

const holds = (actual: string, { operator, value }: { readonly operator: string; readonly value: string }): boolean =>
	operator === '=' || operator === '!='
		? (actual === value) === (operator === '=')
		: new RegExp(`^(?:${value})$`, 's').test(actual);

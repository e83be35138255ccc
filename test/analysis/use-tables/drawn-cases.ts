import type { UsePlan } from '../../../src/analysis/use-plan.ts';
import { boundedLimits, boundedQuery } from '../../../src/analysis/use-queries.ts';
import type { Labels } from '../../../src/model/labels.ts';
import { seriesFromText } from '../../helpers/series-from-text.ts';

export type DrawnCase = { readonly name: string; readonly series: readonly Labels[]; readonly expected: string };

/**
 * A table of what is there and what must be asked, a convention at a time:
 *
 *     # name of the case
 *     a_metric{$S,pool="main"}
 *     =>
 *     resource utilization in count: sum by (pool, instance) (a_metric{$S})
 *       limit: …                     `soft` when nothing is refused beyond it
 *
 * `$S` are labels of the service's own series, `$P` of one of its pods, `$H` of its machine; in the queries they stand for
 * what selects these.
 */
export const drawnCases = (table: string): readonly DrawnCase[] =>
	table
		.trim()
		.split(/^# /m)
		.filter(text => text !== '')
		.map(text => {
			const [drawn = '', expected = ''] = text.split('\n=>\n');
			const [name = '', ...series] = drawn.split('\n');
			return { name, series: seriesFromText(asLabels(series.join('\n'))), expected: expected.trim() };
		});

const labels = {
	$H: 'instance="10.0.0.7:9100",job="node-exporter"',
	$P: 'namespace="harbour",pod="pier-6d4b75cb6d-x7k2p"',
	$S: 'service="pier",instance="pier:80"',
};
const matchers = {
	$H: 'instance="10.0.0.7:9100"',
	$P: 'namespace="harbour",pod=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)"',
	$S: 'service="pier"',
};

export const asLabels = (text: string): string =>
	Object.entries(labels).reduce((all, [short, long]) => all.replaceAll(short, long), text);

const shortened = (query: string): string =>
	Object.entries(matchers).reduce((all, [short, long]) => all.replaceAll(long, short), query);

/** What a plan would ask, as the tables write it. */
export const planText = ({ questions }: UsePlan): string =>
	questions
		.flatMap(question => [
			`${question.key} in ${question.figure.unit}: ${shortened(boundedQuery(question))}`,
			...boundedLimits(question).map((query, place) => {
				const limit = question.limits[place];
				return `  ${limit?.soft ? 'soft ' : ''}${limit?.of}: ${shortened(query)}`;
			}),
		])
		.join('\n');

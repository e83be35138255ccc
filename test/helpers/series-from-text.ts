import { parsePromql } from '../../src/analysis/promql.ts';
import type { Labels } from '../../src/model/labels.ts';

/**
 * Label sets drawn as PromQL selectors, one a line; `{a,b}` in a value stands for one series with each:
 *
 *     http_requests_total{service="shop",code="{200,500}"}
 */
export const seriesFromText = (text: string): readonly Labels[] =>
	text
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '')
		.flatMap(spread)
		.map(labelsOf);

function spread(line: string): readonly string[] {
	const [whole, choices] = /"\{([^{}]*)\}"/.exec(line) ?? [];
	if (whole === undefined || choices === undefined) return [line];
	return choices.split(',').flatMap(choice => spread(line.replace(whole, `"${choice}"`)));
}

function labelsOf(line: string): Labels {
	const node = parsePromql(line);
	if (node?.kind !== 'selector') throw new Error(`not a series: ${line}`);
	return {
		...(node.metric === undefined ? {} : { __name__: node.metric }),
		...Object.fromEntries(node.matchers.map(({ name, value }) => [name, value])),
	};
}

import { finished } from '../../../src/demo/piecework.ts';
import { evaluate } from '../../../src/demo/prometheus/evaluate.ts';
import { labelsText } from '../../../src/demo/prometheus/label-order.ts';
import { sampleText } from '../../../src/demo/prometheus/number-text.ts';
import { parsePromql } from '../../../src/demo/prometheus/parse.ts';
import type { StoredSeries } from '../../../src/demo/prometheus/series.ts';
import { storageOf } from '../../../src/demo/prometheus/storage.ts';

/** The first sample of a drawn series; the next ones follow every five seconds. */
export const drawnAt = 1_000_000_000_000;
export const drawnStep = 5_000;

/** `up{job="a"}  0 1 2 _ 4`: one series a line, `_` where a scrape failed. */
export const seriesFromText = (text: string): readonly StoredSeries[] =>
	text
		.trim()
		.split('\n')
		.map(line => {
			const [, selector = '', drawing = ''] = /^\s*(\S+)\s+(.*)$/.exec(line) ?? [];
			const samples = drawing
				.trim()
				.split(/\s+/)
				.flatMap((figure, at) => (figure === '_' ? [] : [{ time: drawnAt + at * drawnStep, value: Number(figure) }]));
			return {
				labels: labelsFromText(selector),
				isIn: () => true,
				samples: (from, to) => {
					const inside = samples.filter(({ time }) => time > from && time <= to);
					return { times: inside.map(({ time }) => time), values: inside.map(({ value }) => value) };
				},
			};
		});

const labelsFromText = (selector: string): Record<string, string> => {
	const [, name = '', inner = ''] = /^([^{]*)(?:\{(.*)\})?$/.exec(selector) ?? [];
	const pairs = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value]);
	return { __name__: name, ...Object.fromEntries(pairs) };
};

/**
 * Evaluates a query over drawn series at some seconds after the first sample: one line for each series,
 * `{job="a"} 1 _ 3`, `_` where it has no value.
 */
export const evaluated = (query: string, drawing: string, ...seconds: readonly number[]): readonly string[] => {
	const steps = seconds.map(each => drawnAt + each * 1000);
	const value = finished(evaluate(parsePromql(query), steps, storageOf(seriesFromText(drawing))));
	if (value.type === 'string') return [value.value];
	if (value.type === 'scalar') return [value.values.map(sampleText).join(' ')];
	return value.columns
		.filter(({ values }) => values.some(each => each !== undefined))
		.map(({ labels, values }) => {
			const texts = values.map(each => (each === undefined ? '_' : sampleText(Number(each.toPrecision(12)))));
			return `${labelsText(labels)} ${texts.join(' ')}`;
		});
};

import type { Labels, Matcher } from '../model/labels.ts';

/**
 * True when the label set satisfies every matcher as Prometheus would: an absent label is an empty one, patterns are
 * anchored. A pattern that JavaScript cannot read (RE2 has some of its own) is taken to match: the server has the
 * last word.
 */
export const matchesLabels = (labels: Labels, matchers: readonly Matcher[]): boolean =>
	matchers.every(({ name, operator, value }) => {
		const actual = labels[name] ?? '';
		if (operator === '=' || operator === '!=') return (actual === value) === (operator === '=');
		const pattern = patternOf(value);
		return pattern === undefined || pattern.test(actual) === (operator === '=~');
	});

function patternOf(source: string): RegExp | undefined {
	try {
		return new RegExp(`^(?:${source})$`, 's');
	} catch {
		return undefined;
	}
}

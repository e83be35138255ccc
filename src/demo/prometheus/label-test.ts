import type { Labels, Matcher } from '../../model/labels.ts';
import { goRegExp } from '../go-regexp.ts';

/** A matcher as a test of one label's value, an absent label being `''`. Throws an `Error` with Go's words for a bad pattern. */
export const labelTest = ({ operator, value }: Matcher): ((label: string) => boolean) => {
	if (operator === '=') return label => label === value;
	if (operator === '!=') return label => label !== value;
	const pattern = goRegExp(value, 'anchored');
	return operator === '=~' ? label => pattern.test(label) : label => !pattern.test(label);
};

/** All matchers as one test of a label set. */
export const labelsTest = (matchers: readonly Matcher[]): ((labels: Labels) => boolean) => {
	const tests = matchers.map(matcher => ({ name: matcher.name, test: labelTest(matcher) }));
	return labels => tests.every(({ name, test }) => test(labels[name] ?? ''));
};

import type { $ZodIssue } from 'zod/v4/core';

/** The first place where an answer is not what its schema says: `data.result[0].value is missing`. */
export function firstDifference(issues: readonly $ZodIssue[], json: unknown): string {
	const [issue] = issues;
	if (issue === undefined) return 'it differs';
	const where = printPath(issue.path);
	if (valueAt(json, issue.path) === undefined) return `${where} is missing`;
	return `${where} ${ruleIn(issues.filter(({ path }) => printPath(path) === where)) ?? 'holds an unexpected value'}`;
}

/** What should be there, from the first of the issues with one place that says it. */
function ruleIn(issues: readonly $ZodIssue[]): string | undefined {
	for (const issue of issues) {
		if (issue.code === 'invalid_type') return `should be of type ${issue.expected}`;
		if (issue.code === 'invalid_value' && issue.values.length > 1) return `should be one of ${issue.values.join(', ')}`;
		if (issue.code === 'invalid_format' && issue.format === 'url') return 'should be a URL such as https://host/prefix';
		// Without words of a schema's own, zod has these.
		if (issue.code === 'custom' && issue.message !== 'Invalid input') return issue.message;
	}
	return undefined;
}

const printPath = (path: readonly PropertyKey[]): string =>
	path.length === 0
		? 'the whole answer'
		: path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`)).join('');

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
	path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), json);

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
	typeof value === 'object' && value !== null;

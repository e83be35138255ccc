import type { $ZodIssue } from 'zod/v4/core';

/** The first place where an answer is not what its schema says: `data.result[0].value is missing`. */
export function firstDifference(issues: readonly $ZodIssue[], json: unknown): string {
	const [issue] = issues;
	if (issue === undefined) return 'it differs';
	const where = printPath(issue.path);
	if (valueAt(json, issue.path) === undefined) return `${where} is missing`;
	return issue.code === 'invalid_type'
		? `${where} should be of type ${issue.expected}`
		: `${where} holds an unexpected value`;
}

const printPath = (path: readonly PropertyKey[]): string =>
	path.length === 0
		? 'the whole answer'
		: path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`)).join('');

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
	path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), json);

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
	typeof value === 'object' && value !== null;

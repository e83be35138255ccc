import { equals, type Matcher, matches } from '../model/labels.ts';
import type { StatusScheme } from './red-family.ts';

/**
 * gRPC's codes for which the server answers and not the caller
 * (https://opentelemetry.io/docs/specs/semconv/rpc/grpc/): unknown, deadline exceeded, unimplemented, internal,
 * unavailable, data loss.
 */
const grpcFaults = {
	words: 'Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss',
	capitals: 'UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS',
	numbers: '2|4|12|13|14|15',
};

/** `Internal` of Go or `INTERNAL` of the rest; both when only `OK` was seen, which either may write. */
function grpcWords(values: readonly string[]): string {
	if (values.some(value => /[a-z]/.test(value))) return grpcFaults.words;
	if (values.some(value => /^[A-Z_]{3,}$/.test(value))) return grpcFaults.capitals;
	return `${grpcFaults.words}|${grpcFaults.capitals}`;
}

/** What a label that has words for codes calls a failure. */
const failureWords = '(?i:.*(error|fail|exception|timeout).*)';

/** The matcher that keeps failed requests, in the spelling of the values that were seen. */
export function errorMatcherOf(label: string, scheme: StatusScheme, seen: ReadonlySet<string>): Matcher {
	const values = [...seen].filter(value => value !== '');
	switch (scheme) {
		case 'http':
			return httpMatcher(label, values, '5');
		case 'http-or-broken':
			return matches(label, '5..|0');
		case 'http-client':
			return httpMatcher(label, values, '[45]');
		case 'grpc':
			if (values.length > 0 && values.every(value => /^\d+$/.test(value))) return matches(label, grpcFaults.numbers);
			return matches(label, grpcWords(values));
		case 'present':
			return { name: label, operator: '!=', value: '' };
	}
}

/** `5xx`, `5XX` and Envoy's `5` are classes; a label that has neither codes nor classes has words. */
function httpMatcher(label: string, values: readonly string[], faults: '5' | '[45]'): Matcher {
	const grouped = values.find(value => /^\d(xx)?$/i.test(value));
	if (grouped !== undefined && !areCodes(values)) {
		const pattern = grouped.replace(/^\d/, faults);
		return faults === '5' ? equals(label, pattern) : matches(label, pattern);
	}
	const inWords = values.length > 0 && !values.some(value => /^\d/.test(value));
	return matches(label, inWords ? failureWords : `${faults}..`);
}

/** True when the values are codes of three digits, which make classes. */
export const areCodes = (seen: Iterable<string>): boolean => [...seen].some(value => /^[1-5]\d\d$/.test(value));

import { equals, type Matcher, matches } from '../model/labels.ts';
import type { StatusScheme } from './red-families.ts';

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

/** The matcher that keeps failed requests, in the spelling of the values that were seen. */
export function errorMatcherOf(label: string, scheme: StatusScheme, seen: ReadonlySet<string>): Matcher {
	const values = [...seen].filter(value => value !== '');
	switch (scheme) {
		case 'http': {
			const grouped = values.find(value => /^\dxx$/i.test(value));
			return grouped === undefined ? matches(label, '5..') : equals(label, grouped.replace(/^\d/, '5'));
		}
		case 'grpc':
			if (values.length > 0 && values.every(value => /^\d+$/.test(value))) return matches(label, grpcFaults.numbers);
			return matches(label, values.some(value => /^[A-Z_]{3,}$/.test(value)) ? grpcFaults.capitals : grpcFaults.words);
		case 'span':
			return equals(label, 'STATUS_CODE_ERROR');
		case 'outcome':
			return equals(label, 'SERVER_ERROR');
		case 'present':
			return { name: label, operator: '!=', value: '' };
	}
}

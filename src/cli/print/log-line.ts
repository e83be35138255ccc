import { formatRfc3339 } from '../../analysis/format-time.ts';
import type { Details } from '../../analysis/log-record.ts';
import type { Labels } from '../../model/labels.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import { withoutUnseen } from './json.ts';

/** A line of log as a line of JSON, with its line break. */
export type WriteLine = (entry: LogEntry, details: Details) => string;

const perSecond = 1_000_000_000n;

/**
 * Writes lines as JSON, each with the names that {@link recordJson} has. There may be millions: what neighbours share, the
 * second and the labels of the stream, is written once.
 */
export function lineWriter(): WriteLine {
	const labelsText = new WeakMap<Labels, string>();
	const labelsOf = (labels: Labels): string => {
		const known = labelsText.get(labels) ?? JSON.stringify(labels);
		labelsText.set(labels, known);
		return known;
	};
	const timeOf = clock();
	return (entry, details) => {
		const { level, service, message, format, requestId, traceId, spanId, fields } = details;
		const named =
			fields.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(fields.map(({ name, value }) => [name, value])));
		return withoutUnseen(
			`{"time":"${timeOf(entry.at)}","level":"${level}","service":${JSON.stringify(service)},` +
				`"message":${JSON.stringify(message)},"format":"${format}"` +
				identifier('requestId', requestId) +
				identifier('traceId', traceId) +
				identifier('spanId', spanId) +
				`,"fields":${named},"labels":${labelsOf(entry.labels)},"line":${JSON.stringify(entry.line)}}\n`,
		);
	};
}

const identifier = (name: string, found: { readonly value: string } | undefined): string =>
	found === undefined ? '' : `,"${name}":${JSON.stringify(found.value)}`;

/** RFC 3339 with nanoseconds; the part up to the second is kept while it stays the same. */
function clock(): (at: bigint) => string {
	let second: bigint | undefined;
	let text = '';
	return at => {
		const rest = ((at % perSecond) + perSecond) % perSecond;
		const whole = (at - rest) / perSecond;
		if (whole !== second) {
			second = whole;
			text = formatRfc3339(Number(whole) * 1000);
		}
		return text === 'unknown' ? text : `${text.slice(0, 20)}${String(rest).padStart(9, '0')}Z`;
	};
}

import type { LogRecord } from '../../model/log-entry.ts';

/** What is counted over all lines that are held, once for each set of them: a key press must not walk through 100,000. */
export type Tally = {
	readonly errors: number;
	/** Secrets that were masked. */
	readonly masked: number;
	readonly services: number;
	/** Errors of each service that has any, the most first. */
	readonly errorsOf: readonly (readonly [service: string, errors: number])[];
	/** Characters of the longest name of a service. */
	readonly longestService: number;
};

const tallies = new WeakMap<readonly LogRecord[], Tally>();

export function tallyOf(records: readonly LogRecord[]): Tally {
	const known = tallies.get(records);
	if (known !== undefined) return known;
	const services = new Set<string>();
	const byService = new Map<string, number>();
	let [errors, masked] = [0, 0];
	for (const record of records) {
		if (record.level === 'error' || record.level === 'fatal') {
			errors++;
			byService.set(record.service, (byService.get(record.service) ?? 0) + 1);
		}
		masked += record.masked;
		services.add(record.service);
	}
	const longestService = Math.max(0, ...[...services].map(({ length }) => length));
	const errorsOf = [...byService].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
	const tally = { errors, errorsOf, masked, services: services.size, longestService };
	tallies.set(records, tally);
	return tally;
}

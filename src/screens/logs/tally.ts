import type { LogRecord } from '../../model/log-entry.ts';

/** What is counted over all lines that are held, once for each set of them: a key press must not walk through 100,000. */
export type Tally = {
	readonly errors: number;
	/** Secrets that were masked. */
	readonly masked: number;
	readonly services: number;
	/** Characters of the longest name of a service. */
	readonly longestService: number;
};

const tallies = new WeakMap<readonly LogRecord[], Tally>();

export function tallyOf(records: readonly LogRecord[]): Tally {
	const known = tallies.get(records);
	if (known !== undefined) return known;
	const services = new Set<string>();
	let [errors, masked] = [0, 0];
	for (const record of records) {
		if (record.level === 'error' || record.level === 'fatal') errors++;
		masked += record.masked;
		services.add(record.service);
	}
	const longestService = Math.max(0, ...[...services].map(({ length }) => length));
	const tally = { errors, masked, services: services.size, longestService };
	tallies.set(records, tally);
	return tally;
}

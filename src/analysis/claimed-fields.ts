import type { LogField, LogLevel } from '../model/log-entry.ts';
import { parseJson } from './log-fields.ts';
import { rolesOf } from './log-keys.ts';
import { levelOfValue } from './log-level.ts';
import { type FoundIdentifiers, offerField } from './request-of.ts';

/** What the fields of a line tell: of each role the one with the best claim on it whose value will do. */
export type ClaimedFields = {
	readonly level: LogLevel | undefined;
	readonly message: LogField | undefined;
	readonly identifiers: FoundIdentifiers;
	/** All but time and level, which are columns of their own, and what Loki adds about them, which says nothing new. */
	readonly others: readonly LogField[];
};

/** In one walk, since each line takes it. Only a line's own words are its message, and plain text has it elsewhere. */
export function claimFields(fields: readonly LogField[], isText: boolean): ClaimedFields {
	let level: LogLevel | undefined;
	let message: LogField | undefined;
	let [levelRank, messageRank] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	const identifiers: FoundIdentifiers = {};
	const others: LogField[] = [];
	for (const field of fields) {
		let isAside = field.name === 'detected_level';
		for (const { role, rank } of rolesOf(field.name)) {
			if (role === 'time') isAside = true;
			else if (role === 'level') {
				const found = levelOfValue(field.value, field.name);
				if (found === undefined) continue;
				isAside = true;
				if (rank >= levelRank) continue;
				level = found;
				levelRank = rank;
			} else if (role === 'message') {
				if (isText || rank >= messageRank || field.origin !== 'line' || !says(field.value)) continue;
				message = field;
				messageRank = rank;
			} else if (role === 'request' || role === 'trace' || role === 'span') offerField(identifiers, field, role, rank);
		}
		if (!isAside) others.push(field);
	}
	return { level, message, identifiers, others };
}

/** `null`, nothing and a list are no sentence: another field says more, or the line itself. */
export const says = (value: string): boolean =>
	value !== 'null' &&
	/\S/.test(value) &&
	!(value.startsWith('[') && value.endsWith(']') && Array.isArray(parseJson(value)));

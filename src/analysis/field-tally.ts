import type { LogField, LogRecord } from '../model/log-entry.ts';
import { boundedStore } from './bounded-store.ts';
import { rolesOf } from './log-keys.ts';

/** What a field is good for: values to choose from, a figure, the same on every line, or one of its own for each line. */
export type FieldUse = 'values' | 'figure' | 'constant' | 'identifier';

export type FieldValue = {
	readonly value: string;
	readonly lines: number;
	/** The field as it stands in `sample`, a line that has it; `undefined` for what is told of the line as a whole. */
	readonly field: LogField | undefined;
	readonly sample: LogRecord;
};

/** A field of many lines: how many have it, and with which values. */
export type FieldSummary = {
	readonly name: string;
	/** The line itself tells level and service, whatever field it has them from. */
	readonly origin: LogField['origin'] | 'record';
	readonly use: FieldUse;
	readonly lines: number;
	readonly distinct: number;
	/** There are more than `distinct`: beyond that they are not told apart. */
	readonly isMore: boolean;
	/** The commonest first, at most 50. */
	readonly values: readonly FieldValue[];
	/** Lines with any other value. */
	readonly others: number;
	/** Of a figure: the least and the greatest. */
	readonly range?: readonly [number, number];
};

/** The fields of the lines that were read, those that tell most first. */
export type FieldSummaries = {
	readonly fields: readonly FieldSummary[];
	/** Fields that were given up because there were too many. */
	readonly leftOut: number;
};

export type FieldTally = {
	readonly add: (record: LogRecord) => void;
	readonly fields: () => FieldSummaries;
};

const mostFields = 200;
const mostShown = 50;
/** So many values of a field are told apart; longer ones are no values to choose from. */
const mostDistinct = 500;
const longestValue = 300;

type Counted = { lines: number; readonly field: LogField | undefined; readonly sample: LogRecord };
type Tally = {
	readonly name: string;
	readonly origin: FieldSummary['origin'];
	lines: number;
	readonly values: Map<string, Counted>;
	/** Lines that had come when there was no room for further values. */
	fullAt: number | undefined;
	numbers: number;
	least: number;
	greatest: number;
};

/** Counts fields as lines come. Everything is bounded, whatever the lines hold. */
export function createFieldTally(): FieldTally {
	const store = boundedStore<Tally>(mostFields);
	let [lines, leftOut] = [0, 0];
	function tallyFor(name: string, origin: FieldSummary['origin']): Tally {
		const key = `${origin} ${name}`;
		const known = store.meet(key);
		if (known !== undefined) return known;
		const tally = newTally(name, origin);
		if (store.put(key, tally) !== undefined) leftOut++;
		return tally;
	}
	return {
		add(record) {
			lines++;
			count(tallyFor('level', 'record'), record.level, undefined, record);
			if (record.service !== '') count(tallyFor('service', 'record'), record.service, undefined, record);
			for (const field of fieldsOf(record)) count(tallyFor(field.name, field.origin), field.value, field, record);
		},
		fields: () => ({ fields: store.values().map(summaryOf).filter(isTelling).sort(byUse(lines)), leftOut }),
	};
}

const newTally = (name: string, origin: FieldSummary['origin']): Tally => ({
	name,
	origin,
	lines: 0,
	values: new Map(),
	fullAt: undefined,
	numbers: 0,
	least: Number.POSITIVE_INFINITY,
	greatest: Number.NEGATIVE_INFINITY,
});

/** Those in and beside the line, then the labels of its stream. A name that a line has twice counts once. */
function fieldsOf(record: LogRecord): readonly LogField[] {
	const known = new Set<string>();
	const labels = Object.entries(record.entry.labels).map(
		([name, value]): LogField => ({ name, value, origin: 'label' }),
	);
	return [...record.fields, ...labels].filter(({ name, origin }) => {
		const key = `${origin} ${name}`;
		const isNew = !known.has(key);
		known.add(key);
		return isNew;
	});
}

function count(tally: Tally, value: string, field: LogField | undefined, sample: LogRecord): void {
	tally.lines++;
	const number = value === '' || value.length > 40 ? Number.NaN : Number(value);
	if (Number.isFinite(number)) {
		tally.numbers++;
		tally.least = Math.min(tally.least, number);
		tally.greatest = Math.max(tally.greatest, number);
	}
	const known = tally.values.get(value);
	if (known !== undefined) known.lines++;
	else if (value.length <= longestValue && tally.values.size < mostDistinct) {
		tally.values.set(value, { lines: 1, field, sample });
	} else tally.fullAt ??= tally.lines;
}

function summaryOf(tally: Tally): FieldSummary {
	const { name, origin, lines } = tally;
	const all = [...tally.values].sort(([, a], [, b]) => b.lines - a.lines);
	const values = all.slice(0, mostShown).map(([value, counted]): FieldValue => ({ value, ...counted }));
	const use = purposeOf(tally);
	return {
		name,
		origin,
		use,
		lines,
		distinct: tally.values.size,
		isMore: tally.fullAt !== undefined,
		values,
		others: lines - values.reduce((sum, value) => sum + value.lines, 0),
		...(use === 'figure' ? { range: [tally.least, tally.greatest] } : {}),
	};
}

/** Fewer lines than this prove nothing about whether a value is unique. */
const fewLines = 5;
/** Of so many lines that have the field this part has a value of its own. */
const mostlyUnique = 0.9;
/** A value that stands on hardly more lines than this picks one thing out of many, even if several lines are about it. */
const fewPerValue = 4;

function purposeOf({ name, lines, values, fullAt, numbers, greatest }: Tally): FieldUse {
	if (rolesOf(name).some(({ role }) => role === 'request' || role === 'trace' || role === 'span')) return 'identifier';
	if (values.size === 1 && fullAt === undefined) return 'constant';
	const isUnique = lines >= fewLines && values.size >= mostlyUnique * (fullAt ?? lines);
	const isNumber = numbers >= mostlyUnique * lines;
	// Instants, offsets and row numbers count on; what takes time or room stays small.
	if (isNumber && greatest < 1e9 && (isUnique || values.size > 20)) return 'figure';
	const isSpread = (fullAt ?? lines) > 100 && values.size * fewPerValue >= (fullAt ?? lines);
	return isUnique || isSpread ? 'identifier' : 'values';
}

/** Every line has a service; where it is the same one it tells nothing. */
const isTelling = ({ name, origin, distinct }: FieldSummary): boolean =>
	origin !== 'record' || name === 'level' || distinct > 1;

/** What people look at first, in this order; then whatever varies. */
const lookedAt = [
	/^(?:level|severity|lvl)$/,
	/(?:^|[._])(?:err|error|exception|reason|errorcode|error_code|code)(?:$|[._](?:message|type|kind|class|code))/i,
	/(?:^|[._])(?:status|status_?code|response_?code|http_?status)$/i,
	/(?:^|[._])(?:route|path|uri|url|endpoint|operation|handler|rpc_method)$/i,
	/(?:^|[._])(?:method)$/i,
	/^(?:service|service_name|app|component)$/i,
	/(?:^|[._])(?:pod|instance|host|hostname|node|container|zone|region|version)(?:_?name)?$/i,
];

const uses: readonly FieldUse[] = ['values', 'figure', 'constant', 'identifier'];

const byUse =
	(lines: number) =>
	(a: FieldSummary, b: FieldSummary): number =>
		uses.indexOf(a.use) - uses.indexOf(b.use) ||
		rankOf(a) - rankOf(b) ||
		Math.round((b.lines / lines) * 10) - Math.round((a.lines / lines) * 10) ||
		a.distinct - b.distinct ||
		(a.name < b.name ? -1 : 1);

const rankOf = ({ name }: FieldSummary): number => {
	const rank = lookedAt.findIndex(names => names.test(name));
	return rank < 0 ? lookedAt.length : rank;
};

/**
 * What the values of a label look like. A shape that a request, a person or an instant brings along has no bound: every
 * new one is a new series (https://prometheus.io/docs/practices/naming/#labels).
 */
export type ValueShape =
	| 'uuid'
	| 'hex'
	| 'identifier'
	| 'email'
	| 'timestamp'
	| 'path'
	| 'text'
	| 'number'
	| 'address'
	| 'word';

const uuid = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;
/** A digit at least, as `facade` and `deadbeef` are words too. */
const hex = /^(?:0x)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}$/i;
/** Base 62 and the like: long, in both cases, with digits between. */
const identifier = /^(?=(?:.*\d){3})(?=.*[a-z])(?=.*[A-Z])[\w-]{16,}$/;
const email = /^[^@\s/]+@[^@\s/]+\.[^@\s/]+$/;
/** RFC 3339 and its kin, or an instant since 2015 in seconds, milli-, micro- or nanoseconds. */
const timestamp = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$|^1[4-9]\d{8}(\d{3}){0,3}(\.\d+)?$/;
const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const address = /^\[?[\da-fA-F.:]+\]?:\d+$|^\d{1,3}(\.\d{1,3}){3}$|^[\w.-]+\.[a-z]{2,}(:\d+)?$|^[\w.-]+:\d{2,5}$/;

/** The shape of one value. */
export function shapeOf(value: string): ValueShape {
	if (uuid.test(value)) return 'uuid';
	if (timestamp.test(value)) return 'timestamp';
	if (number.test(value)) return 'number';
	if (hex.test(value)) return 'hex';
	if (email.test(value)) return 'email';
	if (/^(\/|\w+:\/\/)/.test(value)) return hasIdInPath(value) ? 'path' : 'word';
	if (identifier.test(value)) return 'identifier';
	if (address.test(value)) return 'address';
	return /\s/.test(value) && value.length > 30 ? 'text' : 'word';
}

/** `/orders/8412` and `/u/7f3c…/mail`, but not `/orders/{id}` and not `/v2/orders`. */
const hasIdInPath = (path: string): boolean =>
	path
		.replace(/^\w+:\/\/[^/]*/, '')
		.split(/[/?&=]/)
		.some(part => /^\d{2,}$/.test(part) || uuid.test(part) || hex.test(part) || identifier.test(part));

/** What a sample of a label's values says of all of them. */
export type LabelVerdict = {
	/** The shape of most. */
	readonly shape: ValueShape;
	/** Every request, person or instant may bring another one. */
	readonly unbounded: boolean;
	/** In a sentence. */
	readonly why: string;
};

const boundless: readonly ValueShape[] = ['uuid', 'hex', 'identifier', 'email', 'timestamp', 'path', 'text'];
/** Fewer than this are a fixed set, whatever they look like: the machines of a rack have UUIDs too. */
const fewest = 10;
/** As many numbers are no longer codes, ports or levels. */
const manyNumbers = 100;
/** As many names are no longer chosen by somebody. */
const manyWords = 10_000;

/** Judges a label by some of its values, of which there are `count` in all. */
export function verdictOf(values: readonly string[], count: number): LabelVerdict {
	const shapes = values.map(shapeOf);
	const alike = (shape: ValueShape): number => shapes.filter(each => each === shape).length;
	const byNumber = [...new Set(shapes)].sort((a, b) => alike(b) - alike(a));
	const shape = byNumber[0] ?? 'word';
	const worst = byNumber.find(each => boundless.includes(each));
	const without = shapes.filter(each => boundless.includes(each)).length;
	const told = (of: ValueShape): string =>
		`${alike(of)} of ${values.length} sampled values ${alike(of) === 1 ? 'looks' : 'look'} like ${shapeNames[of]}, and there are ${count}`;
	if (worst !== undefined && without * 2 >= values.length && count >= fewest) {
		return { shape: worst, unbounded: true, why: `${told(worst)}: each new one is a new series.` };
	}
	if (shape === 'number' && count >= manyNumbers) {
		return { shape, unbounded: true, why: `${told(shape)}: too many to be codes or ports.` };
	}
	if (count >= manyWords) return { shape, unbounded: true, why: `${told(shape)}: too many to be a fixed set.` };
	return {
		shape,
		unbounded: false,
		why: values.length === 0 ? 'No value was seen in this window.' : `${told(shape)}.`,
	};
}

/** For the operator, in the plural. */
export const shapeNames: Readonly<Record<ValueShape, string>> = {
	uuid: 'UUIDs',
	hex: 'hex IDs',
	identifier: 'opaque IDs',
	email: 'e-mail addresses',
	timestamp: 'timestamps',
	path: 'paths with IDs',
	text: 'free text',
	number: 'numbers',
	address: 'addresses',
	word: 'words',
};

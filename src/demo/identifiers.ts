import { mixed, mixedOf } from './chance.ts';

/** Which request of the story: the second it began in and its number within that second. */
export type Turn = { readonly second: number; readonly index: number };

const rounds = [0x1b873593, 0x2545f491, 0x3c6ef372, 0x51ed270b];

/** A Feistel network: reversible whatever the round function, so an identifier can be turned back into its request. */
const scrambled = ({ second, index }: Turn, key: number): readonly [number, number] => {
	let left = second >>> 0;
	let right = index >>> 0;
	for (const round of rounds) {
		[left, right] = [right, (left ^ mixedOf(right, key, round)) >>> 0];
	}
	return [left, right];
};

const unscrambled = (pair: readonly [number, number], key: number): Turn => {
	let [left, right] = pair;
	for (const round of rounds.toReversed()) {
		[left, right] = [(right ^ mixedOf(left, key, round)) >>> 0, left];
	}
	return { second: left, index: right };
};

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pairAt = (bits: number, shift: number): string => hexPairs[(bits >>> shift) & 0xff] ?? '';

/** Eight hex digits for 32 bits; by a table, because identifiers are made by the hundred thousand. */
export const hexOf = (bits: number): string => pairAt(bits, 24) + pairAt(bits, 16) + pairAt(bits, 8) + pairAt(bits, 0);

const keyOf = (seed: number, purpose: 'trace' | 'request'): number =>
	mixedOf(seed, purpose === 'trace' ? 0x7472 : 0x7265);

/** 32 hex digits that look random and tell, to those who know the seed, which request they belong to. */
export const traceIdOf = (turn: Turn, seed: number): string => {
	const key = keyOf(seed, 'trace');
	const [left, right] = scrambled(turn, key);
	return hexOf(left) + hexOf(right) + hexOf(mixedOf(left, right, key)) + hexOf(mixedOf(right, left, key));
};

/** The request that a trace ID could belong to; `undefined` when no request of this seed has that ID. */
export const turnOfTraceId = (traceId: string, seed: number): Turn | undefined => {
	const spelled = traceId.toLowerCase().padStart(32, '0');
	if (!/^[0-9a-f]{32}$/.test(spelled)) return undefined;
	const pair = [Number.parseInt(spelled.slice(0, 8), 16), Number.parseInt(spelled.slice(8, 16), 16)] as const;
	const turn = unscrambled(pair, keyOf(seed, 'trace'));
	return traceIdOf(turn, seed) === spelled ? turn : undefined;
};

/** A UUID of version 4 (RFC 9562 §5.4): `llllllll-hhhh-4hhh-vhhh-rrrrrrrrhhhh`, where h is a check on l and r. */
export const requestIdOf = (turn: Turn, seed: number): string => {
	const key = keyOf(seed, 'request');
	const [left, right] = scrambled(turn, key);
	const check = hexOf(mixedOf(left, right, key)) + hexOf(mixedOf(right, left, key));
	const variant = '89ab'[mixed(left) & 3];
	const groups = [hexOf(left), check.slice(0, 4), `4${check.slice(4, 7)}`, `${variant}${check.slice(7, 10)}`];
	return `${groups.join('-')}-${hexOf(right)}${check.slice(10, 14)}`;
};

/** The request that a request ID could belong to; `undefined` when no request of this seed has that ID. */
export const turnOfRequestId = (requestId: string, seed: number): Turn | undefined => {
	const spelled = requestId.toLowerCase();
	if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(spelled)) return undefined;
	const pair = [Number.parseInt(spelled.slice(0, 8), 16), Number.parseInt(spelled.slice(24, 32), 16)] as const;
	const turn = unscrambled(pair, keyOf(seed, 'request'));
	return requestIdOf(turn, seed) === spelled ? turn : undefined;
};

import type { Labels } from '../../model/labels.ts';

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;
const separator = 0xff;

/** An alert's fingerprint: FNV-1a over its sorted labels, each name and value ended by 0xff (prometheus/common, model). */
export const fingerprintOf = (labels: Labels): string => {
	let hash = offsetBasis;
	const add = (byte: number): void => {
		hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
	};
	for (const [name, value] of Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))) {
		for (const text of [name, value]) {
			for (const byte of Buffer.from(text)) add(byte);
			add(separator);
		}
	}
	return hash.toString(16).padStart(16, '0');
};

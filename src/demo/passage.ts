import { Chance } from './chance.ts';
import type { Outline } from './story.ts';

/** What a traveller asked about: the names that logs and spans of the same request share. */
export type Passage = {
	readonly train: string;
	readonly coach: number;
	readonly berth: number;
	readonly from: string;
	readonly to: string;
	/** Booking reference, six characters. */
	readonly reference: string;
	/** Passengers to be entered; each is a row. */
	readonly travellers: number;
	/** An account number, not a person. */
	readonly account: number;
	/** In cents. */
	readonly price: number;
	/** Three track segments whose sensors tell how late the trains are. */
	readonly segments: readonly [string, string, string];
};

const trains = ['NL 401', 'NL 402', 'NL 417', 'NL 466', 'NL 471', 'NL 490'] as const;
const stations = [
	'Altberg',
	'Brennau',
	'Castelmare',
	'Dornfels',
	'Eisholm',
	'Fiumara',
	'Grenzach',
	'Hohentor',
] as const;
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Always the same for the same request. */
export const passageOf = (outline: Outline): Passage => {
	const chance = new Chance(outline.key ^ 0x70a55a6e);
	const origin = chance.whole(0, stations.length - 1);
	const destination = (origin + chance.whole(1, stations.length - 1)) % stations.length;
	const reference = (): string => {
		let text = '';
		while (text.length < 6) text += letters[chance.whole(0, letters.length - 1)];
		return text;
	};
	const segment = (): string => `S${chance.whole(100, 189)}`;
	return {
		train: chance.pick(trains),
		coach: chance.whole(21, 29),
		berth: chance.whole(11, 96),
		from: stations[origin] ?? stations[0],
		to: stations[destination] ?? stations[1],
		reference: reference(),
		travellers: chance.whole(1, 6),
		account: chance.whole(100_000, 899_999),
		price: chance.whole(39, 249) * 100 + 90,
		segments: [segment(), segment(), segment()],
	};
};

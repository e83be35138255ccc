import { globalBindings } from '../../src/app/global-keys.ts';
import { screenAt } from '../../src/app/screens.ts';
import type { State } from '../../src/app/state.ts';
import { shownPlace } from '../../src/app/state.ts';
import type { Chance } from './chance.ts';

/** What somebody at a terminal does next. */
export type Deed =
	| { readonly type: 'bytes'; readonly bytes: string }
	| { readonly type: 'resize'; readonly columns: number; readonly rows: number }
	| { readonly type: 'suspend' | 'tick' | 'rest' | 'weather' };

const keyBytes: Readonly<Record<string, string>> = {
	enter: '\r',
	escape: '\x1b',
	tab: '\t',
	'shift+tab': '\x1b[Z',
	space: ' ',
	backspace: '\x7f',
	delete: '\x1b[3~',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	home: '\x1b[H',
	end: '\x1b[F',
	pageup: '\x1b[5~',
	pagedown: '\x1b[6~',
};

/** xterm has no terminal of one column. */
const edges = [
	[2, 1],
	[60, 15],
	[59, 15],
	[60, 14],
	[80, 24],
	[200, 60],
	[320, 100],
	[500, 3],
] as const;

const addresses = [
	'alerts',
	'service concierge',
	'service timetable --since 3h',
	'service berths --view resources',
	'service concierge --view neighbours',
	'logs --service manifest',
	'logs --service concierge --level error',
	'traces --service concierge --slow',
	'silences',
	'cardinality',
	'nonsense',
	'profile',
	'logs \'{service_name=~".+"} |= `x`\'',
];

/** No emoji: the emulator of the tests knows the widths of Unicode 6, in which they are narrow. */
const pastes = [
	'',
	'wide 漢字 e\u0301',
	'\x1b[2J\x1b]0;title\x07 hostile',
	'two\nlines\ttab',
	'x'.repeat(5000),
	'http://metrics.example:9090/graph?g0.expr=up',
];

const controlBytes = (key: string): string | undefined =>
	key.startsWith('ctrl+') ? String.fromCharCode(key.charCodeAt(5) & 0x1f) : undefined;

const bytesOf = (key: string): string => keyBytes[key] ?? controlBytes(key) ?? key;

/** Mostly keys that mean something where one is, now and then anything. */
export function deedOf(state: State, chance: Chance): Deed {
	const roll = chance.below(100);
	if (roll < 5) return { type: 'bytes', bytes: anyBytes(chance) };
	if (roll < 8) return resized(chance);
	if (roll < 10) return { type: 'bytes', bytes: `\x1b[200~${chance.oneOf(pastes)}\x1b[201~` };
	if (roll < 12) return { type: chance.oneOf(['suspend', 'tick', 'weather']) };
	if (roll < 16) return { type: 'rest' };
	if (roll < 17) return { type: 'bytes', bytes: chance.oneOf(['\x1b[I', '\x1b[O']) };
	if (roll < 21) return { type: 'bytes', bytes: `:${chance.oneOf(addresses)}\r` };
	if (roll < 34) return { type: 'bytes', bytes: bytesOf(chance.oneOf(['enter', 'escape', 'up', 'down', 'tab'])) };
	if (roll < 40) return { type: 'bytes', bytes: bytesOf(chance.oneOf(globalBindings).keys[0] ?? '') };
	return { type: 'bytes', bytes: bytesOf(chance.oneOf(screenAt(shownPlace(state)).keys).keys[0] ?? '') };
}

function resized(chance: Chance): Deed {
	const [columns, rows] = chance.below(3) > 0 ? chance.oneOf(edges) : [20 + chance.below(200), 5 + chance.below(60)];
	return { type: 'resize', columns, rows };
}

/** Pieces of keys, answers of terminals, and what is none of these. */
function anyBytes(chance: Chance): string {
	const length = 1 + chance.below(6);
	return Array.from({ length }, () =>
		chance.below(3) === 0
			? chance.oneOf(['\x1b[', '\x1bO', '\x1b]52;', '\x1b[200~', '\x1b[201~', '\x1b[M', '1;5', 'é', '漢'])
			: String.fromCharCode(1 + chance.below(126)),
	).join('');
}

import { expect, test } from 'vitest';
import { createLinkMeter, type LinkFigures } from '../../src/terminal/link-meter.ts';

/** A meter whose clock is moved by hand. */
function measuring() {
	let now = 0;
	const meter = createLinkMeter(() => now);
	const later = (by: number) => {
		now += by;
	};
	const trips = (...lengths: readonly number[]) => {
		for (const length of lengths) {
			meter.asked();
			later(length);
			meter.answered();
		}
	};
	/** Writes frames of which the terminal holds each for so long. */
	const writes = (length: number, held = 0) => meter.metered({ write: () => later(held) }).write('x'.repeat(length));
	return { meter, later, trips, writes };
}

test.each<readonly [readonly number[], LinkFigures['slow'], LinkFigures['roundTrip']]>([
	[[], undefined, undefined],
	[[40], undefined, { newest: 40, least: 40, most: 40 }],
	[[900, 900], undefined, { newest: 900, least: 900, most: 900 }],
	[[300, 300, 300], 'round trip', { newest: 300, least: 300, most: 300 }],
	[[299, 900, 900], undefined, { newest: 900, least: 299, most: 900 }],
	// A busy moment of the program, and one of the network.
	[[40, 2000, 40, 900, 40], undefined, { newest: 40, least: 40, most: 2000 }],
	[[900, 900, 900, 200, 200], 'round trip', { newest: 200, least: 200, most: 900 }],
	[[900, 900, 900, 149], undefined, { newest: 149, least: 149, most: 900 }],
	[[1, 2, 3, 4, 5, 6, 7], undefined, { newest: 7, least: 3, most: 7 }],
])('answers after %j make it slow by %j', (lengths, slow, roundTrip) => {
	const { meter, trips } = measuring();
	trips(...lengths);
	expect({ slow: meter.figures.slow, roundTrip: meter.figures.roundTrip }).toEqual({ slow, roundTrip });
	expect(meter.figures).toMatchObject({ asked: lengths.length, answered: lengths.length });
});

test('an answer that nobody asked for is not counted', () => {
	const { meter, trips } = measuring();
	meter.answered();
	trips(40);
	meter.answered();
	expect(meter.figures).toMatchObject({ asked: 1, answered: 1 });
});

test('bytes are counted by frame and over the last minute, as they are written', () => {
	const { meter, later, writes } = measuring();
	writes(3000);
	later(50_000);
	writes(10);
	meter.metered({ write: () => true }).write('é');
	const { frames, bytes, newestFrame, largestFrame, lastMinute, since } = meter.figures;
	expect({ frames, bytes, newestFrame, largestFrame, lastMinute, since }).toEqual({
		frames: 3,
		bytes: 3012,
		newestFrame: 2,
		largestFrame: 3000,
		lastMinute: 3012,
		since: 50_000,
	});
	later(10_000);
	expect(meter.figures.lastMinute).toBe(12);
	later(60_000);
	expect(meter.figures).toMatchObject({ lastMinute: 0, bytes: 3012 });
});

test('a terminal that holds the output makes it slow, and it stays so for minutes', () => {
	const { meter, later, writes } = measuring();
	writes(100, 49);
	expect(meter.figures.held).toEqual({ times: 0, longest: 0 });
	writes(100, 600);
	expect(meter.figures.slow).toBeUndefined();
	writes(100, 400);
	expect(meter.figures).toMatchObject({ slow: 'output', held: { times: 2, longest: 600 } });
	later(299_999);
	expect(meter.figures.slow).toBe('output');
	later(1);
	expect(meter.figures.slow).toBeUndefined();
});

test('holds that are far apart are none', () => {
	const { meter, later, writes } = measuring();
	for (let round = 0; round < 5; round++) {
		writes(100, 600);
		later(10_000);
	}
	expect(meter.figures.slow).toBeUndefined();
});

test('a stream that is waited for counts as held for as long', () => {
	const { meter, later } = measuring();
	let drain = (): void => {};
	const output = meter.metered({
		write: () => true,
		writableNeedDrain: true,
		once: (_, listener) => {
			drain = listener;
		},
	});
	expect(output.writableNeedDrain).toBe(true);
	let heard = 0;
	output.once?.('drain', () => heard++);
	later(1200);
	drain();
	expect(heard).toBe(1);
	expect(meter.figures).toMatchObject({ slow: 'output', held: { times: 1, longest: 1200 } });
});

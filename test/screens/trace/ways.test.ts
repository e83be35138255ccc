import { describe, expect, test } from 'vitest';
import { loadedTrace, openTrace, recordedTrace } from './open-trace.ts';

/** Every recorded trace in each way at two sizes of the terminal, less the four rows of the shell, without the details. */
const names = ['trace-v2', 'trace-v2-slow', 'trace-v2-broken', 'trace-v1'] as const;

/** The same trace in the shape of the older API: the same pictures. */
const drawnAs = (name: string): string => (name === 'trace-v1' ? 'trace-v2' : name);
const sizes = [
	{ width: 80, height: 20 },
	{ width: 160, height: 46 },
] as const;
const ways = [
	['flame graph', []],
	['waterfall', ['tab']],
	['table', ['tab', 'tab']],
] as const;

describe.each(names)('the recorded %s', name => {
	describe.each(sizes)('in $width×$height', size => {
		test.each(ways)('as %s', async (way, keys) => {
			const screen = openTrace(loadedTrace(recordedTrace(name)), { size });
			screen.presses(...(size.width === 160 ? ['d'] : []), ...keys);
			const file = `./frames/${drawnAs(name)}-${way.replace(' ', '-')}-${size.width}.txt`;
			await expect(`${screen.frame()}\n`).toMatchFileSnapshot(file);
		});
	});

	test('keeps its selected span from way to way and round again', () => {
		const screen = openTrace(loadedTrace(recordedTrace(name)));
		const before = screen.selected();
		for (const _ of ways) {
			screen.presses('tab');
			expect(screen.selected()).toBe(before);
			expect(screen.frame()).toMatch(/^▌/m);
		}
		screen.presses('shift+tab');
		expect(screen.selected()).toBe(before);
	});
});

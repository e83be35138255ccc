import { describe, expect, test } from 'vitest';
import { comparisonOf, openCompare } from './open-compare.ts';

/** A lock is waited for, a call is made four times, and one is not made any more. */
const slow = `
	edge POST /pay              :==================================================
	  till pay                  : ================================================
	    till SELECT fares       :  ==================================
	    berths PUT              :                                      ==
	    berths PUT              :                                        ==
	    berths PUT              :                                          ==
	    berths PUT              :                                            ==
`;
const usual = `
	edge POST /pay              :==================
	  till pay                  : ================
	    till SELECT fares       :  ===
	    berths PUT              :      ==
	    herald POST             :         ======
`;
const comparison = comparisonOf([slow, slow], [usual, usual, usual]);

describe('exact frames', () => {
	test.each([
		[80, 20],
		[160, 46],
		[60, 11],
	])('at %i×%i', async (width, height) => {
		const frame = openCompare(comparison, { size: { width, height } }).frame();
		await expect(frame).toMatchFileSnapshot(`frames/compare-${width}.txt`);
	});

	test('where there is room for one of them, the flame graph takes the place of the table', async () => {
		const open = openCompare(comparison, { size: { width: 60, height: 11 } });
		open.presses('tab');
		await expect(open.frame()).toMatchFileSnapshot('frames/compare-60-flame.txt');
	});

	test('without Unicode', async () => {
		const frame = openCompare(comparison, { unicode: false }).frame();
		await expect(frame).toMatchFileSnapshot('frames/compare-ascii.txt');
	});

	test('zoomed to what is under the cursor, with a remark on the answer', async () => {
		const notes = [
			{ kind: 'partial', text: '2 of 16 traces could not be read. Tempo did not answer in 30 s.' },
		] as const;
		const open = openCompare(comparison, { notes });
		open.presses('j', 'z');
		await expect(open.frame()).toMatchFileSnapshot('frames/compare-zoomed.txt');
	});

	test('with nothing to compare', async () => {
		const why = 'Tempo found no trace that begins with edge POST /pay in this window.';
		const query = '{ resource.service.name = "edge" && name = "POST /pay" }';
		const frame = openCompare({ found: false, why, query }, { size: { width: 60, height: 8 } }).frame();
		await expect(frame).toMatchFileSnapshot('frames/compare-nothing.txt');
	});
});

describe('the sentence', () => {
	const firstLine = (value: Parameters<typeof openCompare>[0]) =>
		openCompare(value, { size: { width: 160, height: 20 } })
			.frame()
			.split('\n')[0];

	test('says that there is no usual request', () => {
		expect(firstLine(comparisonOf([slow], []))).toBe(
			'There is nothing to compare with: no usual request of edge POST /pay was found in this window.',
		);
	});
	test('says that there is no slow request', () => {
		expect(firstLine(comparisonOf([], [usual]))).toBe(
			'No request of edge POST /pay that took 250 ms or more was found in this window.',
		);
	});
});

test('where traces go on after their root, the time of the root stands beside theirs', () => {
	const after = 'edge POST /pay :=====\n  herald mail {consumer} :  ==================';
	const words = openCompare(comparisonOf([after, after], [usual]), { size: { width: 160, height: 20 } }).frame();
	expect(words).toContain('2 slow 200 ms (the root 50 ms), 1 usual 180 ms; of 9');
});

describe('with only one side to show, its own figures are, and no differences', () => {
	test('no usual request', async () => {
		const open = openCompare(comparisonOf([slow], []));
		await expect(open.frame()).toMatchFileSnapshot('frames/compare-only-slow.txt');
		const copied = open.presses('y');
		expect(copied?.type === 'copy' ? copied.text : '').toContain(
			'\n340 ms  ×1  edge POST /pay › till pay › SELECT fares',
		);
	});
	test('no slow request', async () => {
		const frame = openCompare(comparisonOf([], [usual]), { size: { width: 80, height: 14 } }).frame();
		await expect(frame).toMatchFileSnapshot('frames/compare-only-usual.txt');
	});
});

describe('keys', () => {
	test('j and k go through the differences, the largest first', () => {
		const open = openCompare(comparison);
		const seen = [open.selected()];
		for (const key of ['j', 'j', 'G', 'k', 'g']) {
			open.presses(key);
			seen.push(open.selected());
		}
		expect(seen).toEqual([
			'till SELECT fares',
			'berths PUT',
			'herald POST',
			'edge POST /pay',
			'till pay',
			'till SELECT fares',
		]);
	});

	test('in the flame graph j goes into the longest below, k out, h and l along the row', () => {
		const open = openCompare(comparison);
		const seen = ['tab', 'k', 'k', 'j', 'j', 'l', 'h'].map(key => {
			open.presses(key);
			return open.selected();
		});
		expect(seen).toEqual([
			'till SELECT fares',
			'till pay',
			'edge POST /pay',
			'till pay',
			'till SELECT fares',
			'berths PUT',
			'till SELECT fares',
		]);
	});

	test('enter opens the slow request that spent most there, at its span', () => {
		expect(openCompare(comparison).presses('enter')).toMatchObject({
			type: 'go',
			to: { kind: 'trace', id: '73c80000000000000000000000000001', span: '0000000000000003' },
		});
	});

	test('a path that only usual requests take has no width to zoom to', () => {
		expect(openCompare(comparison).presses('j', 'j', 'z')).toMatchObject({
			type: 'refuse',
			why: 'Slow requests never come here, so there is nothing to fill the width with.',
		});
	});

	test('esc leaves the zoom, and then lets go', () => {
		const open = openCompare(comparison);
		const whole = open.frame();
		open.presses('z');
		expect(open.frame()).not.toBe(whole);
		open.presses('escape');
		expect(open.frame()).toBe(whole);
		expect(open.presses('escape')).toBeUndefined();
	});

	test('z again shows all of it', () => {
		const open = openCompare(comparison);
		const whole = open.frame();
		open.presses('z', 'z');
		expect(open.frame()).toBe(whole);
	});

	test('p opens the panels of the service, T a search for traces that are as slow', () => {
		expect(openCompare(comparison).presses('p')).toMatchObject({ to: { kind: 'service', service: 'till' } });
		expect(openCompare(comparison).presses('T')).toMatchObject({
			to: { kind: 'traces', service: 'edge', operation: 'POST /pay', slowerThan: 250 },
		});
	});

	test('y copies the sentence and the differences', () => {
		const outcome = openCompare(comparison).presses('y');
		expect(outcome?.type === 'copy' ? outcome.text.split('\n') : []).toEqual([
			'Slow requests spend 310 ms more in till SELECT fares and 60 ms more in berths PUT (×1 → ×4); 1 more operation differs.',
			expect.stringMatching(/^2 slow 500 ms, 3 usual 180 ms; of 9 median 100 ms, p95 300 ms\./),
			'',
			'+310 ms  ×1 → ×1  edge POST /pay › till pay › SELECT fares',
			'+60 ms  ×1 → ×4  edge POST /pay › till pay › berths PUT',
			'-60 ms  ×1 → ×0  edge POST /pay › till pay › herald POST',
			expect.any(String),
			expect.any(String),
		]);
	});

	test.each(['enter', 'z', 'T', 'j', 'y', 'p'])('%s says that there is nothing', key => {
		const open = openCompare({ found: false, why: 'None.', query: undefined });
		expect(open.presses(key)).toMatchObject({ type: 'refuse', why: 'There is nothing to compare.' });
	});
});

test('the headline names what is compared', () => {
	expect(openCompare(comparison).headline()).toBe('edge POST /pay');
});

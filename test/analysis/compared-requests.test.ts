import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ComparedPath, comparedRequestsOf, pathOfSteps, pathTo } from '../../src/analysis/compared-requests.ts';
import { comparisonSentence, formatMore, timesWords } from '../../src/analysis/comparison-words.ts';
import { rowSegmentsOf } from '../../src/analysis/flame-rows.ts';
import { meanRequestOf } from '../../src/analysis/mean-request.ts';
import { requestProfileOf } from '../../src/analysis/request-profile.ts';
import type { Trace } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { epoch, traceFromText } from '../helpers/trace-from-text.ts';

const profileOf = (drawing: string) => requestProfileOf(traceFromText(drawing));

const usual = profileOf(`
	edge POST /pay              :==========
	  till pay                  : ========
	    till SELECT fares       :  ===
	    berths PUT              :      ==
`);

const slow = profileOf(`
	edge POST /pay              :==============================
	  till pay                  : ============================
	    till SELECT fares       :  ==================
	    berths PUT              :                      =
	    berths PUT              :                       =
	    berths PUT              :                        =!
	    berths PUT              :                         =
`);

/** `+150 ms  ×1 → ×1  more  edge POST /pay › till pay › till SELECT fares` */
const rowOf = (path: ComparedPath): string =>
	[
		formatMore(path.more),
		timesWords(path),
		path.change,
		pathTo(path)
			.map(({ service, operation }) => `${service} ${operation}`)
			.join(' › '),
	].join('  ');

test('what a request spends is merged by service and operation along the path', () => {
	const [root] = slow.top.values();
	const [pay] = root?.below.values() ?? [];
	expect(root).toMatchObject({ service: 'edge', operation: 'POST /pay', count: 1, self: 20_000_000 });
	expect([...(pay?.below.values() ?? [])]).toMatchObject([
		{ service: 'till', operation: 'SELECT fares', count: 1, self: 180_000_000, errors: 0 },
		{ service: 'berths', operation: 'PUT', count: 4, self: 40_000_000, errors: 1, begins: 220_000_000 },
	]);
	expect(slow).toMatchObject({
		root: { service: 'edge', operation: 'POST /pay' },
		duration: 300_000_000,
		at: Number(epoch / 1_000_000n),
		spans: 7,
	});
});

test('differences of mean self time, the largest first, with how often each is called', () => {
	expect(comparedRequestsOf([slow], [usual]).bySize.map(rowOf)).toEqual([
		'+150 ms  ×1 → ×1  more  edge POST /pay › till pay › till SELECT fares',
		'+30 ms  ×1 → ×1  more  edge POST /pay › till pay',
		'+20 ms  ×1 → ×4  more  edge POST /pay › till pay › berths PUT',
		'+0 ms  ×1 → ×1  alike  edge POST /pay',
	]);
});

test('the longest span of a slow request is the example of its path', () => {
	const { bySize } = comparedRequestsOf([slow], [usual]);
	expect(bySize[0]?.example).toEqual({ trace: slow.trace, span: '0000000000000003', at: slow.at });
});

test('a path that one of two requests takes counts half', () => {
	const other = profileOf('edge POST /pay :==========');
	const { paths } = comparedRequestsOf([slow, other], [usual]);
	expect(paths.map(path => [path.operation, timesWords(path)])).toEqual([
		['POST /pay', '×1 → ×1'],
		['pay', '×1 → ×0.5'],
		['SELECT fares', '×1 → ×0.5'],
		['PUT', '×1 → ×2'],
	]);
});

describe('one sentence says', () => {
	test.each([
		[
			'what is more',
			[slow],
			[usual],
			'Slow requests spend 150 ms more in till SELECT fares and 30 ms more in till pay; 1 more operation differs.',
		],
		[
			'how often something is called more',
			[profileOf('edge GET :======\n  berths PUT :==\n  berths PUT :  ==\n  berths PUT :    ==')],
			[profileOf('edge GET :==\n  berths PUT :==')],
			'Slow requests spend 40 ms more in berths PUT (×1 → ×3); everything else is as usual.',
		],
		[
			'that nothing stands out',
			[usual],
			[usual],
			'Slow and usual requests spend their time alike: 100 ms and 100 ms of work, and no operation stands out.',
		],
		[
			'what is less, where nothing is more',
			[profileOf('edge GET :=')],
			[profileOf('edge GET :==========')],
			'Slow requests spend 90 ms less in edge GET; everything else is as usual.',
		],
	] as const)('%s', (_, slowOnes, usualOnes, sentence) => {
		expect(comparisonSentence(comparedRequestsOf(slowOnes, usualOnes))).toBe(sentence);
	});
});

/** Ten calls at once, and a consumer that goes on when the root has ended. */
const fannedOut = (calls: number) =>
	profileOf(`
		edge POST /pay           :=${'='.repeat(calls)}=
		${Array.from({ length: 10 }, () => `  berths PUT             : ${'='.repeat(calls)}`).join('\n		')}
		  herald mail {consumer} :                     ${'='.repeat(2 * calls)}
	`);

test('what runs at once or after the root makes no request wider than it is, and is told for what it is', () => {
	const compared = comparedRequestsOf([fannedOut(10)], [fannedOut(1)]);
	const { from, to, rows } = meanRequestOf(compared);
	expect([from, to]).toEqual([0, 120_000_000]);
	expect(rows.map(row => row.map(frame => [frame.node.operation, frame.from, frame.to]))).toEqual([
		[['POST /pay', 0, 120_000_000]],
		[
			['PUT', 0, 100_000_000],
			['mail', 100_000_000, 100_000_000],
		],
	]);
	expect(comparisonSentence(compared)).toBe(
		'Slow requests spend 900 ms more in berths PUT (adds 90 ms to the request) and 180 ms more in herald mail (adds nothing to the request); everything else is as usual.',
	);
});

test('with one side empty nothing is called more or less', () => {
	const { bySize } = comparedRequestsOf([slow], []);
	expect(bySize.every(({ change }) => change === 'alike')).toBe(true);
});

test('secrets in names are no part of a path', () => {
	const { top } = profileOf('edge GET /reset?password=hunter2hunter2 :==');
	expect(JSON.stringify([...top.values()])).not.toContain('hunter2');
});

test('the steps of a path lead back to it', () => {
	const compared = comparedRequestsOf([slow], [usual]);
	for (const path of compared.paths) {
		expect(
			pathOfSteps(
				compared,
				pathTo(path).map(({ step }) => step),
			),
		).toBe(path);
	}
	expect(pathOfSteps(compared, [])).toBeUndefined();
	expect(pathOfSteps(compared, ['none'])).toBeUndefined();
	expect(
		pathOfSteps(compared, [...pathTo(compared.paths[1] ?? fail()).map(({ step }) => step), 'none']),
	).toBeUndefined();
});

const fail = (): never => {
	throw new Error('There is no such path');
};

test('the mean request is as wide as slow requests take, children side by side from the left', () => {
	const { from, to, rows } = meanRequestOf(comparedRequestsOf([slow], [usual]));
	expect([from, to]).toEqual([0, 300_000_000]);
	expect(rows.map(row => row.map(frame => [frame.node.operation, frame.from, frame.to]))).toEqual([
		[['POST /pay', 0, 300_000_000]],
		[['pay', 0, 280_000_000]],
		[
			['SELECT fares', 0, 180_000_000],
			['PUT', 180_000_000, 220_000_000],
		],
	]);
});

test('zoomed to a path, it fills the width and all above it too', () => {
	const compared = comparedRequestsOf([slow], [usual]);
	const { from, to, rows } = meanRequestOf(compared, compared.paths[3]);
	expect([from, to]).toEqual([180_000_000, 220_000_000]);
	expect(rows.map(row => row.map(frame => [frame.node.operation, frame.from, frame.to]))).toEqual(
		['POST /pay', 'pay', 'PUT'].map(name => [[name, 180_000_000, 220_000_000]]),
	);
});

/** Ten thousand calls below each other, and ten thousand siblings. */
const deep: Trace = chain(10_000, index => (index === 0 ? undefined : index - 1));
const broad: Trace = chain(10_000, index => (index === 0 ? undefined : 0));

function chain(count: number, parentOf: (index: number) => number | undefined): Trace {
	const idOf = (index: number) => (index + 1).toString(16).padStart(16, '0');
	const template = traceFromText('edge GET :=').spans[0] ?? fail();
	return {
		id: 'c'.repeat(32),
		spans: Array.from({ length: count }, (_, index) => {
			const parent = parentOf(index);
			return {
				...template,
				id: idOf(index),
				name: `step ${index}`,
				...(parent === undefined ? {} : { parentId: idOf(parent) }),
			};
		}),
	};
}

test.each([
	['deep', deep, 10_000],
	['broad', broad, 2],
])('a %s trace is compared without recursion', (_, trace, height) => {
	const profile = requestProfileOf(trace);
	const compared = comparedRequestsOf([profile], [profile]);
	expect(compared.paths).toHaveLength(10_000);
	expect(meanRequestOf(compared).rows).toHaveLength(height);
});

const anySide = fc.array(anyTrace, { maxLength: 4 }).map(traces => traces.map(requestProfileOf));

test('whatever the traces: nothing is lost, children fit into their parents, and rows do not overlap', () => {
	fc.assert(
		fc.property(anySide, anySide, (slowOnes, usualOnes) => {
			const compared = comparedRequestsOf(slowOnes, usualOnes);
			const { paths, bySize } = compared;
			expect(new Set(bySize)).toEqual(new Set(paths));
			const near = (a: number, b: number) =>
				expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(a)));
			for (const path of paths) {
				expect(path.slow.self).toBeGreaterThanOrEqual(0);
				const below = paths.filter(({ parent }) => parent === path);
				near(path.slow.total, path.slow.shared + below.reduce((sum, { slow: { total } }) => sum + total, 0));
				expect(path.slow.shared).toBeLessThanOrEqual(path.slow.self + 1e-6);
			}
			near(
				compared.slow - compared.usual,
				bySize.reduce((sum, { more }) => sum + more, 0),
			);
			const { from, to, rows } = meanRequestOf(compared);
			const drawn = rows.flatMap(row => rowSegmentsOf(row, { from, to, columns: 40 }));
			const counted = drawn.flatMap(segment =>
				segment.kind === 'gap' ? [] : segment.kind === 'span' ? [segment.node] : segment.nodes,
			);
			expect(new Set(counted)).toEqual(new Set(paths));
			expect(drawn.reduce((sum, { width }) => sum + width, 0)).toBe(40 * rows.length);
		}),
	);
});

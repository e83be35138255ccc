import { describe, expect, test } from 'vitest';
import { type MarkQuery, markQueries, markSelectors } from '../../src/analysis/mark-queries.ts';
import { type Mark, type MarkAnswer, marksOf, mostMarks } from '../../src/analysis/marks.ts';
import { equals } from '../../src/model/labels.ts';
import type { Series } from '../../src/model/series.ts';
import { hour, minute, second } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const grid = { from: noon, to: noon + hour, step: minute };
const target = [equals('service', 'pier'), equals('namespace', 'harbour')];
const scope = { service: 'pier', target, grid, over: minute };

describe('what is asked', () => {
	test('the series by every name the service may have, and by its pods', () => {
		const selectors = markSelectors('pier', target);
		expect(selectors).toHaveLength(16);
		expect(selectors[0]).toMatch(/^\{__name__=~".*build_info.*",service_name="pier",namespace="harbour"\}$/);
		expect(selectors.at(-1)).toContain('pod=~"pier-([a-z0-9]{5,10}-[a-z0-9]{5}|[a-z0-9]{5}|\\\\d+)"');
	});

	test.each<[name: string, found: string, queries: readonly Partial<MarkQuery>[]]>([
		['nothing where there is nothing', '', []],
		['nothing of one version alone', 'pier_build_info{service="pier",version="1"}', []],
		['nothing of somebody else', 'quay_build_info{service="quay",version="{1,2}"}', []],
		[
			'versions of the program',
			'pier_build_info{service="pier",version="{1,2}",revision="{a,b}"}',
			[
				{
					kind: 'version',
					label: 'version',
					query: 'count by (version) (pier_build_info{service="pier",namespace="harbour"})',
				},
			],
		],
		[
			'the revision where the version stays',
			'build_info{app="pier",version="1",revision="{a,b}"}',
			[{ label: 'revision', query: 'count by (revision) (build_info{app="pier",namespace="harbour"})' }],
		],
		[
			'versions of the OpenTelemetry resource',
			'target_info{job="shop/pier",service_version="{1,2}"}',
			[{ query: 'count by (service_version) (target_info{job=~"(.+/)?pier",namespace="harbour"})' }],
		],
		[
			'images of the container that has two of them',
			`kube_pod_container_info{pod="pier-7c6f5d8b9d-n3ktw",container="pier",image="{pier:1,pier:2}"}
			kube_pod_container_info{pod="pier-7c6f5d8b9d-n3ktw",container="proxy",image="proxy:7"}`,
			[{ label: 'image', query: 'count by (image) (kube_pod_container_info{container="pier",namespace="harbour"})' }],
		],
		[
			'starts, restarts and generations as they are',
			`process_start_time_seconds{service="pier",instance="{a,b}"}
			kube_pod_container_status_restarts_total{pod="pier-0"}
			kube_deployment_status_observed_generation{deployment="pier"}`,
			[
				{
					kind: 'generation',
					query: 'max(kube_deployment_status_observed_generation{deployment="pier",namespace="harbour"})',
				},
				{
					kind: 'starts',
					query: `topk(20, process_start_time_seconds{service="pier",namespace="harbour"} >= ${noon / 1000})`,
				},
				{
					kind: 'restarts',
					query: expect.stringMatching(/^topk\(20, max by \(pod\) \(changes\(kube_pod.*\[1m\]\)\) > 0\)$/),
				},
			],
		],
	])('%s', (_, found, queries) => {
		expect(markQueries(seriesFromText(found), scope)).toEqual(queries.map(query => expect.objectContaining(query)));
	});

	test('no more than six questions, whatever there is', () => {
		const many = Array.from({ length: 20 }, (_, index) => `a${index}_build_info{service="pier",version="{1,2}"}`);
		expect(markQueries(seriesFromText(many.join('\n')), scope)).toHaveLength(6);
	});
});

/** `1 1+2 . 2`: what runs each minute; a dot is a gap. */
function versions(line: string, label = 'version'): MarkAnswer {
	const words = line.split(' ');
	const all = new Set(words.flatMap(word => (word === '.' ? [] : word.split('+'))));
	const series = [...all].map((version): Series => {
		const times = words.flatMap((word, index) => (word.split('+').includes(version) ? [noon + index * minute] : []));
		return { labels: { [label]: version }, times, values: times.map(() => 1) };
	});
	return { query: { kind: 'version', query: '', label }, series };
}

const numbers = (
	kind: MarkQuery['kind'],
	lines: Readonly<Record<string, readonly (readonly [number, number])[]>>,
): MarkAnswer => ({
	query: { kind, query: '' },
	series: Object.entries(lines).map(([pod, samples]) => ({
		labels: { pod },
		times: samples.map(([minutes]) => noon + minutes * minute),
		values: samples.map(([, value]) => value),
	})),
});

const starts = (lines: Readonly<Record<string, readonly number[]>>): MarkAnswer =>
	numbers(
		'starts',
		Object.fromEntries(
			Object.entries(lines).map(([pod, minutes]) => [
				pod,
				minutes.map(start => [Math.ceil(start), (noon + start * minute) / second] as const),
			]),
		),
	);

const short = (mark: Mark): string => {
	const at = `${(mark.at - noon) / minute}${mark.within === 0 ? '' : `-${mark.within / minute}`}`;
	if (mark.kind === 'deploy') return `${at} ${mark.from}>${mark.to}`;
	return mark.kind === 'change' ? `${at} #${mark.generation}` : `${at} ${mark.who.join('+')}`;
};

test.each<[name: string, answers: readonly MarkAnswer[], marks: readonly string[]]>([
	['nothing', [], []],
	['one version all along', [versions('1 1 1')], []],
	['a release', [versions('1 1 2 2')], ['2-1 1>2']],
	['a rolling release', [versions('1 1+2 1+2 2')], ['1-1 1>2']],
	['a release and its rollback', [versions('1 2 2 1')], ['1-1 1>2', '3-1 2>1']],
	['two releases', [versions('1 2 2+3 3')], ['1-1 1>2', '2-1 2>3']],
	['a gap is none', [versions('1 1 . . 1')], []],
	['a release in a gap', [versions('1 . . 2')], ['3-1 1>2']],
	['what is there from the beginning', [versions('. . 1 1')], []],
	['a release that two tell of', [versions('1 1 2 2'), versions('r:1 r:1 r:1 r:2', 'image')], ['2-1 1>2']],
	['an image by its tag', [versions('reg:5000/p/a:1 reg:5000/p/a:2', 'image')], ['1-1 1>2']],
	['an image by its digest', [versions('a@sha256:0123456789 a@sha256:fedcba9876', 'image')], ['1-1 0123456>fedcba9']],
	['an image by its name', [versions('r/a r/b', 'image')], ['1-1 r/a>r/b']],
	['a release whose process tells when', [versions('1 1 2 2'), starts({ a: [1.5] })], ['1.5 1>2']],
	['the other processes of a release', [versions('1 1 2 2'), starts({ a: [1.5], b: [2], c: [4] })], ['1.5 1>2']],
	['a restart soon after a release', [versions('1 1 2 2'), starts({ a: [1.5, 5] })], ['1.5 1>2', '5 a']],
	['a restart long after a release', [versions('1 1 2 2'), starts({ a: [1.5], b: [30] })], ['1.5 1>2', '30 b']],
	['restarts together', [starts({ a: [3], b: [3.5], c: [20] })], ['3 a+b', '20 c']],
	['what started outside the window', [starts({ a: [-3, 70] })], []],
	[
		'counted restarts',
		[
			numbers('restarts', {
				a: [
					[3, 1],
					[4, 1],
					[9, 1],
				],
			}),
		],
		['3-1 a', '9-1 a'],
	],
	['a restart that two tell of', [starts({ a: [2.5] }), numbers('restarts', { a: [[3, 1]] })], ['2.5 a']],
	[
		'a change without a release',
		[
			numbers('generation', {
				'': [
					[0, 41],
					[1, 41],
					[2, 42],
				],
			}),
		],
		['2-1 #42'],
	],
	[
		'a change that is a release',
		[
			versions('1 1 2 2'),
			numbers('generation', {
				'': [
					[0, 41],
					[1, 42],
				],
			}),
		],
		['2-1 1>2'],
	],
	[
		'a generation that falls: another deployment',
		[
			numbers('generation', {
				'': [
					[0, 41],
					[1, 2],
				],
			}),
		],
		[],
	],
])('%s', (_, answers, marks) => expect(marksOf(answers, grid).map(short)).toEqual(marks));

test('a crash loop keeps the newest', () => {
	const loop = starts({ a: Array.from({ length: 50 }, (_, index) => 1 + index * 1.1) });
	const marks = marksOf([loop], grid);
	expect(marks).toHaveLength(mostMarks);
	expect(marks.at(-1)?.at).toBeCloseTo(noon + (1 + 49 * 1.1) * minute);
});

import { describe, expect, test } from 'vitest';
import { chosenBy } from '../../src/analysis/stream-choices.ts';
import { findTarget } from '../../src/investigation/log-target.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const range = { from: noon - 60 * minute, to: noon };

async function target(
	lines: readonly { readonly labels: Labels; readonly metadata?: Labels; readonly at?: number }[],
	said: readonly { readonly service: string; readonly selector: string }[] = [],
) {
	const store = logStore(
		lines.map(({ labels, metadata = {}, at = noon - 1000 }) => lineAt(at, labels, 'msg=asked n=1', metadata)),
	);
	const world = { sources: logsOnly(store.source), now: () => noon, streams: () => said };
	const place = { kind: 'logs', service: 'pier', window: { kind: 'fixed', ...range } } as const;
	const { value } = await findTarget(place, range, world, asking);
	return { ...value, asked: store.asked };
}

describe('the streams of a service', () => {
	test('are found by a label, and it is told by which', async () => {
		const found = await target([{ labels: { app: 'pier', container: 'pier' } }]);
		expect(found).toMatchObject({ selector: '{app="pier"}', how: '1 stream by app', others: ['{container="pier"}'] });
	});

	test('are those that somebody has said, and what would be found stands beside them', async () => {
		const said = [{ service: 'pier', selector: '{job="edge/pier"}' }];
		const found = await target([{ labels: { app: 'pier' } }, { labels: { job: 'edge/pier' } }], said);
		expect(found).toMatchObject({
			selector: '{job="edge/pier"}',
			queries: ['{job="edge/pier"}'],
			how: 'as you said',
			remembered: true,
			others: ['{app="pier"}', '{job=~"(?:.+/)?pier"}'],
		});
	});

	test('are not those said of another', async () => {
		const found = await target([{ labels: { app: 'pier' } }], [{ service: 'quay', selector: '{x="y"}' }]);
		expect(found).toMatchObject({ selector: '{app="pier"}' });
		expect(found.remembered).toBeUndefined();
	});

	test('are all of them where only a field beside the line names it', async () => {
		const lines = [
			{ labels: { job: 'collector' }, metadata: { service_name: 'pier' } },
			{ labels: { job: 'collector' }, metadata: { service_name: 'quay' } },
		];
		const found = await target(lines);
		expect(found).toMatchObject({
			selector: '{job=~".+"} | service_name="pier"',
			queries: ['{job=~".+"} | service_name="pier"'],
			how: 'by service_name beside the lines',
		});
	});

	test('are not looked for beside the lines of more than ten minutes', async () => {
		const found = await target([
			{ labels: { job: 'collector' }, metadata: { service_name: 'pier' }, at: noon - 11 * minute },
		]);
		expect(found.queries).toEqual([]);
	});

	test('are found without a look beside the lines where a label names it', async () => {
		const { asked } = await target([{ labels: { app: 'pier' } }]);
		expect(asked.every(query => !query.includes('|'))).toBe(true);
	});
});

test('of what was said of a service the last holds, and nothing takes it back', () => {
	const [pier, quay] = [
		{ service: 'pier', selector: '{a="b"}' },
		{ service: 'quay', selector: '{a="c"}' },
	];
	expect(chosenBy([pier, quay], { service: 'pier', selector: '{x="y"}' })).toEqual([
		quay,
		{ service: 'pier', selector: '{x="y"}' },
	]);
	expect(chosenBy([pier, quay], { service: 'pier', selector: '' })).toEqual([quay]);
});

describe('streams of one name', () => {
	const howOf = async (...streams: readonly Labels[]) => {
		const store = logStore(streams.map(labels => lineAt(noon - 1000, { app: 'pier', ...labels }, 'hello')));
		const place = { kind: 'logs', service: 'pier', window: { kind: 'fixed', ...range } } as const;
		const { value } = await findTarget(place, range, { sources: logsOnly(store.source), now: () => noon }, asking);
		return value.how;
	};

	test.each<[string, readonly Labels[], string]>([
		['two clusters', [{ cluster: 'east' }, { cluster: 'west' }], '2 streams, 2 clusters, by app'],
		[
			'environments and namespaces',
			[
				{ env: 'live', namespace: 'a' },
				{ environment: 'test', namespace: 'b' },
				{ env: 'live', namespace: 'c' },
			],
			'3 streams, 2 environments, 3 namespaces, by app',
		],
		[
			'one cluster',
			[
				{ cluster: 'east', pod: 'a' },
				{ cluster: 'east', pod: 'b' },
			],
			'2 streams by app',
		],
		['one that names its cluster', [{ cluster: 'east' }, { pod: 'b' }], '2 streams by app'],
	])('say that they are of %s', async (_, streams, how) => {
		expect(await howOf(...streams)).toBe(how);
	});
});

describe('every stream', () => {
	const everywhere = async (...streams: readonly Labels[]) => {
		const store = logStore(streams.map(labels => lineAt(noon - 1000, labels, 'msg=asked n=1')));
		const world = { sources: logsOnly(store.source), now: () => noon };
		const { value, notes } = await findTarget(
			{ kind: 'logs', window: { kind: 'fixed', ...range } },
			range,
			world,
			asking,
		);
		const { selector, queries, how } = value;
		return { selector, queries, how, notes: notes.map(({ text }) => text), asked: store.asked };
	};

	test('is asked for by a label, and those that lack it by the others that they have', async () => {
		const streams = [{ job: 'edge' }, { container: 'pier' }, { app: 'quay', container: 'quay' }, { app: 'buoy' }];
		expect(await everywhere(...streams)).toMatchObject({
			selector: '{job=~".+"}',
			queries: ['{job=~".+"}', '{job="", app=~".+"}', '{job="", app="", container=~".+"}'],
			how: 'by job, app, container',
			notes: [],
		});
	});

	test('is asked for by four labels at most, and what has none of them is told of', async () => {
		const others = ['app', 'container', 'host', 'pod', 'unit'].map(name => ({ [name]: 'pier' }));
		const found = await everywhere({ job: 'edge' }, ...others);
		expect(found.queries).toHaveLength(4);
		expect(found.notes).toEqual([
			'2 streams have none of the labels job, app, container, host and are not read, for instance {pod="pier"}.',
		]);
	});

	test('is told to be every one where none lacks the label', async () => {
		expect((await everywhere({ job: 'edge', app: 'pier' }, { job: 'edge' })).notes).toEqual([]);
	});

	test('has a name from Loki itself since 3.0: nothing more is asked', async () => {
		expect(await everywhere({ service_name: 'pier', app: 'pier' })).toEqual({
			selector: '{service_name=~".+"}',
			queries: ['{service_name=~".+"}'],
			notes: [],
			asked: [],
		});
	});
});

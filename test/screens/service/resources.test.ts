import { describe, expect, test } from 'vitest';
import { joinAlerts } from '../../../src/analysis/alert-join.ts';
import type { ReadLimit, ResourceFigure, ResourceLine, ResourceRow } from '../../../src/analysis/use-reading.ts';
import type { UseAspect } from '../../../src/analysis/use-resource.ts';
import type { ServiceFindings } from '../../../src/investigation/service-findings.ts';
import type { FoundResources } from '../../../src/investigation/service-resources.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { fixed, hour, live, minute } from '../../../src/model/time.ts';
import { service } from '../../../src/screens/service/index.ts';
import type { ServiceState } from '../../../src/screens/service/state.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { managedOf } from '../../helpers/alert-drawing.ts';
import { ago, drawn, here, noon, nowhere, press, pressed, seriesOf, shownAt } from './shown-service.ts';

type Drawn = Partial<Omit<ResourceFigure, 'lines'>> & { readonly lines?: readonly ResourceLine[] };

const lineOf = (name: string, value: (minutes: number) => number, limit?: ReadLimit, beyond = false): ResourceLine => {
	const now = value(60);
	return {
		name,
		series: seriesOf(value),
		now,
		...(limit === undefined ? {} : { limit }),
		share: limit === undefined ? Number.NaN : now / limit.value,
		beyond,
	};
};

const figure = (name: string, line: ResourceLine, { lines = [], ...change }: Drawn = {}): ResourceFigure => ({
	name,
	unit: 'count',
	query: `query of ${name}`,
	limitQueries: line.limit === undefined ? [] : [`limit of ${name}`],
	lines: [line, ...lines],
	total: 1 + lines.length,
	worry: 0,
	...change,
});

const row = (
	key: string,
	group: ResourceRow['group'],
	figures: ResourceRow['figures'],
	trouble: readonly UseAspect[] = [],
): ResourceRow => ({ key, name: key, group, figures, trouble });

const pool = row(
	'database connections',
	'pool',
	{
		utilization: figure(
			'in use',
			lineOf('main pier-0', minutes => (minutes < 30 ? 1 : 4), { value: 4, of: 'pool', soft: false }, true),
			{
				worry: 0.9,
				total: 21,
				lines: Array.from({ length: 7 }, (_, index) =>
					lineOf(`main pier-${index + 1}`, () => 1 + (index % 3), { value: 4, of: 'pool', soft: false }),
				),
			},
		),
		saturation: figure(
			'waiting',
			lineOf('main pier-0', minutes => (minutes < 32 ? 0 : 3), undefined, true),
		),
		errors: figure(
			'timeouts',
			lineOf('main pier-0', () => 0),
			{ unit: 'per-second' },
		),
	},
	['utilization', 'saturation'],
);
const memory = row(
	'container memory',
	'memory',
	{
		utilization: figure(
			'working set',
			lineOf('pier-0 quay', minutes => (300 + minutes) * 2 ** 20, { value: 2 ** 30, of: 'limit', soft: false }),
			{ unit: 'bytes', worry: 0.9 },
		),
		errors: figure(
			'OOM kills in 1 h',
			lineOf('pier-0 quay', () => 2, undefined, true),
		),
	},
	['errors'],
);
const cpu = row('container CPU', 'CPU', {
	utilization: figure(
		'in use',
		lineOf('pier-0 quay', () => 0.42, { value: 0.25, of: 'request', soft: true }),
		{
			unit: 'cores',
		},
	),
	saturation: figure(
		'throttled',
		lineOf('pier-0 quay', () => 0.017),
		{ unit: 'ratio', worry: 0.25 },
	),
});
const loop = row('Node.js event loop', 'runtime', {
	saturation: figure(
		'p99 lag',
		lineOf('pier-0', () => 0.0121),
		{ unit: 'seconds', worry: 0.1 },
	),
});
const disk = row('node disks', 'disk', {
	utilization: figure(
		'busy',
		lineOf('berth-3 sda', () => 0.12, { value: 1, of: 'all', soft: false }),
		{ unit: 'ratio' },
	),
});

const found = (change: Partial<FoundResources> = {}): FoundResources => ({
	rows: [pool, memory, cpu, loop, disk],
	missing: [
		{ name: 'node CPU', group: 'CPU', metrics: ['node_cpu_seconds_total'] },
		{ name: 'process CPU', group: 'CPU', metrics: ['process_cpu_seconds_total'] },
		{ name: 'HikariCP connections', group: 'pool', metrics: ['hikaricp_connections_active'] },
	],
	restrictions: ['{service="pier"}', '{namespace="harbour",pod=~"pier-.*"}'],
	grid: { from: noon - hour, to: noon, step: minute },
	plan: { questions: [], missing: [], restrictions: [] },
	lookedAt: noon,
	...change,
});

const sceneOf = (change: Partial<FoundResources> = {}, state: Partial<ServiceState> = {}) => ({
	place: { view: 'resources' as const },
	findings: { ...nowhere, resources: here(found(change)) } satisfies ServiceFindings,
	state,
});

describe('the resources', () => {
	test('at 80 columns: one in a row, the worst first, and the one under the cursor over time', () => {
		expect(`\n${drawn(sceneOf())}`).toMatchInlineSnapshot(`
			"
			 5 resources                  utilization                    saturation  errors
			▌▲ full  database connections  100 % 4 of 4           ▃▃▃███ ● waiting 3 0/s
			 ✗ fails container memory     35.2 % 0.35 of 1 GiB    ▃▃▃▃▃▃ –           ✗ 2
			         container CPU         168 % 0.42 of 0.25 CPU ██████ 1.7 %       –
			         Node.js event loop                                  12.1 ms     –
			         node disks             12 % busy             ▂▂▂▂▂▂ –           –


			database connections  ▲ in use 4 of 4 (pool)  showing 4 of 21  main pier-0
			      4┤⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
			       │                                    ⡇
			       │⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			       │                                    ⡇
			      2┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			       │                                    ⡇
			       │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
			       │
			      0└
			        11:00             11:15             11:30             11:45
			query of in use"
		`);
	});

	test('at 60 columns and 11 rows', () => {
		expect(`\n${drawn({ ...sceneOf(), size: { width: 60, height: 11 } })}`).toMatchInlineSnapshot(`
			"
			 5 resources           utilization        saturation errors
			▌▲ full  database con…  100 % 4 of 4      ● 3        0/s
			 ✗ fails container me… 35.2 % 0.35 of 1 … –          ✗ 2
			         container CPU  168 % 0.42 of 0.… 1.7 %      –
			         Node.js even…                    12.1 ms    –
			         node disks      12 % busy        –          –

			database connections  ▲ in use 4 of 4 (pool)  showing 4 of …
			      4┤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣭⣤⣯⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭⣭
			      0└⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠓⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			        11:00        11:15        11:30        11:45"
		`);
	});

	test('at 200 columns: every figure of the one under the cursor beside the list', () => {
		expect(`\n${drawn({ ...sceneOf(), size: { width: 200, height: 56 } })}`).toMatchInlineSnapshot(`
			"
			 5 resources                       utilization                      saturation        errors          database connections  ▲ in use 4 of 4 (pool)  showing 4 of 21  main pier-0
			▌▲ full  database connections       100 % 4 of 4           ▃▃▃▃████ ● waiting 3       timeouts 0/s          4┤⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉⡏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
			 ✗ fails container memory          35.2 % 0.35 of 1 GiB    ▃▃▃▃▃▃▃▃ –                 ✗ 2                    │                                             ⡇
			         container CPU              168 % 0.42 of 0.25 CPU ████████ throttled 1.7 %   –                      │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣇⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			         Node.js event loop                                         p99 lag 12.1 ms   –                      │                                             ⡇
			         node disks                  12 % busy             ▂▂▂▂▂▂▂▂ –                 –                      │                                             ⡇
			                                                                                                            2┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			                                                                                                             │                                             ⡇
			                                                                                                             │                                             ⡇
			                                                                                                             │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
			                                                                                                             │
			                                                                                                            0└
			                                                                                                              11:00                 11:15                  11:30                 11:45
			                                                                                                      query of in use

			                                                                                                      database connections  ● waiting 3  main pier-0
			                                                                                                            3┤                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                            2┤                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                            1┤                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                             │                                                ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                            0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                              11:00                 11:15                  11:30                 11:45
			                                                                                                      query of waiting

			                                                                                                      database connections  timeouts 0/s  main pier-0
			                                                                                                          1/s┤
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                             │
			                                                                                                            0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			                                                                                                              11:00                 11:15                  11:30                 11:45
			                                                                                                      query of timeouts

			                                                                                                      utilization: in use  8 of 21
			                                                                                                      main pier-0 4 of 4
			                                                                                                      main pier-1 1 of 4
			                                                                                                      main pier-2 2 of 4
			                                                                                                      main pier-3 3 of 4
			                                                                                                      main pier-4 1 of 4
			                                                                                                      main pier-5 2 of 4
			                                                                                                      main pier-6 3 of 4
			                                                                                                      main pier-7 1 of 4
			                                                                                                      query of in use
			                                                                                                      limit limit of in use                                                            8 more rows: J K"
		`);
	});

	test('without colours, in plain ASCII', () => {
		const frame = drawn({ ...sceneOf(), theme: createTheme('none', false) });
		expect(frame.replaceAll('–', '-')).toMatch(/^[\x20-\x7e\n]*$/);
		expect(frame).toMatch(/^>! full {2}database connections {2}100 % 4 of 4/m);
		expect(frame).toMatch(/^ x fails container memory/m);
	});

	test('tell in a glyph and a word what is wrong, and the figures by what they are of', () => {
		const frame = drawn({ ...sceneOf(), size: { width: 120, height: 20 } });
		expect(frame).toMatch(/^▌▲ full +database connections +100 % 4 of 4 .*● waiting 3 +timeouts 0\/s$/m);
		expect(frame).toMatch(/^ ✗ fails +container memory +35\.2 % 0\.35 of 1 GiB .* – +✗ OOM kills in 1 h 2$/m);
		expect(frame).toMatch(/^ +container CPU +168 % 0\.42 of 0\.25 CPU .* throttled 1\.7 % +–$/m);
		expect(frame).toMatch(/^ +node disks +12 % busy /m);
	});

	test('say how many instances are shown of how many, and which is the worst', () => {
		expect(drawn(sceneOf())).toContain('▲ in use 4 of 4 (pool)  showing 4 of 21  main pier-0');
	});

	test('tell the value under the time cursor', () => {
		expect(drawn(sceneOf({}, { cursor: ago(40 * 60) }))).toContain('in use 1 at the cursor');
	});

	test('that were looked for and not found are listed in the details', () => {
		const frame = drawn(sceneOf({}, { details: true }));
		expect(frame).toContain('Looked for and not found:\nCPU: node CPU, process CPU\npool: HikariCP connections\n');
		expect(frame).toContain('utilization: in use  8 of 21\nmain pier-0 4 of 4\nmain pier-1 1 of 4');
	});

	test('that are more than there is room for are scrolled, and the rows below are counted', () => {
		const scene = { ...sceneOf({}, { details: true }), size: { width: 80, height: 9 } };
		expect(drawn(scene)).toMatch(/\d+ more rows: J K$/);
		expect(drawn(scene)).not.toContain('limit of in use');
		const down = pressed(['J', 'J'], scene);
		expect(down.scroll).toBeGreaterThan(0);
		expect(drawn({ ...scene, state: { ...scene.state, ...down } })).not.toContain('Looked for and not found:');
		expect(pressed(['K'], { ...scene, state: { ...scene.state, ...down } }).scroll).toBe((down.scroll ?? 0) - 4);
	});

	test('scroll no further than to the last row, and begin again with another resource', () => {
		const scene = sceneOf({}, { details: true });
		const end = drawn({ ...scene, state: { ...scene.state, scroll: 999 } });
		expect(end).toContain('query of timeouts');
		expect(end).not.toContain('more row');
		const atEnd = { ...scene, state: { ...scene.state, scroll: 999 } };
		expect(press('J', atEnd)).toEqual({ type: 'refuse', why: 'It goes no further.' });
		expect(pressed(['j'], atEnd).scroll).toBeUndefined();
		expect(press('J', sceneOf())).toEqual({ type: 'refuse', why: 'The details are not on show; d shows them.' });
	});

	test('that are none say so, and what was looked for', () => {
		const frame = drawn(sceneOf({ rows: [] }));
		expect(frame).toContain('Nothing tells of the resources of pier in this window.');
		expect(frame).toContain('CPU: node CPU, process CPU');
		expect(drawn(sceneOf({}, { filter: 'harbour' }))).toContain('No resource has harbour in its name.');
	});

	test('that are not whole say what is missing', () => {
		const notes = [{ kind: 'partial', text: 'The limits could not be asked for.' }] as const;
		const resources = loaded(answer(found(), notes), noon);
		expect(drawn({ ...sceneOf(), findings: { ...nowhere, resources } })).toContain(
			'The limits could not be asked for.',
		);
	});
});

describe('keys', () => {
	const rowAt = (keys: readonly string[]) =>
		keys.reduce<Partial<ServiceState>>((state, key) => {
			const outcome = press(key, sceneOf({}, state));
			return outcome.type === 'stay' ? outcome.state : state;
		}, {}).row;

	test('j and k walk the rows, which the filter narrows', () => {
		expect(rowAt(['j'])).toBe('container memory');
		expect(rowAt(['j', 'j', 'k'])).toBe('container memory');
		expect(press('j', sceneOf({}, { filter: 'memory' }))).toMatchObject({ state: { row: 'container memory' } });
		expect(drawn(sceneOf({}, { filter: 'memory' }))).not.toContain('node disks');
	});

	test("the cursor begins at the row of the alert's own metric, and at the worst where there is none", () => {
		const files = row('process open files', 'runtime', {
			utilization: figure(
				'open',
				lineOf('pier-0', () => 87),
				{ query: 'max by (pod) (process_open_fds{service="pier"})' },
			),
		});
		const [alert] = joinAlerts([managedOf('PierFiles', { service: 'pier' })], []);
		const recordings = new Map([['pier:files', [{ expression: 'process_open_fds{service="pier"}', labels: {} }]]]);
		const begun = (expression: string) => {
			const scene = sceneOf({ rows: [pool, files] });
			const alerted = alert === undefined ? {} : { alert: here({ ...alert, expression, recordings }) };
			return service.settle?.(shownAt({ ...scene, findings: { ...scene.findings, ...alerted } }))?.row;
		};
		expect(begun('process_open_fds / process_max_fds > 0.8')).toBe('process open files');
		expect(begun('pier:files > 80')).toBe('process open files');
		expect(begun('process_open_fds_of_others > 5')).toBe('database connections');
		expect(begun('sum(')).toBe('database connections');
	});

	test('the cursor stays on its row when others become worse', () => {
		const settled = service.settle?.(shownAt(sceneOf({ rows: [cpu, pool] })));
		expect(settled).toMatchObject({ row: 'container CPU' });
		expect(drawn(sceneOf({ rows: [pool, cpu] }, settled))).toMatch(/^▌ +container CPU/m);
	});

	test('enter opens the logs of the time at which the resource got into its trouble', () => {
		expect(press('enter', sceneOf())).toMatchObject({
			type: 'go',
			to: { kind: 'logs', service: 'pier', window: fixed(ago(35 * 60), ago(25 * 60)) },
			state: { row: 'database connections' },
		});
		expect(press('enter', sceneOf({}, { row: 'container CPU' }))).toMatchObject({ to: { window: live(hour) } });
		expect(press('enter', sceneOf({}, { cursor: ago(600) }))).toMatchObject({
			to: { window: fixed(ago(900), ago(300)) },
		});
		expect(press('enter', sceneOf({ rows: [] }))).toMatchObject({ to: { kind: 'logs', window: live(hour) } });
	});

	test('y copies the PromQL of the row', () => {
		expect(press('y', sceneOf())).toMatchObject({
			text: 'query of in use\nlimit of in use\nquery of waiting\nquery of timeouts',
		});
		expect(press('y', sceneOf({ rows: [] }))).toMatchObject({ type: 'refuse' });
	});

	test('tab comes from the panels and goes to the neighbours', () => {
		expect(press('tab', { findings: nowhere })).toMatchObject({ type: 'turn', to: { view: 'resources' } });
		expect(press('tab', sceneOf())).toMatchObject({ type: 'turn', to: { view: 'neighbours' } });
		expect(press('shift+tab', sceneOf()).type).toBe('turn');
	});
});

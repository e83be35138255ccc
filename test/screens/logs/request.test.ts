import { describe, expect, test } from 'vitest';
import type { MissingService, MissingServices } from '../../../src/investigation/missing-services.ts';
import { answer, type Note } from '../../../src/model/answer.ts';
import { lastValueOf, loaded } from '../../../src/model/loadable.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { type Drawn, drawn, noon, redrawn, request, story, trace } from './shown-logs.ts';

const crane: MissingService = { service: 'crane', spans: 3, logs: true };
const mole: MissingService = {
	service: 'mole',
	spans: 0,
	named: { service: 'mole', by: 'pier', word: 'upstream', sure: true },
	logs: false,
};

function remarkOf(shown: Drawn, missing: MissingServices, notes: readonly Note[] = []): string {
	const findings = { ...shown.findings, missing: loaded(answer(missing, notes), noon) };
	return (
		redrawn({ ...shown, findings })
			.frame.split('\n')
			.at(-1)
			?.trim() ?? ''
	);
}

describe('below the lines of a request', () => {
	test.each([
		[
			'who is silent',
			{ trace: 'read', services: [crane] },
			'● crane: 3 spans in the trace, no line (logs of crane exist in this window)',
		],
		[
			'who is silent and writes no logs at all',
			{ trace: 'read', services: [{ ...crane, spans: 1, logs: false }] },
			'● crane: 1 span in the trace, no line (logs of crane do not exist in this window)',
		],
		[
			'several of them',
			{ trace: 'read', services: [crane, mole] },
			'● 2 services without a line: crane (3 spans in the trace, logs exist), mole (named by pier (upstream), no logs in this window)',
		],
		['that nobody is', { trace: 'read', services: [] }, 'every service of the trace has a line here'],
		[
			'that there is no trace to tell',
			{ trace: 'absent', services: [] },
			'the trace was not found; the lines name no other service',
		],
	] as const)('stands %s', async (_, missing, words) => {
		const shown = await drawn({ place: { request }, size: { width: 140, height: 14 } });
		expect(remarkOf(shown, missing)).toBe(words);
	});

	test('stands in two rows where one has no room, at 60 by 15 and at 80 by 24', async () => {
		const { findings, ...shown } = await drawn({ place: { request }, size: { width: 60, height: 11 } });
		const missing = (services: MissingServices['services']) =>
			loaded(answer({ trace: 'read', services } as const), noon);
		const lastRows = (width: number, services: MissingServices['services']): string =>
			redrawn({ ...shown, size: { width, height: 11 }, findings: { ...findings, missing: missing(services) } })
				.frame.split('\n')
				.slice(-3)
				.join('\n');
		expect(lastRows(60, [crane])).toBe(
			'\n ● crane: 3 spans in the trace, no line (logs of crane exist\n in this window)',
		);
		expect(lastRows(80, [crane, mole])).toBe(
			'\n ● 2 services without a line: crane (3 spans in the trace, logs exist), mole\n (named by pier (upstream), no logs in this window)',
		);
		expect(lastRows(60, [crane, mole])).toBe(
			'\n ● 2 services without a line: crane (3 spans in the trace,\n logs exist), mole (named by pier (upstream), no logs in th…',
		);
		expect(lastRows(60, [])).toBe('\n\n every service of the trace has a line here');
	});

	test('stands why it is not known', async () => {
		const shown = await drawn({ place: { request }, size: { width: 140, height: 14 } });
		const notes = [{ kind: 'warning', text: 'Tempo did not answer.' }] as const;
		expect(remarkOf(shown, { trace: 'failed', services: [] }, notes)).toBe(
			'the lines name no other service  Tempo did not answer.',
		);
	});

	test('stands first that some streams were not read', async () => {
		const shown = await drawn({ place: { request }, size: { width: 140, height: 14 } });
		const target = lastValueOf(shown.findings.target);
		if (target === undefined) throw new Error('no streams were looked for');
		const notes = [{ kind: 'partial', text: '1 stream has no label job and is not read.' }] as const;
		const findings = { ...shown.findings, target: loaded(answer(target, notes), noon) };
		expect(remarkOf({ ...shown, findings }, { trace: 'unknown', services: [] })).toBe(
			'1 stream has no label job and is not read.  no line names a trace, and none names another service',
		);
	});
});

describe('who is silent is asked', () => {
	const kinds = (shown: Drawn) => asidesOf(shown).map(({ kind }) => kind);

	test('of a whole request', async () => {
		expect(kinds(await drawn({ place: { request } }))).toEqual(['missing']);
		expect(kinds(await drawn({ place: { trace } }))).toEqual(['missing']);
	});

	test.each([
		['a service', { service: 'pier' }],
		['a request of which lines are left out', { request, level: 'error' as const }],
		['a request without lines', { request: 'b1b1b1b1b1b2' }],
	])('never of %s', async (_, place) => expect(kinds(await drawn({ place }))).toEqual([]));
});

describe('the way of a request', () => {
	const later = [
		...story,
		lineAt(noon - 59_000, { service_name: 'quay' }, `level=info msg="crane is back" trace_id=${trace}`),
		lineAt(noon - 58_000, { service_name: 'pier' }, `level=debug msg=told trace_id=${trace}`),
	];
	const withCrane = (shown: Drawn) =>
		redrawn({
			...shown,
			findings: { ...shown.findings, missing: loaded(answer({ trace: 'read', services: [crane] } as const), noon) },
		}).frame;

	test('is a lane for each service in a frame of 160×50', async () => {
		const frame = withCrane(await drawn({ place: { request }, entries: later, size: { width: 160, height: 46 } }));
		expect(frame.replace(/\n{4,}/, '\n…\n')).toMatchInlineSnapshot(`
			"█                                                                                                                   6 lines
			█                                              █          █                           █                           █
			                                               █          █                                                         ✗ 2 errors  buoy 1  pier 1
			 time            after  level  pier  quay  buoy  crane message
			 11:58:57.930          · info  ◆                       asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950    +20ms ● warn  │     ●                 crane is slow  trace=0af7…319c
			 11:58:59.600   +1.65s ✗ error │     │     ✗           lamp is out  err="no oil" trace=0af7…319c
			▌11:59:00.000   +400ms ✗ error ✗     │                 berth refused  502 /berths 2.07s err="lamp is out" req=7f3c…6666 trace=0af7…319c
			 11:59:01.000      +1s · info  │     ◆                 crane is back  trace=0af7…319c
			 11:59:02.000      +1s   debug ◆                       told  trace=0af7…319c
			…
			 ● crane: 3 spans in the trace, no line (logs of crane exist in this window)"
		`);
		expect(frame.split('\n')).toHaveLength(46);
	});

	test('is told by the names of the services in one of 80×24', async () => {
		const frame = withCrane(await drawn({ place: { request }, entries: later, size: { width: 80, height: 20 } }));
		expect(frame.replace(/\n{4,}/, '\n…\n')).toMatchInlineSnapshot(`
			"█              ▄   ▄        ▄        ▄ 6 lines
			               █   █                   ✗ 2 errors  buoy 1  pier 1
			 11:58:57.930          · pier asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950    +20ms ● quay crane is slow  trace=0af7…319c
			 11:58:59.600   +1.65s ✗ buoy lamp is out  err="no oil" trace=0af7…319c
			▌11:59:00.000   +400ms ✗ pier berth refused  502 /berths 2.07s err="lamp is out"
			 11:59:01.000      +1s · quay crane is back  trace=0af7…319c
			 11:59:02.000      +1s   pier told  trace=0af7…319c
			…
			 ● crane: 3 spans in the trace, no line (logs of crane exist in this window)"
		`);
	});

	test('has no lanes where there are too many services', async () => {
		const many = Array.from({ length: 14 }, (_, index) =>
			lineAt(noon - 60_000 + index, { service_name: `berth${index}` }, `level=info msg=x trace_id=${trace}`),
		);
		const { frame } = await drawn({ place: { trace }, entries: many, size: { width: 160, height: 20 } });
		expect(frame).toContain('level  service');
	});

	test('has lanes in ASCII', async () => {
		const { frame } = await drawn({
			place: { request },
			size: { width: 130, height: 14 },
			theme: createTheme('none', false),
		});
		expect(frame).toContain('pier quay buoy message');
		expect(frame).toMatch(/x error \|\s+x\s+lamp is out/);
	});
});

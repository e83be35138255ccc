import { describe, expect, test } from 'vitest';
import type { MissingService, MissingServices } from '../../../src/investigation/missing-services.ts';
import { answer, type Note } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { asidesOf } from '../../../src/screens/logs/asides.ts';
import { type Drawn, drawn, noon, redrawn, request, trace } from './shown-logs.ts';

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
			'Tempo does not have the trace; the lines name no other service',
		],
	] as const)('stands %s', async (_, missing, words) => {
		const shown = await drawn({ place: { request }, size: { width: 140, height: 14 } });
		expect(remarkOf(shown, missing)).toBe(words);
	});

	test('stands why it is not known', async () => {
		const shown = await drawn({ place: { request }, size: { width: 140, height: 14 } });
		const notes = [{ kind: 'warning', text: 'Tempo did not answer.' }] as const;
		expect(remarkOf(shown, { trace: 'failed', services: [] }, notes)).toBe(
			'the lines name no other service  Tempo did not answer.',
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

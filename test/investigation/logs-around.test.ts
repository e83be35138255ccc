import { describe, expect, test } from 'vitest';
import { contextPlaceOf } from '../../src/analysis/log-context.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { boardOver } from '../../src/investigation/board.ts';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { answerLogsAside } from '../../src/investigation/logs-asides.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { rangeOf } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const pod = { pod: 'pier-1', container: 'pier' };

/** Lines of one pod, three of them at every instant, one of them of its other container. */
const lines: readonly LogEntry[] = Array.from({ length: 3000 }, (_, index) =>
	lineAt(
		noon + (Math.floor(index / 3) - 500) * 100,
		index % 3 === 2 ? { ...pod, container: 'sidecar' } : pod,
		`level=${index === 3 ? 'error' : 'info'} n=${index}`,
	),
);
const others = Array.from({ length: 50 }, (_, index) =>
	lineAt(noon + index, { pod: 'quay-1' }, `level=info q=${index}`),
);
const entries = [...lines, ...others].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
const middle = recordOf(lines[1501] ?? lineAt(noon, pod, ''));

async function around(place: LogsPlace) {
	let findings: LogsFindings = noLogsFindings;
	const world = { sources: logsOnly(logStore(entries).source), now: () => noon + 3_600_000 };
	const publish = (found: LogsFindings) => {
		findings = found;
	};
	await investigateLogs(place, world, noLogsFindings, publish, asking);
	const readOn = async (kind: 'older' | 'newer') => {
		const board = boardOver({ current: () => findings, replace: publish }, world);
		const range = rangeOf(place.window, world.now());
		await answerLogsAside({ place, range, aside: { key: kind, kind } }, world, board, asking);
	};
	return { page: () => lastValueOf(findings.records), readOn };
}

describe('round a line', () => {
	test('are the lines before and after it, of its pod and of nobody else, it among them', async () => {
		const { page } = await around(contextPlaceOf(middle));
		const keys = page()?.records.map(({ key }) => key) ?? [];
		expect(keys).toContain(middle.key);
		expect(keys.indexOf(middle.key)).toBeGreaterThan(190);
		expect(keys.length - keys.indexOf(middle.key)).toBeGreaterThan(190);
		expect(page()?.records.every(({ entry }) => entry.labels.pod === 'pier-1')).toBe(true);
		expect(new Set(page()?.records.map(({ service }) => service))).toEqual(new Set(['pier', 'sidecar']));
		expect(page()?.unread).toEqual({ older: expect.any(BigInt), newer: expect.any(BigInt) });
	});

	test('no line is lost or doubled when both ends are read on', async () => {
		const { page, readOn } = await around(contextPlaceOf(middle));
		await readOn('older');
		await readOn('newer');
		expect(page()?.records.map(({ entry }) => entry.line)).toEqual(
			entries.filter(({ labels }) => labels.pod === 'pier-1').map(({ line }) => line),
		);
		expect(page()?.unread).toEqual({});
	});

	test('the errors before are not looked for', async () => {
		const { page } = await around({ ...contextPlaceOf(middle), around: String(middle.entry.at) });
		const [first] = page()?.records ?? [];
		expect(first?.entry.at).toBe(page()?.unread.older);
	});
});

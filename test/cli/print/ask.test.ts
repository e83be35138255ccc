import { expect, test } from 'vitest';
import { alertsPrinter } from '../../../src/cli/print/alerts.ts';
import { askWith, exitCodeOf, type Gaps, gapSentences, isCancelled, mergedGaps } from '../../../src/cli/print/ask.ts';
import { servicePrinter } from '../../../src/cli/print/service.ts';
import { type AlertsFindings, noAlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import type { Panes } from '../../../src/investigation/board.ts';
import { answer, type Note } from '../../../src/model/answer.ts';
import { type Failure, FailureError } from '../../../src/model/failure.ts';
import { idle, loaded } from '../../../src/model/loadable.ts';
import type { ServicePlace } from '../../../src/model/place.ts';
import { live } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';

const refused: Failure = { kind: 'refused', what: 'Loki refused.', next: 'Start it.' };
const absent: Failure = { kind: 'not-configured', what: 'No Loki is configured.', next: 'Configure it.' };
const tooMuch: Failure = { kind: 'too-much', what: 'It would read 42 GB.', next: 'Agree.' };
const spent: Failure = {
	kind: 'over-budget',
	what: 'Loki has read 60 GB of 50 GB.',
	next: '$ allows as much again for this incident; budget.lokiBytes stands in profile night.',
};
const failed = (failure: Failure) => ({ status: 'failed', failure, at: 0 }) as const;
const some = (...notes: readonly Note[]) => loaded(answer([], notes), 0);
const here = some();
const place = { kind: 'alerts', window: live(60_000) } as const;

const askFor = async (findings: Partial<AlertsFindings>) => {
	const ask = askWith(async (_place, previous, publish) => publish({ ...previous, ...findings }), AbortSignal.abort());
	return ask(place, alertsPrinter);
};

test.each<[string, Partial<AlertsFindings>, number]>([
	['all answered', { alerts: some(), rules: some() }, 0],
	['nothing asked', {}, 0],
	['one failed', { alerts: some(), rules: failed(refused) }, 4],
	['one is not configured', { alerts: some(), rules: failed(absent) }, 0],
	['a part', { alerts: some({ kind: 'partial', text: 'half' }) }, 4],
	['a warning', { alerts: some({ kind: 'warning', text: 'slow' }) }, 4],
	['a remark', { alerts: some({ kind: 'info', text: 'slow' }) }, 0],
	['the list failed, whatever else came', { alerts: failed(refused), signals: loaded(answer(new Map()), 0) }, 3],
	['it would read too much', { alerts: failed(tooMuch), rules: failed(tooMuch) }, 2],
	['the budget is spent', { alerts: failed(spent), rules: failed(spent) }, 4],
	['a part would read too much', { alerts: some(), rules: failed(tooMuch) }, 4],
	['the list failed, and another is not configured', { alerts: failed(refused), rules: failed(absent) }, 3],
	['nothing is configured', { alerts: failed(absent), rules: failed(absent) }, 3],
])('%s', async (_, findings, exitCode) => {
	const { gaps } = await askFor(findings);
	expect(exitCodeOf(gaps)).toBe(exitCode);
	expect(gapSentences(gaps).length > 0).toBe(exitCode > 0);
});

test('a backend that nobody configured is told of only where it was needed', async () => {
	const told = async (findings: Partial<AlertsFindings>) => gapSentences((await askFor(findings)).gaps);
	expect(await told({ alerts: some(), rules: failed(absent) })).toEqual([]);
	expect(await told({ alerts: failed(refused), rules: failed(absent) })).toEqual(['Loki refused. Start it.']);
	expect(await told({ alerts: failed(absent), rules: failed(absent) })).toEqual([
		'No Loki is configured. Configure it.',
	]);
});

test.each<[view: ServicePlace['view'], findings: Panes, exitCode: number]>([
	[undefined, { target: here, alert: failed(refused) }, 4],
	[undefined, { target: failed(refused), alert: failed(refused) }, 3],
	['panels', { target: here, slow: failed(absent) }, 0],
	['resources', { resources: here, alert: failed(refused) }, 4],
	['resources', { resources: here }, 0],
	['resources', { resources: failed(refused), alert: here }, 3],
	['neighbours', { neighbours: here }, 0],
	['neighbours', { neighbours: failed(refused) }, 3],
	['neighbours', { neighbours: failed(absent) }, 3],
])('a service is answered by the pane of its view: %s, %o', async (view, findings, exitCode) => {
	const service: ServicePlace = { kind: 'service', service: 'pier', ...(view && { view }), window: live(60_000) };
	const ask = askWith(async (_place, previous, publish) => publish({ ...previous, ...findings }), AbortSignal.abort());
	const { gaps } = await ask(service, servicePrinter);
	expect(exitCodeOf(gaps)).toBe(exitCode);
});

test('what is missing is said once, each in a sentence', async () => {
	const part: Note = { kind: 'partial', text: 'the newest 1000 lines; there are more' };
	const { gaps } = await askFor({ alertmanager: failed(refused), rules: failed(refused), alerts: some(part, part) });
	const expected = ['Loki refused. Start it.', 'The newest 1000 lines; there are more.'];
	expect(gapSentences(gaps)).toEqual(expected);
	expect(gapSentences(mergedGaps([gaps, gaps]))).toEqual(expected);
});

test('a walk has answered when one of its steps has', () => {
	const step = (answered: boolean): Gaps => ({ answered, failures: [refused], partial: [] });
	expect(exitCodeOf(mergedGaps([step(true), step(false)]))).toBe(4);
	expect(exitCodeOf(mergedGaps([step(false), step(false)]))).toBe(3);
});

test('a cancelled question is told from a failed one', () => {
	expect(isCancelled(new FailureError({ ...refused, kind: 'cancelled' }))).toBe(true);
	expect(isCancelled(new FailureError(refused))).toBe(false);
});

test('that nothing fires is only said when somebody said so', () => {
	const printing = {
		place,
		range: { from: 0, to: 60_000 },
		now: 60_000,
		timeFormat: 'utc',
		width: 80,
		theme: createTheme('none', true),
	} as const;
	const said = (alerts: AlertsFindings['alerts'], filter?: string) =>
		alertsPrinter.blocks({
			...printing,
			place: filter === undefined ? place : { ...place, filter },
			findings: { ...noAlertsFindings, alerts },
		});
	expect(said(some())).toEqual([{ kind: 'paragraph', text: 'No alert fires or is pending.' }]);
	expect(said(some(), 'db')).toEqual([{ kind: 'paragraph', text: 'No alert matches db.' }]);
	expect(said(failed(refused))).toEqual([]);
	expect(said(idle)).toEqual([]);
	expect(alertsPrinter.json({ ...printing, findings: noAlertsFindings })).toEqual({ alerts: undefined });
});

test('that a backend was asked no more is told only where nothing says why, and without a key', () => {
	const resting: Failure = {
		kind: 'resting',
		backend: 'loki',
		what: 'Loki failed 5 times (refused).',
		next: 'It is asked again in 12 s; R tries now.',
	};
	const gaps = (failures: readonly Failure[]): Gaps => ({ failures, partial: [], answered: true });
	expect(gapSentences(gaps([{ ...refused, backend: 'loki' }, resting]))).toEqual(['Loki refused. Start it.']);
	expect(gapSentences(gaps([{ ...refused, backend: 'tempo' }, resting]))).toEqual([
		'Loki refused. Start it.',
		'Loki failed 5 times (refused). Run it again in 12 s.',
	]);
});

test('a spent budget is told without its key', () => {
	expect(gapSentences({ failures: [spent], partial: [], answered: false })).toEqual([
		'Loki has read 60 GB of 50 GB. More is allowed by the profile: budget.lokiBytes stands in profile night.',
	]);
});

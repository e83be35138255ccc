import { expect, test } from 'vitest';
import { textOf } from '../../../src/cli/print/document.ts';
import { servicePrinter } from '../../../src/cli/print/service.ts';
import { noServiceFindings, type Panel, type ServiceFindings } from '../../../src/investigation/service-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { hour, live, minute } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { risingErrors } from '../../screens/alerts/shown-alerts.ts';
import { here, missing, noon, seriesOf, target } from '../../screens/service/shown-service.ts';

const grid = { from: noon - hour, to: noon, step: minute };
const panelOf = (unit: Panel['unit'], figures: Readonly<Record<string, number>>, last = 60): Panel => ({
	unit,
	lines: Object.entries(figures).map(([name, figure]) => ({
		name,
		query: `query of ${name}`,
		series: seriesOf(minutes => (minutes <= last ? figure : Number.NaN)),
	})),
	grid,
	averagedOver: 5 * minute,
});

const printing = (found: Partial<ServiceFindings>) => ({
	place: { kind: 'service', service: 'berths', window: live(hour) } as const,
	findings: { ...noServiceFindings, target: loaded(answer(target), noon), ...found },
	range: { from: grid.from, to: grid.to },
	theme: createTheme('none', false),
	timeFormat: 'utc' as const,
	now: noon,
	width: 120,
});

/** The panels' rows by cell, without what is drawn. */
const rowsOf = (found: Partial<ServiceFindings>): readonly (readonly string[])[] =>
	textOf(servicePrinter.blocks(printing(found)), 120)
		.split('\n')
		.filter(line => /^(?:panel|rate|errors|duration)/.test(line))
		.map(line => line.split(/ {2,}/).filter(cell => !/^#*$/.test(cell)));

test('the limit stands beside the quantile that the rule is about', () => {
	const duration = panelOf('seconds', { p50: 0.1, p95: 3.9, p99: 4 });
	const limited = { ...duration, threshold: { operator: '>', value: 1, line: 'p95' } } as const;
	expect(rowsOf({ duration: here(limited) }).slice(-3)).toEqual([
		['duration p50', '100 ms'],
		['duration p95', '3.9 s', '1 s'],
		['duration p99', '4 s'],
	]);
	const other = { ...duration, threshold: { operator: '>', value: 1, line: 'p90' } } as const;
	expect(rowsOf({ duration: here(other) }).slice(-3)).toEqual([
		['duration p50', '100 ms'],
		['duration p95', '3.9 s'],
		['duration p99', '4 s'],
	]);
});

test('figures of a service that vanished are not those of now', () => {
	const rate = panelOf('per-second', { requests: 7 }, 20);
	expect(rowsOf({ rate: here(rate) })[1]).toEqual(['rate', 'none since 11:20']);
	expect(servicePrinter.json(printing({ rate: here(rate) }))).toMatchObject({
		rate: { lines: [{ newest: 7, newestAt: '2026-05-04T11:20:00.000Z' }] },
	});
});

test('that other metrics were asked for is said in the text, and the families are named in the JSON', () => {
	const text = 'There are no metrics of family kong here; shown are OpenTelemetry HTTP server.';
	const noted = { target: loaded(answer(target, [{ kind: 'info', text }]), noon) };
	expect(textOf(servicePrinter.blocks(printing(noted)), 120)).toContain(text);
	expect(servicePrinter.json(printing({}))).toMatchObject({ target: { family: 'otel-http', families: ['otel-http'] } });
});

test("the alert's own figure is printed where nothing else is charted", () => {
	const alone = { target: here(missing), signal: here({ ...risingErrors, query: 'time() - x_seconds' }) };
	const text = textOf(servicePrinter.blocks(printing(alone)), 120);
	expect(text).toMatch(/^time\(\) - x_seconds +24\.7 % +> 5 % /m);
	expect(text).toContain(missing.looked);
	expect(servicePrinter.json(printing(alone))).toMatchObject({
		target: { found: false },
		signal: { query: 'time() - x_seconds', unit: 'ratio', value: 0.247, threshold: { operator: '>', value: 0.05 } },
	});
	expect(servicePrinter.json(printing({}))).toMatchObject({ signal: undefined });
});

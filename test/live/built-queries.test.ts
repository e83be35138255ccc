import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { promSelector, promSum } from '../../src/analysis/promql-build.ts';
import { escapeRegex } from '../../src/analysis/string-literal.ts';
import { createPrometheus, type Prometheus } from '../../src/backends/prometheus/client.ts';
import type { Matcher } from '../../src/model/labels.ts';
import { anyText } from '../helpers/any-text.ts';
import { doorTo } from '../helpers/loopback.ts';
import { createProcesses, until } from './processes.ts';
import { remoteWrite } from './remote-write.ts';
import { startUnscrapingPrometheus, startVictoriaMetrics } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Whatever stands in a label, a real server takes the query that is built for it, and answers exactly what was meant. */

const processes = createProcesses();
const seed = Date.now();
/** No label at all is another thing than one with a text; what UTF-8 cannot hold no server was ever given. */
const values = [...new Set(fc.sample(anyText, { numRuns: 150, seed }).map(text => text.toWellFormed()))].filter(
	text => text !== '',
);
const at = Math.floor(Date.now() / 1000) * 1000 - 60_000;
const asking = { signal: new AbortController().signal, record: () => {} };

let servers: Readonly<Record<'Prometheus' | 'VictoriaMetrics', Prometheus>>;

beforeAll(async () => {
	const [prometheus, victoria] = await Promise.all([
		startUnscrapingPrometheus(processes),
		startVictoriaMetrics(processes),
	]);
	servers = { Prometheus: createPrometheus(doorTo(prometheus)), VictoriaMetrics: createPrometheus(doorTo(victoria)) };
	const series = values.map((value, index) => ({
		labels: { __name__: 'held', berth: value, number: String(index) },
		points: [{ at, value: index }],
	}));
	await Promise.all([prometheus, victoria].map(url => remoteWrite(url, series)));
	await until('the samples to be seen', async () => {
		await fetch(`${victoria}/internal/force_flush`);
		return (await numbersAt('VictoriaMetrics', [])).length === values.length;
	});
}, 60_000);

afterAll(() => processes.stop());

/** The series that a selector finds, by their number. */
async function numbersAt(server: keyof typeof servers, matchers: readonly Matcher[]): Promise<readonly number[]> {
	const query = promSum(['number'], promSelector('held', matchers));
	const { value } = await servers[server].query(query, at, asking);
	return value.map(({ labels }) => Number(labels.number)).toSorted((a, b) => a - b);
}

const others = (number: number) => values.map((_, index) => index).filter(index => index !== number);

describe.each(['Prometheus', 'VictoriaMetrics'] as const)('%s', name => {
	test(`any of ${values.length} texts selects its own series (seed ${seed})`, async () => {
		for (const [number, value] of values.entries()) {
			const said = JSON.stringify(value);
			const matching = (operator: Matcher['operator'], text: string) =>
				numbersAt(name, [{ name: 'berth', operator, value: text }]);
			expect(await matching('=', value), `= ${said}`).toEqual([number]);
			expect(await matching('!=', value), `!= ${said}`).toEqual(others(number));
			expect(await matching('=~', escapeRegex(value)), `=~ ${said}`).toEqual([number]);
			expect(await matching('!~', escapeRegex(value)), `!~ ${said}`).toEqual(others(number));
		}
	});

	test(`any of them selects nothing where it stands under another name (seed ${seed})`, async () => {
		for (const value of values)
			expect(await numbersAt(name, [{ name: 'number', operator: '=', value: `${value}\u200b` }])).toEqual([]);
	});
});

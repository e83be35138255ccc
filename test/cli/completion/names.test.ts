import { expect, test } from 'vitest';
import { lookUp } from '../../../src/cli/completion/names.ts';
import type { Sources } from '../../../src/investigation/ports.ts';
import { answer } from '../../../src/model/answer.ts';

const now = Date.UTC(2026, 4, 4);
const silent = new AbortController().signal;

/** What a server would do: each question by its own words, all others fail. */
function sources(parts: { readonly logs?: object; readonly metrics?: object; readonly traces?: object }): Sources {
	const failing = new Proxy({}, { get: () => () => Promise.reject(new Error('hunter2 is wrong')) });
	const of = (part: object | undefined) =>
		new Proxy(part ?? failing, { get: (on, name) => Reflect.get(on, name) ?? Reflect.get(failing, name) });
	return {
		logs: of(parts.logs),
		metrics: of(parts.metrics),
		traces: of(parts.traces),
		alerts: of(undefined),
	} as unknown as Sources;
}

test('services are those of all who answer, each once', async () => {
	const found = sources({
		logs: { labelValues: async (name: string) => answer(name === 'app' ? ['till', 'fares'] : []) },
		traces: {
			attributeValues: async () =>
				answer([
					{ text: 'till', isQuoted: true },
					{ text: 'edge', isQuoted: true },
				]),
		},
	});
	expect(await lookUp({ kind: 'service' }, found, now, silent)).toEqual(['edge', 'fares', 'till']);
});

test('services are jobs where no label names one', async () => {
	const named = (services: readonly string[]) =>
		sources({
			metrics: {
				labelValues: async (name: string) => answer(name === 'job' ? ['node'] : name === 'app' ? services : []),
			},
		});
	expect(await lookUp({ kind: 'service' }, named([]), now, silent)).toEqual(['node']);
	expect(await lookUp({ kind: 'service' }, named(['till']), now, silent)).toEqual(['till']);
});

test('when nobody answers nothing is known', async () => {
	expect(await lookUp({ kind: 'service' }, sources({}), now, silent)).toBeUndefined();
	expect(await lookUp({ kind: 'labels' }, sources({}), now, silent)).toBeUndefined();
});

test('a name with a secret in it, or one that a terminal would obey, is none', async () => {
	const values = ['ferry', '', 'two\nlines', '\x1b[2J', `Bearer ${'ab12'.repeat(10)}`, 'x'.repeat(300)];
	const found = sources({ logs: { labelValues: async () => answer(values) } });
	expect(await lookUp({ kind: 'values', label: 'app' }, found, now, silent)).toEqual(['ferry']);
	const secrets = sources({ logs: { labelValues: async () => answer(['hunter2']) } });
	expect(await lookUp({ kind: 'values', label: 'password' }, secrets, now, silent)).toEqual([]);
});

test('alerts are those that fire', async () => {
	const asked: unknown[] = [];
	const found = sources({
		metrics: {
			labelValues: async (name: string, selectors: readonly string[]) => {
				asked.push([name, selectors]);
				return answer(['OrdersSlow']);
			},
		},
	});
	expect(await lookUp({ kind: 'alert' }, found, now, silent)).toEqual(['OrdersSlow']);
	expect(asked).toEqual([['alertname', ['ALERTS{alertstate="firing"}']]]);
});

import { describe, expect, test } from 'vitest';
import { contextPlaceOf, contextSelector, instantAround } from '../../src/analysis/log-context.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { fixed, hour } from '../../src/model/time.ts';
import { lineAt } from '../helpers/log-store.ts';

describe('the lines round a line are of', () => {
	test.each([
		[
			'its pod, whatever container',
			{ pod: 'pier-6f7c9-x', namespace: 'port', container: 'pier', app: 'pier', stream: 'stderr' },
			{},
			'{pod="pier-6f7c9-x", namespace="port"}',
		],
		[
			'its pod, by OpenTelemetry',
			{ k8s_pod_name: 'pier-1', k8s_namespace_name: 'port', service_name: 'pier' },
			{},
			'{k8s_pod_name="pier-1", k8s_namespace_name="port"}',
		],
		[
			'its pod, which stands beside the line',
			{ service_name: 'pier', level: 'error' },
			{ pod: 'pier-1', trace_id: 'x' },
			'{service_name="pier"} | pod="pier-1"',
		],
		[
			'its container',
			{ container_name: '/pier', host: 'h1', source: 'stdout' },
			{},
			'{container_name="/pier", host="h1"}',
		],
		['its unit', { unit: 'pier.service', hostname: 'h1' }, {}, '{unit="pier.service", hostname="h1"}'],
		['its file', { filename: '/var/log/a "b".log', job: 'varlogs' }, {}, '{filename="/var/log/a \\"b\\".log"}'],
		[
			'its stream, without what tells lines apart',
			{ app: 'pier', level: 'error', stream: 'stderr', detected_level: 'error' },
			{},
			'{app="pier"}',
		],
	])('%s', (_, labels, metadata, selector) => expect(contextSelector(labels, metadata)).toBe(selector));
});

test('the place is round the very line, an hour to either side', () => {
	const at = Date.UTC(2026, 4, 4, 12);
	const record = recordOf(lineAt(at, { pod: 'pier-1' }, 'level=error msg=refused'));
	expect(contextPlaceOf(record)).toEqual({
		kind: 'logs',
		query: '{pod="pier-1"}',
		around: record.key,
		window: fixed(at - hour, at + hour),
	});
	expect(instantAround(record.key)).toBe(record.entry.at);
});

test.each([
	['1777895940000000000', 1777895940000000000n],
	['1777895940000000000-1x9z', 1777895940000000000n],
	['1777895940', undefined],
	['yesterday', undefined],
	['1777895940000000000-', undefined],
])('%s is the instant %s', (text, instant) => expect(instantAround(text)).toBe(instant));

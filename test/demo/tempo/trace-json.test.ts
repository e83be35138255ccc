import { expect, test } from 'vitest';
import { resourceSpansOf } from '../../../src/demo/tempo/trace-json.ts';
import type { Span } from '../../../src/model/trace.ts';

const id = '5b8efff798038103d269b633813fc700';
const plain: Span = {
	id: 'eee19b7ec3c1b174',
	service: 'edge',
	name: 'GET /',
	kind: 'server',
	start: 1_777_774_620_000_000_001n,
	end: 1_777_774_620_000_000_002n,
	status: 'unset',
	statusMessage: '',
	attributes: {},
	resource: { 'service.name': 'edge' },
	events: [],
	links: [],
};

test('a root without anything leaves out everything that is empty', () => {
	expect(resourceSpansOf({ id, spans: [plain], start: 0n, duration: 0 })).toEqual([
		{
			resource: { attributes: [{ key: 'service.name', value: { stringValue: 'edge' } }] },
			scopeSpans: [
				{
					scope: { name: 'nightline.telemetry' },
					spans: [
						{
							traceId: 'W47/95gDgQPSabYzgT/HAA==',
							spanId: '7uGbfsPBsXQ=',
							name: 'GET /',
							kind: 'SPAN_KIND_SERVER',
							startTimeUnixNano: '1777774620000000001',
							endTimeUnixNano: '1777774620000000002',
							status: {},
						},
					],
				},
			],
		},
	]);
});

test('a span with everything has every kind of value in OTLP’s spelling', () => {
	const full: Span = {
		...plain,
		parentId: '00000000000000ff',
		kind: 'unspecified',
		status: 'error',
		statusMessage: 'gone',
		attributes: { text: '', whole: 3, part: 0.5, yes: true, none: null, list: ['a', 1], map: { key: 'b' } },
		events: [{ name: 'exception', at: 5n, attributes: { type: 'Gone' } }],
		links: [{ traceId: id, spanId: '00000000000000ff', attributes: {} }],
	};
	const [group] = resourceSpansOf({ id, spans: [full], start: 0n, duration: 0 });
	expect(group).toMatchObject({
		scopeSpans: [
			{
				spans: [
					{
						parentSpanId: 'AAAAAAAAAP8=',
						attributes: [
							{ key: 'text', value: { stringValue: '' } },
							{ key: 'whole', value: { intValue: '3' } },
							{ key: 'part', value: { doubleValue: 0.5 } },
							{ key: 'yes', value: { boolValue: true } },
							{ key: 'none', value: {} },
							{ key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } } },
							{ key: 'map', value: { kvlistValue: { values: [{ key: 'key', value: { stringValue: 'b' } }] } } },
						],
						events: [
							{
								timeUnixNano: '5',
								name: 'exception',
								attributes: [{ key: 'type', value: { stringValue: 'Gone' } }],
							},
						],
						links: [{ traceId: 'W47/95gDgQPSabYzgT/HAA==', spanId: 'AAAAAAAAAP8=' }],
						status: { message: 'gone', code: 'STATUS_CODE_ERROR' },
					},
				],
			},
		],
	});
	expect(JSON.stringify(group)).not.toContain('SPAN_KIND');
});

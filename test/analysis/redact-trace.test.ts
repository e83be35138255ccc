import { expect, test } from 'vitest';
import { redactTrace } from '../../src/analysis/redact-trace.ts';
import type { Attributes } from '../../src/model/trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const redactedAttributes = (attributes: Attributes): Attributes | undefined => {
	const trace = traceFromText('api GET :==!');
	return redactTrace({ ...trace, spans: trace.spans.map(span => ({ ...span, attributes })) }).spans[0]?.attributes;
};

test('attributes are redacted by their name and by what they hold, however deep', () => {
	expect(
		redactedAttributes({
			'http.request.header.authorization': 'Bearer abcdefghijklmnop',
			'url.full': 'https://shop.example/pay?token=s3cr3tvalue&step=2',
			'db.statement': 'SELECT 1',
			'retry.count': 3,
			'user.pin': 4321,
			nested: { password: 'sesame', list: ['postgres://ana:sesame@db', true, null] },
			'process.command_args': ['pg_dump', '--password', 'sesame', 'shop'],
		}),
	).toEqual({
		'http.request.header.authorization': expect.stringContaining('[redacted'),
		'url.full': expect.stringMatching(/token=\[redacted [a-z]+\]&step=2$/),
		'db.statement': 'SELECT 1',
		'retry.count': 3,
		'user.pin': expect.stringContaining('[redacted'),
		nested: {
			password: expect.stringContaining('[redacted'),
			list: [expect.stringContaining('[redacted'), true, null],
		},
		'process.command_args': ['pg_dump', '--password', '[redacted password]', 'shop'],
	});
});

test('nothing that a screen or the clipboard can show of a trace keeps a secret', () => {
	const secret = 'hunter2hunter2';
	const trace = traceFromText('api POST :==!');
	const spans = trace.spans.map(span => ({
		...span,
		service: `api?token=${secret}`,
		name: `POST /reset?password=${secret}`,
		statusMessage: `login failed: password=${secret}`,
		attributes: { 'db.password': secret },
		resource: { 'process.command_args': ['--x', `password=${secret}`] },
		events: [
			{ name: 'exception', at: span.start, attributes: { 'exception.stacktrace': `at login(password=${secret})` } },
		],
		links: [{ traceId: 'a', spanId: 'b', attributes: { token: secret } }],
	}));
	const before = structuredClone(spans);
	const redacted = redactTrace({ ...trace, spans });
	const shown = JSON.stringify(redacted, (_, value) => (typeof value === 'bigint' ? String(value) : value));
	expect(shown).not.toContain(secret);
	expect(shown).toContain('[redacted');
	expect(spans).toEqual(before);
});

import { afterEach, expect, test } from 'vitest';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import { redact } from '../../src/analysis/redact.ts';
import { redactEvidence, redactEvidenceField, showSecrets } from '../../src/analysis/redact-evidence.ts';
import { redactingLines } from '../../src/analysis/redact-lines.ts';
import { redactTrace } from '../../src/analysis/redact-trace.ts';
import { formatMatcher, holdsSecret } from '../../src/analysis/silence-matchers.ts';
import { askSilences } from '../../src/investigation/alert-silences.ts';
import { answer } from '../../src/model/answer.ts';
import type { Matcher } from '../../src/model/labels.ts';
import type { Silence } from '../../src/model/silence.ts';
import { managedOf, ruleOf } from '../helpers/alert-drawing.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const text = 'login password=hunter2';
const trace = traceFromText('api POST :==!');
const telling = { ...trace, spans: trace.spans.map(span => ({ ...span, attributes: { password: 'hunter2' } })) };

const matcher: Matcher = { name: 'password', operator: '=', value: 'hunter2' };
const silence: Silence = {
	id: 'a',
	state: 'active',
	matchers: [matcher],
	startsAt: 0,
	endsAt: 1,
	createdBy: text,
	comment: text,
};

/** What is read of the silences. */
const silences = async () => {
	const asking = { signal: new AbortController().signal, record: () => {} };
	return (await askSilences({ silences: async () => answer([silence]) }, asking)).value;
};

/** Everything that is evidence, and the words of a rule that failed, which are not. */
const seen = () => ({
	text: redactEvidence(text),
	field: redactEvidenceField('api_key', 'hunter2'),
	line: redactingLines()({}, text),
	span: redactTrace(telling).spans[0]?.attributes.password,
	label: joinAlerts([managedOf('DoorStuck', { password: 'hunter2' })], [])[0]?.labels.password,
	matcher: formatMatcher(matcher),
	failure: joinAlerts([], [{ ...ruleOf('DoorStuck', 'stuck > 1', [{}]), health: 'err', lastError: text }])[0]
		?.ruleError,
	always: redact(text),
});

afterEach(() => showSecrets(false));

const masked = 'login password=[redacted password]';

test('evidence is masked as all else is', () => {
	expect(seen()).toMatchObject({ text: masked, line: { text: masked, masked: 1 }, failure: masked, always: masked });
	expect(JSON.stringify(seen())).not.toContain('hunter2');
});

test('evidence alone keeps its secrets when they are to be shown', () => {
	showSecrets(true);
	expect(seen()).toEqual({
		text,
		field: 'hunter2',
		line: { text, masked: 0 },
		span: 'hunter2',
		label: 'hunter2',
		matcher: 'password="hunter2"',
		failure: masked,
		always: masked,
	});
});

test('silences are evidence, and a matcher that is shown can be edited', async () => {
	expect(JSON.stringify(await silences())).not.toContain('hunter2');
	expect(holdsSecret(matcher)).toBe(true);
	showSecrets(true);
	expect(await silences()).toEqual([silence]);
	expect(holdsSecret(matcher)).toBe(false);
});

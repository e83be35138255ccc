import { expect, test } from 'vitest';
import { insteadWords } from '../../../src/cli/doctor/instead-words.ts';
import { endpointOf } from './ward.ts';

const found = { backend: 'alertmanager', product: { name: 'Alertmanager', version: '0.33.1' } } as const;

test.each([
	['profile night', 'profile night: alertmanager.url', 'profile night: prometheus.url'],
	['--prometheus-url', '--alertmanager-url', '--prometheus-url'],
	['SMOKEJUMPER_PROMETHEUS_URL', 'SMOKEJUMPER_ALERTMANAGER_URL', 'SMOKEJUMPER_PROMETHEUS_URL'],
	['this form', 'the line Alertmanager', 'the line Prometheus'],
])('who answers in place of another is to be written where it belongs, beside %s', (origin, there, here) => {
	const endpoint = { ...endpointOf('prometheus', 'http://m.example'), origin };
	expect(insteadWords({ ...found, url: 'http://m.example', isElsewhere: false }, endpoint)).toEqual({
		what: 'Alertmanager 0.33.1 answers there, which is no Prometheus.',
		next: `Write its URL in ${there}, and that of Prometheus in ${here}.`,
	});
	expect(insteadWords({ ...found, url: 'http://m.example/x', isElsewhere: true }, endpoint).next).toBe(
		`Write that URL in ${here}.`,
	);
});

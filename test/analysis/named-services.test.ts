import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { namedServices, serviceInAddress } from '../../src/analysis/named-services.ts';
import { lineAt } from '../helpers/log-store.ts';

const record = (line: string, service = 'pier') => recordOf(lineAt(1, { service_name: service }, line));

test.each([
	['berths', 'berths'],
	['berths:8080', 'berths'],
	['http://berths.rail.svc:8080/hold?x=1', 'berths'],
	['postgres://user@ledger-db.rail.svc/ledger', 'ledger-db'],
	['outbound|8080||berths.rail.svc.cluster.local', 'berths'],
	['10.4.0.17:8080', undefined],
	['localhost:8080', undefined],
	['/run/berths.sock', undefined],
	['', undefined],
	['a b', undefined],
])('the address %s names %s', (address, service) => expect(serviceInAddress(address)).toBe(service));

describe('a service is named', () => {
	test.each([
		['by a field of JSON', '{"msg":"refused","upstream":"quay:80"}', { word: 'upstream', sure: true }],
		['by a field of logfmt', 'msg=refused peer.service=quay', { word: 'peer.service', sure: true }],
		['by a nested field', '{"msg":"x","attributes":{"peer.service":"quay"}}', { sure: true }],
		['by the text', 'calling quay failed', { word: 'calling', sure: false }],
		['by an answer in the text', '{"msg":"no response from quay within 2s"}', { word: 'response from', sure: false }],
	])('%s', (_, line, named) => {
		expect(namedServices([record(line)])).toEqual([expect.objectContaining({ service: 'quay', by: 'pier', ...named })]);
	});

	test('once, by a field rather than by a text', () => {
		const lines = [record('calling quay'), record('msg=a upstream=quay', 'mole'), record('calling quay', 'mole')];
		expect(namedServices(lines)).toEqual([{ service: 'quay', by: 'mole', word: 'upstream', sure: true }]);
	});

	test('never by itself, and not by an address without a name', () => {
		expect(namedServices([record('msg=a upstream=pier'), record('msg=a upstream=10.0.0.1:80')])).toEqual([]);
	});
});

import { expect, test } from 'vitest';
import { tlsSentence } from '../../../src/backends/ways/tls-failure.ts';

test('a certificate with times that are none is told of all the same', () => {
	const certificate = {
		subject: 'logs.example',
		issuer: 'Quayside Root',
		names: [],
		validFrom: Number.NaN,
		validTo: Number.NaN,
		chain: [],
	};
	const met = { who: 'Loki at logs.example', origin: 'profile prod', settings: 'loki in profile prod', words: '' };
	const told = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].map(code => tlsSentence({ ...met, code, certificate }).what);
	expect(told).toEqual([
		'The certificate of Loki at logs.example expired on a day that is none.',
		'Loki at logs.example shows a certificate that is not valid yet, but from a day that is none.',
	]);
});

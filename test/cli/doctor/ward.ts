import { onTestFinished } from 'vitest';
import type { Endpoint } from '../../../src/backends/endpoint.ts';
import { watchCertificates } from '../../../src/backends/identity/certificates.ts';
import { adviceOn } from '../../../src/cli/doctor/advice.ts';
import { adviceText, textOf, type Writing } from '../../../src/cli/doctor/doctor-text.ts';
import { examineAll, type Ward } from '../../../src/cli/doctor/examine-all.ts';
import type { Examined } from '../../../src/cli/doctor/examined.ts';
import { createTheme } from '../../../src/widgets/theme.ts';

/** A ward without anybody in it, whose watch over certificates ends with the test. */
export function emptyWard(now: () => number): Ward {
	const certificates = watchCertificates();
	onTestFinished(certificates.stop);
	return {
		endpoints: {},
		wanted: {},
		options: { now },
		longest: 5000,
		certificates,
		signal: new AbortController().signal,
	};
}

export const plain = (width: number): Writing => ({
	theme: createTheme('none', true),
	width,
	isStyled: false,
});

/** The lines that doctor prints outside a terminal; `known` lists the backends as they are known. */
export async function printed(ward: Ward, width = 80, known: string[] = []): Promise<string> {
	const lines: string[] = [];
	const examined = await examineAll(ward, {
		whenKnown: async ({ endpoint }) => known.push(endpoint.backend),
		inOrder: async each => void lines.push(textOf(each, ward.longest, plain(width))),
	});
	return `${lines.join('')}\n${adviceText(adviceOn(examined, ward.longest), plain(width))}`;
}

export const endpointOf = (
	backend: Endpoint['backend'],
	url: string,
	headers: Readonly<Record<string, string>> = {},
): Endpoint => ({ backend, url, origin: 'profile night', authorize: async () => headers });

/** One that lets us in and of which nothing is wrong; what a test is about is put in its place. */
export const wellOf = (more: Partial<Examined> = {}): Examined => ({
	endpoint: endpointOf('loki', 'https://logs.example'),
	at: Date.UTC(2026, 10, 22, 3, 12, 44),
	admission: { credentials: [], tenants: [], isUnverified: false, isReadable: false, isTokenReadable: false },
	knocked: { product: { name: 'Loki', version: '3.4.6' } },
	roundTrip: 12.4,
	isCut: false,
	...more,
});

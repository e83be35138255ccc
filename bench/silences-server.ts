import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const count = 60;
const hour = 3_600_000;

/** An Alertmanager with many silences and no alert: the demo has one, and a list of one leads nowhere. */
export async function serveSilences(now: number) {
	const silences = JSON.stringify(Array.from({ length: count }, (_, index) => silenceOf(index, now)));
	const status = JSON.stringify({ versionInfo: { version: '0.28.1' }, cluster: { status: 'ready', peers: [] } });
	const server = createServer(({ url = '' }, response) => {
		response.setHeader('content-type', 'application/json');
		if (url.startsWith('/api/v2/silences')) response.end(silences);
		else response.end(url.startsWith('/api/v2/status') ? status : '[]');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function silenceOf(index: number, now: number) {
	return {
		id: `5e11e9c0-0000-4000-8000-${String(index).padStart(12, '0')}`,
		status: { state: 'active' },
		matchers: [
			{ name: 'alertname', value: `BerthsFull${index}`, isRegex: false, isEqual: true },
			{ name: 'quay', value: `${index % 7}|${index % 5}`, isRegex: true, isEqual: true },
		],
		startsAt: new Date(now - (index + 1) * hour).toISOString(),
		endsAt: new Date(now + (index + 1) * hour).toISOString(),
		createdBy: `harbour office ${index % 4}`,
		comment: `The quay is dredged until the tide of day ${index}; ships are told by radio`,
	};
}

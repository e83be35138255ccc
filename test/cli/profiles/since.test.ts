import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAddressLine } from '../../../src/analysis/address.ts';
import { connect } from '../../../src/cli/connect.ts';
import { fixed, hour, live, minute, second } from '../../../src/model/time.ts';
import { serve } from '../../helpers/loopback.ts';
import { runBuilt } from '../built.ts';
import { emptyFolder } from '../folder.ts';

/** A folder with a profile that looks three hours back. */
function folderWith(loki: string): string {
	const folder = emptyFolder();
	const profile = { since: '3h', colour: 'red', loki: { url: loki } };
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ version: 2, current: 'a', profiles: { a: profile } }));
	return folder;
}

test('a connection says how far back its profile looks, and in which colour', async () => {
	const env = { SMOKEJUMPER_CONFIG_DIR: folderWith('http://l.example') };
	expect(await connect({ urls: {}, env })).toMatchObject({ since: 3 * hour, colour: 'red' });
	expect(await connect({ urls: { loki: 'http://l.example' }, env })).not.toHaveProperty('since');
	expect(await connect({ profile: 'demo', urls: {}, env })).not.toHaveProperty('since');
});

const now = Date.UTC(2026, 0, 2);

test.each([
	['alerts', live(3 * hour)],
	['alerts --since 5m', live(5 * minute)],
	['alerts --to -1h', fixed(now - 4 * hour, now - hour)],
	['alerts --from -20m', live(20 * minute)],
])('%s, where one looks three hours back unasked', (line, window) => {
	expect(parseAddressLine(line, now, 3 * hour)).toEqual({ ok: true, address: { kind: 'alerts', window } });
});

test.each([
	[[], 3 * hour],
	[['--since', '10m'], 10 * minute],
])('the built program looks as far: %j', async (words, length) => {
	const asked: URL[] = [];
	const { url } = await serve((request, response) => {
		asked.push(new URL(request.url ?? '', 'http://l.example'));
		response
			.writeHead(200, { 'content-type': 'application/json' })
			.end('{"status":"success","data":{"resultType":"streams","result":[]}}');
	});
	await runBuilt(['logs', '{app="till"}', ...words, '-o', 'json'], { SMOKEJUMPER_CONFIG_DIR: folderWith(url) });
	const lengths = asked
		.filter(({ pathname }) => pathname.endsWith('/query_range'))
		.map(({ searchParams: at }) => Math.round((Number(at.get('end')) - Number(at.get('start'))) / 1e9));
	expect(Math.max(...lengths) * second).toBe(length);
});

import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { createHttp } from '../../src/backends/http.ts';
import { connect } from '../../src/cli/connect.ts';
import { type Line, profilesOf } from '../../src/cli/open-line.ts';
import { serve } from '../helpers/loopback.ts';
import { answers } from '../helpers/outage.ts';
import { askingNow } from '../helpers/replay.ts';
import { emptyFolder } from './folder.ts';

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

test('the tunnel of a profile that was left is ended', async () => {
	const folder = emptyFolder();
	const log = join(folder, 'log');
	copyFileSync(new URL('../backends/ways/fake-ssh.cjs', import.meta.url), join(folder, 'ssh'));
	chmodSync(join(folder, 'ssh'), 0o755);
	const { url } = await serve(answers(200, '"up"'));
	const far = { url: url.replace('127.0.0.1', 'metrics.example'), tunnel: { ssh: 'pier' } };
	const profiles = { far: { prometheus: far }, same: { prometheus: far }, near: { prometheus: { url } } };
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ version: 2, current: 'far', profiles }));
	const env = { SMOKEJUMPER_CONFIG_DIR: folder, PATH: `${folder}:${process.env.PATH}`, FAKE_SSH_LOG: log };
	const line: Line = { connected: await connect({ urls: {}, env }) };
	const { prometheus } = line.connected.endpoints ?? {};
	if (prometheus === undefined) throw new Error('It is configured.');
	const door = createHttp(prometheus, { now: Date.now });
	expect(await door.json({ path: '/ready' }, z.unknown(), askingNow())).toBe('up');
	const pid = Number.parseInt(readFileSync(log, 'utf8'), 10);
	const port = profilesOf({ line, options: { redactEmails: false }, env, opened: () => undefined });
	await port.open('same');
	expect(isAlive(pid)).toBe(true);
	await port.open('near');
	await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000);
});

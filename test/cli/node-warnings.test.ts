import { expect, onTestFinished, test } from 'vitest';
import { makeCertificates } from '../backends/ways/certificates.ts';
import { serveSecurely } from '../backends/ways/servers.ts';
import { runBuilt } from './built.ts';

test('a variable that switches checks off does neither that nor have Node warn of it', async () => {
	const pem = makeCertificates();
	onTestFinished(pem.remove);
	const url = await serveSecurely({ cert: pem.read('self.pem'), key: pem.read('self.key') });
	const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', SMOKEJUMPER_ALERTMANAGER_URL: url };
	const { stdout, stderr } = await runBuilt(['alerts', '-o', 'json'], env);
	expect(stdout).toContain('shows a certificate that it signed itself');
	expect(stderr).not.toMatch(/NODE_TLS_REJECT_UNAUTHORIZED|Warning/);
});

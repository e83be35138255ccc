import { test } from 'vitest';
import { openShell } from './shell.ts';

test('bash completes places, options, values, names of a server and files', { timeout: 120_000 }, async () => {
	const bash = await openShell('bash');
	await bash.completes('smokejumper ser', 'smokejumper service');
	await bash.completes('sj demo trac', 'sj demo trace');
	await bash.completes('sj logs --level=fa', 'sj logs --level=fatal ');
	await bash.completes('sj service har', 'sj service harbour');
	await bash.completes('sj logs \'{app="ni', 'sj logs \'{app="night desk"');
	await bash.completes("sj logs '{ap", 'sj logs \'{app="');
	await bash.completes('sj trace tra', 'sj trace traces.json');
});

import { test } from 'vitest';
import { openShell } from '../cli/completion/shell.ts';

test.each(['zsh', 'fish'] as const)(
	'%s completes places, options, values, names of a server and files',
	{
		timeout: 120_000,
	},
	async name => {
		const shell = await openShell(name);
		await shell.completes('smokejumper ser', 'smokejumper service');
		await shell.completes('sj demo trac', 'sj demo trace');
		await shell.completes('sj logs --level=fa', 'sj logs --level=fatal');
		await shell.completes('sj service har', 'sj service harbour');
		await shell.completes('sj logs \'{app="ni', 'sj logs \'{app="night desk"');
		await shell.completes('sj trace traces.', 'sj trace traces.json');
	},
);

/** How long a start may take before the built file goes without a cache. */
const patience = 20_000;

/**
 * Starts the built file as an operator would, in a terminal, to the demo's first alerts, and has V8's work kept beside
 * it for `launcher.cjs`. A build without it is complete, and starts slower; so where there is no terminal to be had, it
 * only says so.
 */
export async function keepCompiled() {
	try {
		const { spawn } = await import('@lydell/node-pty');
		await firstAlerts(spawn(process.execPath, ['build/keep-compiled.cjs', 'demo'], { cols: 120, rows: 40 }));
	} catch (error) {
		console.error(`Built without a cache of compiled code: ${error.message}`);
	}
}

function firstAlerts(pty) {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => {
			pty.kill('SIGKILL');
			reject(new Error(`no alert in ${patience / 1000} s`));
		}, patience);
		let written = '';
		pty.onData(chunk => {
			const before = written.includes('firing');
			written += chunk;
			if (!before && written.includes('firing')) pty.write('q');
		});
		pty.onExit(({ exitCode }) => {
			clearTimeout(late);
			if (exitCode === 0) resolve();
			else reject(new Error(`the program ended with ${exitCode}`));
		});
	});
}

#!/usr/bin/env node
// Forwards a unix socket as `ssh -L` does, and fails as the name of its host says. Notes each start and its own process;
// there is no master connection but to `shared`, which another such process stands for.
const { spawn } = require('node:child_process');
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { connect, createServer } = require('node:net');

const words = process.argv.slice(2);
const host = words.at(-1);
if (words[0] === '-O' && host !== 'shared') process.exit(255);
appendFileSync(process.env.FAKE_SSH_LOG, `${process.pid} ${words.join(' ')}\n`);
if (host === 'locked') {
	console.error('Warning: Permanently added the key.\nops@locked: Permission denied (publickey).');
	process.exit(255);
}
const master = `${process.env.FAKE_SSH_LOG}.master`;
if (words[1] === 'check' || words[1] === 'cancel') {
	if (words[1] === 'cancel') process.kill(Number(readFileSync(master, 'utf8')));
	process.exit(0);
}
if (words[1] === 'forward') {
	const { pid } = spawn(process.execPath, [__filename, 'master', ...words.slice(2)], {
		detached: true,
		stdio: 'ignore',
	});
	writeFileSync(master, `${pid}`);
	process.exit(0);
}
const [, path, target, targetPort] = /^(\/.+?):(.*):(\d+)$/.exec(words[words.indexOf('-L') + 1]);
// Who is cut off with something unread is told so as of a reset.
createServer({ pauseOnConnect: host === 'reset' }, socket => {
	if (host === 'cut-off' || host === 'reset') {
		process.stderr.write('channel 2: open failed: connect failed: Connection refused\r\n', () =>
			host === 'reset' ? socket.destroy() : socket.end(),
		);
		return;
	}
	const further = connect(Number(targetPort), target === 'metrics.example' ? '127.0.0.1' : target);
	for (const each of [socket, further]) each.on('error', () => undefined);
	socket.pipe(further).pipe(socket);
	if (host === 'brittle') further.on('close', () => further.bytesRead > 0 && process.exit(255));
}).listen(path);

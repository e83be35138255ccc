#!/usr/bin/env node
// Forwards a port as `ssh -L` does, and fails as the name of its host says. Notes each start and its own process.
const { appendFileSync } = require('node:fs');
const { connect, createServer } = require('node:net');

const words = process.argv.slice(2);
const host = words.at(-1);
appendFileSync(process.env.FAKE_SSH_LOG, `${process.pid} ${words.join(' ')}\n`);
if (host === 'locked') {
	console.error('Warning: Permanently added the key.\nops@locked: Permission denied (publickey).');
	process.exit(255);
}
const [, bind, port, target, targetPort] = /^([\d.]+):(\d+):(.*):(\d+)$/.exec(words[words.indexOf('-L') + 1]);
createServer(socket => {
	if (host === 'cut-off' || host === 'reset') {
		process.stderr.write('channel 2: open failed: connect failed: Connection refused\r\n', () =>
			host === 'reset' ? socket.resetAndDestroy() : socket.end(),
		);
		return;
	}
	const further = connect(Number(targetPort), target === 'metrics.example' ? '127.0.0.1' : target);
	for (const each of [socket, further]) each.on('error', () => undefined);
	socket.pipe(further).pipe(socket);
	if (host === 'brittle') further.on('close', () => further.bytesRead > 0 && process.exit(255));
}).listen(Number(port), bind);

/**
 * Leaves out what Node says of NODE_TLS_REJECT_UNAUTHORIZED when the first connection begins: it is not so, since every
 * connection of ours says by itself whether its server is verified; and it would be written over the screen.
 */
export function leaveOutTlsWarning(): void {
	const listeners = process.listeners('warning');
	process.removeAllListeners('warning');
	process.on('warning', warning => {
		if (warning.message.includes('NODE_TLS_REJECT_UNAUTHORIZED')) return;
		for (const listener of listeners) listener(warning);
	});
}

import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** The socket that a connector of undici opens. */
export const opened = (connect: buildConnector.connector, options: buildConnector.Options): Promise<Socket> =>
	new Promise((resolve, reject) => {
		connect(options, (error, socket) => (error === null ? resolve(socket) : reject(error)));
	});

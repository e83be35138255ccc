import type { TlsWay, Way } from '../backends/ways/way.ts';
import { type Surroundings, secretReader } from './auth/secret.ts';
import type { Connections, Profile } from './profiles/profile.ts';

/** What of a connection says how it is made. */
type Reaching = Pick<Connections, 'tls' | 'proxy' | 'socket' | 'tunnel'>;

/** `where` names the connection to the operator: `profile prod-eu: loki`. */
export function wayOf(
	connection: Reaching,
	{ tunnel: shared }: Pick<Profile, 'tunnel'>,
	surroundings: Surroundings,
	where: string,
): Way {
	const { tls, proxy, socket } = connection;
	// A way of its own is not meant to lead through what the others share.
	const tunnel = connection.tunnel ?? (proxy === undefined && socket === undefined ? shared : undefined);
	return {
		env: surroundings.env,
		...(tls && { tls: tlsOf(tls, surroundings, where) }),
		...(proxy === undefined ? {} : { proxy }),
		...(socket === undefined ? {} : { socket }),
		...(tunnel && { tunnel: { ssh: tunnel.ssh } }),
	};
}

function tlsOf(
	{ ca, cert, key, passphrase, serverName, skipVerify }: NonNullable<Reaching['tls']>,
	surroundings: Surroundings,
	where: string,
): TlsWay {
	const secret = passphrase === undefined ? undefined : secretReader(passphrase, surroundings);
	return {
		...(ca === undefined ? {} : { ca }),
		...(cert === undefined ? {} : { cert }),
		...(key === undefined ? {} : { key }),
		...(secret && { passphrase: () => secret.read(`${where}.tls.passphrase`) }),
		...(serverName === undefined ? {} : { serverName }),
		...(skipVerify === undefined ? {} : { skipVerify }),
	};
}

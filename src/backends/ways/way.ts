import type { BackendName } from '../../model/failure.ts';

/**
 * How the connections to a backend are made, where that is not simply to the host of its URL. Everything is looked up
 * when the first connection is made: files may not be there before, and a start must not wait for them.
 */
export type Way = {
	readonly tls?: TlsWay;
	/** A URL of `http`, `https`, `socks5` or `socks5h`, or `none`. Absent: as the environment says. */
	readonly proxy?: string;
	/** The path of a unix socket that is connected to in place of the host. Nothing is asked through a proxy then. */
	readonly socket?: string;
	/** A host as `ssh` takes it, from which the host of the URL is reached. */
	readonly tunnel?: { readonly ssh: string };
	/** Under whose name it stands in a profile, where that is not the backend's: Grafana's, for those behind it. */
	readonly under?: BackendName;
	/** Holds `HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`, `HOME` and their like. */
	readonly env: NodeJS.ProcessEnv;
};

/** Files are paths, of PEM; `~/` at their beginning is the home of the user. */
export type TlsWay = {
	/** Trusted in place of the usual authorities. */
	readonly ca?: string;
	readonly cert?: string;
	readonly key?: string;
	/** That of the key; read when the key is. */
	readonly passphrase?: () => Promise<string>;
	/** Asked for (SNI) and looked for in the certificate, in place of the host of the URL. */
	readonly serverName?: string;
	/** Whoever answers is believed. */
	readonly skipVerify?: boolean;
};

import { basicOf } from '../basic.ts';
import type { Endpoint } from '../endpoint.ts';
import { credentialsIn } from '../sent-secrets.ts';
import { chosenProxy } from './chosen-proxy.ts';

/** What the proxy on the way is told, and may repeat. What is wrong with a proxy is told when it is gone through. */
export function proxySecrets(endpoint: Endpoint): readonly string[] {
	try {
		const login = chosenProxy(endpoint)?.login;
		return login === undefined ? [] : credentialsIn(basicOf(login.user, login.password));
	} catch {
		return [];
	}
}

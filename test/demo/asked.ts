import { createDemoServers, type DemoOptions } from '../../src/demo/dispatcher.ts';
import type { DemoAnswer } from '../../src/demo/route.ts';
import { replyOf } from '../helpers/demo-reply.ts';

/** A morning at which the story is told in these tests. */
export const morning = Date.UTC(2026, 2, 14, 3, 12, 44);

type Asked = { readonly status: number; readonly contentType: string | undefined; readonly json: unknown };

/** Asks the demo's servers by URL, without a transport; the body is parsed when it is JSON. */
export const createAsker = (options: Partial<DemoOptions> = {}) => {
	const servers = createDemoServers({ now: () => morning, ...options });
	return (
		url: string,
		parameters: Readonly<Record<string, string | number>> = {},
		method = 'GET',
		body = '',
	): Asked => {
		const { origin, pathname } = new URL(url);
		const named = Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]);
		const request = { method, path: pathname, parameters: new URLSearchParams(named), headers: {}, body };
		return parsed(servers(origin, request));
	};
};

const parsed = (answer: DemoAnswer | undefined): Asked => {
	if (answer === undefined) throw new Error('no such host');
	const { status, contentType, body } = replyOf(answer);
	return { status, contentType, json: contentType === 'application/json' ? JSON.parse(body) : body };
};

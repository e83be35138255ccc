import type { Endpoints } from '../../src/cli/connections.ts';
import { createSources } from '../../src/cli/sources.ts';
import type { Sources } from '../../src/investigation/ports.ts';
import type { BackendName } from '../../src/model/failure.ts';
import type { Demo } from './demo.ts';
import type { Handler } from './loopback.ts';
import { serve } from './loopback.ts';

const ports = { prometheus: 'metrics', alertmanager: 'alerts', loki: 'logs', tempo: 'traces' } as const;

export type Outage = Demo & {
	/** From now on the backend answers as it should. */
	readonly mend: () => void;
	/** Where the broken server listens. */
	readonly host: string;
	/** Questions it was asked, and those of them that were given up before it answered. */
	readonly asked: () => number;
	readonly abandoned: () => number;
};

/**
 * A world in which one backend is a real server that misbehaves, until it is mended. `methods` are the only ones that
 * break; all of them when absent.
 */
export async function outageOf(
	world: Demo,
	backend: Exclude<BackendName, 'grafana' | 'jaeger'>,
	handler: Handler,
	methods?: readonly string[],
): Promise<Outage> {
	let asked = 0;
	let abandoned = 0;
	const { url, host } = await serve((request, response) => {
		asked++;
		response.on('close', () => {
			if (!response.writableFinished) abandoned++;
		});
		handler(request, response);
	});
	const endpoints: Endpoints = { [backend]: { backend, url, origin: 'profile night', authorize: async () => ({}) } };
	const broken = createSources(endpoints, { now: world.now });
	let mended = false;
	const port = ports[backend];
	const switched = new Proxy(world.sources[port], {
		get(good, name) {
			const breaks = !mended && (methods === undefined || methods.includes(String(name)));
			return Reflect.get(breaks ? broken[port] : good, name);
		},
	});
	const sources: Sources = { ...world.sources, [port]: switched };
	return {
		sources,
		now: world.now,
		host,
		asked: () => asked,
		abandoned: () => abandoned,
		mend: () => {
			mended = true;
		},
	};
}

/** Ways to misbehave. */
export const answers =
	(status: number, body: string, type = 'application/json'): Handler =>
	(_, response) => {
		response.writeHead(status, { 'content-type': type }).end(body);
	};

export const resets: Handler = request => {
	request.socket.destroy();
};

export const hangs: Handler = () => {};

import { type Milliseconds, second } from '../../model/time.ts';
import { type Entrance, type Forward, type ForwardOptions, openForward } from './forward.ts';

/** What `ssh` forwards, begun with the first question and again when it has ended. */
export type Tunnel = {
	/** Where connections to the target are taken, once they are. Rejects with a `TunnelError`. */
	readonly entrance: () => Promise<Entrance>;
	/** Nobody takes any there now: the next question begins another. */
	readonly lost: (entrance: Entrance) => void;
	/** Nobody wants it any more; one that is only beginning ends once it stands. */
	readonly end: () => void;
	/** What `ssh` said last; empty when it said nothing. */
	readonly words: () => string;
};

export type TunnelOptions = ForwardOptions & { readonly now?: () => Milliseconds };

/** After a failure, that failure is told for so long, twice as long after each: servers lock out who knocks too often. */
const [firstRest, longestRest]: readonly [Milliseconds, Milliseconds] = [2 * second, 60 * second];

/** Nothing is begun before the first question. */
export function createTunnel(options: TunnelOptions): Tunnel {
	const { now = () => performance.now() } = options;
	let running: Promise<Forward> | undefined;
	let failed: { readonly error: unknown; readonly until: Milliseconds; readonly rest: Milliseconds } | undefined;
	let last: Forward | undefined;

	async function run(): Promise<Forward> {
		if (failed !== undefined && now() < failed.until) throw failed.error;
		try {
			last = await openForward(options);
			failed = undefined;
			return last;
		} catch (error) {
			const rest = Math.min(longestRest, failed === undefined ? firstRest : 2 * failed.rest);
			failed = { error, rest, until: now() + rest };
			throw error;
		}
	}

	const forget = () => {
		running = undefined;
		last = undefined;
	};

	return {
		async entrance() {
			if (last?.isOver()) forget();
			running ??= run().catch(error => {
				running = undefined;
				throw error;
			});
			return (await running).entrance;
		},
		lost(entrance) {
			if (last?.entrance !== entrance) return;
			last.end();
			forget();
		},
		end() {
			running?.then(forward => forward.end()).catch(() => undefined);
			forget();
		},
		words: () => last?.words() ?? '',
	};
}

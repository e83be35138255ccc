import { median } from './median.ts';
import { isInstalled } from './pagers.ts';
import { shownBy } from './shown.ts';
import { run } from './terminal.ts';

const runs = 15;

export type Starts = {
	/** `node -e 0`, from the start to the end. */
	readonly node: number;
	/** From the start to the first frame: header, list and keys, while the first questions are under way. */
	readonly frame: number;
	/** From the start to the first alert. */
	readonly alert: number;
	/** Of other programs from the start to a frame with content, by name; absent where one is not installed. */
	readonly peers: ReadonlyMap<string, number | undefined>;
};

/** Another program, and what is on its screen once that is complete. */
export type PeerStart = { readonly name: string; readonly args: readonly string[]; readonly shows: RegExp };

/** Medians in milliseconds of runs that take turns, so that a busy moment of the machine meets all of them. */
export async function measureStarts(program: string, alert: string, peers: readonly PeerStart[]): Promise<Starts> {
	const node: number[] = [];
	const frame: number[] = [];
	const alerts: number[] = [];
	const installed = peers.filter(({ name }) => isInstalled(name));
	const took = new Map(installed.map(({ name }): [string, number[]] => [name, []]));
	for (let turn = 0; turn < runs; turn++) {
		node.push(await run(process.execPath, ['-e', '0']).ended);
		const started = await startOnce(process.execPath, [program, 'demo'], alert);
		frame.push(started.frame);
		alerts.push(started.alert);
		for (const peer of installed) took.get(peer.name)?.push(await startPeer(peer));
	}
	const others = peers.map(({ name }) => {
		const all = took.get(name);
		return [name, all && median(all)] as const;
	});
	return { node: median(node), frame: median(frame), alert: median(alerts), peers: new Map(others) };
}

/** Milliseconds of one start. */
export async function startOnce(
	command: string,
	args: readonly string[],
	alert: string,
): Promise<Pick<Starts, 'frame' | 'alert'>> {
	const started = run(command, args);
	// The hint to the help ends the last row, and every frame is one write.
	const frame = await started.writes('help');
	const shown = await started.writes(alert);
	started.kill();
	await started.ended;
	return { frame, alert: shown };
}

async function startPeer({ name, args, shows }: PeerStart): Promise<number> {
	const began = performance.now();
	const started = run(name, args);
	const shown = await shownBy(started);
	const { at } = await shown.sees(shows);
	started.kill();
	await started.ended;
	return at - began;
}

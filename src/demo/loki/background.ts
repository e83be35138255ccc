import type { LogLevel } from '../../model/log-entry.ts';
import { type Milliseconds, second as oneSecond } from '../../model/time.ts';
import type { ServiceName } from '../cast.ts';
import { Chance, mixedOf } from '../chance.ts';
import type { Story } from '../story.ts';
import { detectedWhenUnread, isoOf, springLine } from './wording.ts';

/** A line that belongs to no request. None holds a request or trace ID. */
export type Murmur = {
	readonly service: ServiceName;
	/** As Loki detects it. */
	readonly level: LogLevel;
	/** Nanoseconds within its second. */
	readonly nanos: number;
	readonly line: () => string;
};

/** Lines that `trackside` writes in a second about its sensors, all of them harmless: the noisy neighbour. */
const pollsPerSecond = 40;

/** What the services say by themselves in a second. */
export function murmursIn(second: number, story: Story): readonly Murmur[] {
	const chance = new Chance(mixedOf(story.seed, second, 0x6d75));
	const murmurs: Murmur[] = [];
	for (let poll = 0; poll < pollsPerSecond; poll++) {
		const nanos = Math.floor(((poll + chance.next()) / pollsPerSecond) * 1e9);
		murmurs.push(pollOf(second, nanos, chance.next()));
	}
	for (const { every, at, murmur } of habits) {
		if (second % every === at) murmurs.push(murmur(second));
	}
	if (second === story.brokeAt / oneSecond) murmurs.push(exportStarted(second));
	return murmurs;
}

const instant = (second: number, nanos: number): Milliseconds => second * oneSecond + nanos / 1e6;

function pollOf(second: number, nanos: number, draw: number): Murmur {
	const level = draw < 0.07 ? 'warn' : draw < 0.6 ? 'debug' : 'info';
	const message = { warn: 'gateway answered late, polling again', debug: 'poll scheduled', info: 'sensor polled' }[
		level
	];
	return {
		service: 'trackside',
		level,
		nanos,
		line: () =>
			JSON.stringify({
				timestamp: isoOf(instant(second, nanos)),
				level: level.toUpperCase(),
				fields: { message, gateway: `gw-${Math.floor(draw * 1000) % 24}`, took_ms: Math.round(draw * 90) },
				target: 'trackside::poller',
			}),
	};
}

/** A line of `manifest` outside any request. */
const manifestLine = (second: number, nanos: number, level: LogLevel, logger: string, message: string): Murmur => ({
	service: 'manifest',
	level: detectedWhenUnread(level),
	nanos,
	line: () =>
		springLine({
			at: instant(second, nanos),
			level: level.toUpperCase(),
			application: 'manifest',
			ids: ',',
			thread: 'scheduling-1',
			logger: `example.nightline.manifest.${logger}`,
			message,
		}),
});

/** The export announces itself like every scheduled job; that it took locks, it does not know. */
const exportStarted = (second: number): Murmur =>
	manifestLine(second, 12_480_113, 'info', 'JobRunner', 'job crew-roster-export started by schedule');

const seatMapTrace =
	'seat map of coach type BCm not refreshed, keeping the old one\n' +
	'java.net.SocketTimeoutException: Read timed out\n' +
	'\tat java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)\n' +
	'\tat example.nightline.manifest.SeatMaps.refresh(SeatMaps.java:64)\n' +
	'\tat example.nightline.manifest.JobRunner.run(JobRunner.java:31)\n' +
	'Caused by: java.net.ConnectException: Connection reset by peer\n\t... 9 more';

const edgeLine =
	(nanos: number, message: string, fields: Readonly<Record<string, unknown>>) =>
	(second: number): Murmur => ({
		service: 'concierge',
		level: 'warn',
		nanos,
		line: () => JSON.stringify({ timestamp: isoOf(instant(second, nanos)), level: 'warn', message, ...fields }),
	});

/** Rare lines of the awkward sort: stack traces, control sequences, right-to-left overrides, lines without end. */
const habits: readonly {
	readonly every: number;
	readonly at: number;
	readonly murmur: (second: number) => Murmur;
}[] = [
	{ every: 420, at: 17, murmur: second => manifestLine(second, 233_101_877, 'error', 'SeatMaps', seatMapTrace) },
	{
		every: 300,
		at: 61,
		murmur: second =>
			manifestLine(
				second,
				640_077_003,
				'warn',
				'PassengerList',
				'name refused: "\x1b]52;c;bm8=\x07\x1b[?1049l\x1b[31mR\x9b2J"',
			),
	},
	{
		every: 300,
		at: 187,
		murmur: edgeLine(87_441_009, 'search text refused', { text: 'Altberg\u202etsiehcsE ot\u2066 \u200bpayload.exe' }),
	},
	{ every: 600, at: 331, murmur: edgeLine(905_113_777, 'body too large, refused', { body: 'berth '.repeat(4_000) }) },
];

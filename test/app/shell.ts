import { parseAddressLine } from '../../src/analysis/address.ts';
import { begin, type Effect, type Message, type State, shownPlace } from '../../src/app/state.ts';
import { update } from '../../src/app/update.ts';
import type { AlertsFindings } from '../../src/investigation/alerts-findings.ts';
import { noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Alert } from '../../src/model/alert.ts';
import { answer } from '../../src/model/answer.ts';
import { loaded } from '../../src/model/loadable.ts';
import { type Place, placeKey } from '../../src/model/place.ts';
import { rangeOf } from '../../src/model/time.ts';

export const noon = Date.UTC(2026, 10, 22, 12);

export const placeAt = (address: string): Place => {
	const parsed = parseAddressLine(address, noon);
	if (!parsed.ok || parsed.address.kind === 'report') throw new Error(`${address} is no place`);
	return parsed.address;
};

/** The program as it begins, before anything is asked. */
export const beginAt = (address = 'alerts', size = { width: 80, height: 24 }): State =>
	begin({
		place: placeAt(address),
		banner: { word: 'test', production: false, readOnly: true },
		size,
		now: noon,
		timeFormat: 'utc',
	});

export const hear = (state: State, ...messages: readonly Message[]): State =>
	messages.reduce((before, message) => update(before, message).state, state);

const pressOf = (key: string): Message => ({
	type: 'pressed',
	key: key === ' ' ? 'space' : key,
	...(key.length === 1 ? { text: key } : {}),
});

export const press = (state: State, ...keys: readonly string[]): State => hear(state, ...keys.map(pressOf));

export const type = (state: State, text: string): State => press(state, ...text);

/** What a key has the world do. */
export const effectsOf = (state: State, key: string): readonly Effect[] => update(state, pressOf(key)).effects;

/** The shown place's question put, answered in part, or answered. */
export const ask = (state: State): State => {
	const place = shownPlace(state);
	const range = rangeOf(place.window, state.now);
	return hear(state, { type: 'asked', slot: placeKey(place), place, range, now: state.now });
};

export const finish = (state: State): State =>
	hear(state, { type: 'answered', slot: placeKey(shownPlace(state)), now: state.now });

export const find = (state: State, findings: AlertsFindings): State =>
	hear(state, { type: 'found', slot: placeKey(shownPlace(state)), findings, now: state.now });

/** Firing alerts of these names, each of a service of its own. */
export const alertsOf = (...names: readonly string[]): AlertsFindings => ({
	...noAlertsFindings,
	alerts: loaded(answer(names.map(alertOf)), noon),
});

const alertOf = (name: string): Alert => ({
	id: `${name}@00000000`,
	name,
	severity: 'critical',
	state: 'firing',
	labels: { alertname: name, service: name.toLowerCase() },
	summary: `${name} fires`,
	annotations: {},
	since: noon - 60_000,
	silencedBy: [],
	inhibitedBy: [],
	receivers: [],
	from: ['alertmanager'],
});

import { formatAge, formatDuration } from '../analysis/format.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { type Setup, setupTitle } from '../screens/profiles/setup.ts';
import { isFoundSlow } from '../terminal/link.ts';
import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { paintLine, paintSegments, type Segment, segment, widthOfSegments } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { trailOf } from './history.ts';
import { paceOf, paceWords } from './pace.ts';
import { secondsTo } from './resting.ts';
import { isAskedOnce, screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { askedSince, type Banner, findingsAt, type Health, isLive, type State, shownPlace, slotAt } from './state.ts';
import { formatTrail } from './trail.ts';
import { windowWords } from './window-words.ts';

const shortNames: Readonly<Record<BackendName, string>> = {
	prometheus: 'prom',
	alertmanager: 'am',
	loki: 'loki',
	tempo: 'tempo',
	jaeger: 'jaeger',
	grafana: 'grafana',
};

/** An answer that took longer than this is worth a figure in the header. */
const slow = second;

/**
 * The two rows on top.
 *
 *     prod-eu RO │ alerts › ledger › logs                prom ● am ● loki ● tempo ▲ 1.9s
 *     5 firing  1 pending                                  02:12–03:12 UTC  live  last 1h
 */
export function paintHeader(surface: Surface, state: State, theme: Theme): void {
	if (state.setup !== undefined) {
		paintSetupHeader(surface, state, state.setup, theme);
		return;
	}
	const health = healthSegments(state, theme);
	const start = paintSegments(surface, 0, 0, bannerSegments(state, theme));
	const room = surface.width - start - widthOfSegments(health) - 2;
	const crumbs = trailSegment(state, theme, Math.max(10, room));
	paintLine(surface.within(start, 0, surface.width - start, 1), 0, [crumbs], health, theme.glyph('ellipsis'));

	const shown = shownOf(state);
	const headline = screenAt(shown.place).headline(shown);
	const clock = clockSegments(state, widthOf(headline), theme);
	paintLine(surface, 1, [segment(headline, theme.style('strong'))], clock, theme.glyph('ellipsis'));
}

/** While profiles are seen to, that is where the operator is. */
function paintSetupHeader(surface: Surface, state: State, setup: Setup, theme: Theme): void {
	const { crumbs, headline } = setupTitle(setup);
	const start = paintSegments(surface, 0, 0, bannerSegments(state, theme));
	const title = segment(crumbs.join(` ${theme.glyph('crumb')} `));
	paintLine(surface.within(start, 0, surface.width - start, 1), 0, [title], [], theme.glyph('ellipsis'));
	paintLine(surface, 1, [segment(headline, theme.style('strong'))], [], theme.glyph('ellipsis'));
}

/** What stands at the left of the header before there is any place. */
export function paintBanner(surface: Surface, banner: State['banner'], theme: Theme): void {
	paintSegments(surface, 0, 0, bannerSegments({ banner }, theme));
}

function bannerSegments(
	{ banner, secretsShown, link }: Pick<State, 'banner' | 'secretsShown' | 'link'>,
	theme: Theme,
): readonly Segment[] {
	const word = theme.level === 'none' && banner.production ? `[${banner.word}]` : ` ${banner.word} `;
	return [
		segment(word, wordStyle(banner, theme)),
		...(banner.readOnly ? [segment(' RO', theme.style('dim'))] : []),
		...(banner.unchecked
			? [segment(theme.level === 'none' ? ' [TLS UNCHECKED]' : ' TLS UNCHECKED', theme.style('critical'))]
			: []),
		...(secretsShown
			? [segment(theme.level === 'none' ? ' [SECRETS SHOWN]' : ' SECRETS SHOWN', theme.style('warning'))]
			: []),
		...(link !== undefined && isFoundSlow(link)
			? [segment(theme.level === 'none' ? ' [SLOW]' : ' SLOW', theme.style('warning'))]
			: []),
		segment(` ${theme.glyph('separator')} `, theme.style('dim')),
	];
}

const wordStyle = ({ colour, production }: Banner, theme: Theme): Style =>
	colour === undefined ? theme.style(production ? 'production' : 'strong') : theme.profileStyle(colour);

function trailSegment(state: State, theme: Theme, room: number): Segment {
	const titles = trailOf(state.history).map(({ place }) => screenAt(place).title(place, findingsAt(state, place)));
	const glyphs = { join: ` ${theme.glyph('crumb')} `, ellipsis: theme.glyph('ellipsis') };
	return segment(formatTrail(titles, room, glyphs));
}

function healthSegments(state: State, theme: Theme): readonly Segment[] {
	return backendNames.flatMap(name => {
		const health = state.health.get(name);
		return health === undefined
			? []
			: [
					segment(` ${shortNames[name]} `, theme.style('dim')),
					...markOf(health, state.now, theme),
					...clockMarkOf(health, theme),
				];
	});
}

/** `✗ in 12 s`: it is left alone for so long yet. */
function markOf({ outcome, took, restsUntil }: Health, now: Milliseconds, theme: Theme): readonly Segment[] {
	if (restsUntil !== undefined && restsUntil > now) {
		return [segment(`${theme.glyph('error')} in ${secondsTo(restsUntil, now)}`, theme.style('error'))];
	}
	if (outcome === 'cancelled') return [segment(theme.glyph('info'), theme.style('dim'))];
	if (typeof outcome === 'string' || outcome >= 400) {
		return [segment(`${theme.glyph('error')} ${outcome}`, theme.style('error'))];
	}
	if (took < slow) return [segment(theme.glyph('ok'), theme.style('ok'))];
	return [segment(`${theme.glyph('critical')} ${(took / second).toFixed(1)}s`, theme.style('warning'))];
}

/** `clock +10m`: it dates what it tells by a clock that is so far ahead of ours. */
const clockMarkOf = ({ ahead }: Health, theme: Theme): readonly Segment[] =>
	ahead === undefined
		? []
		: [segment(` clock ${ahead > 0 ? '+' : '-'}${formatAge(roundedClock(Math.abs(ahead)))}`, theme.style('warning'))];

/** An answer tells the second in which it was written, and not when in it. */
const roundedClock = (ahead: Milliseconds): Milliseconds =>
	ahead < minute ? ahead : Math.round(ahead / 10_000) * 10_000;

/** The window, shortened as far as it must be for a headline of so many columns to be whole. */
function clockSegments(state: State, headline: number, theme: Theme): readonly Segment[] {
	const waiting = waitSegments(state, theme);
	const pace = paceSegments(state, theme);
	const room = state.size.width - headline - 1 - widthOfSegments([...waiting, ...pace]);
	const words = windowWords(state);
	// A headline that is cut anyway leaves the ends of the window.
	const text = words.find(each => widthOf(each) <= room) ?? words.at(-2) ?? '';
	return [...waiting, segment(text, theme.style('dim')), ...pace];
}

/** That live updates are paused, or come more seldom than usual, and why. */
function paceSegments(state: State, theme: Theme): readonly Segment[] {
	const place = shownPlace(state);
	if (!isLive(place.window) || isAskedOnce(place)) return [];
	if (state.paused) return [segment('  paused', theme.style('warning'))];
	const words = paceWords(paceOf(state, place, slotAt(state, place) ?? { askedAt: state.now }));
	return words === undefined ? [] : [segment(`  ${words}`, theme.style('dim'))];
}

/** What is on show may be old, or half of it: whoever is asked has not answered yet. */
function waitSegments(state: State, theme: Theme): readonly Segment[] {
	const since = askedSince(state);
	if (since === undefined) return [];
	const waited = Math.floor((state.now - since) / second) * second;
	return [segment(`asking ${formatDuration(waited)}  `, theme.style('warning'))];
}

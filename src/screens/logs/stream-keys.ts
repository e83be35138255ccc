import { streamsIn } from '../../analysis/log-streams.ts';
import { selectorOf } from '../../analysis/logql.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, type Completion, type LinePrompt, type Outcome, prompt, refuse, stay } from '../screen.ts';
import type { LogsShown, LogsState } from './state.ts';

/** Selectors that the lines of the service may be read from as well: by another label, or of another name. */
function choicesOf({ findings, place }: LogsShown): readonly string[] {
	const target = lastValueOf(findings.target);
	if (target === undefined) return [];
	const near = target.near
		.filter(name => name !== place.service)
		.map(value => selectorOf([{ name: 'service_name', operator: '=', value }]));
	return [...new Set([target.selector, ...target.others, ...near])].filter(selector => selector !== '');
}

/** The next choice that begins with what was typed; one after the other when the line is a choice itself. */
function completed(text: string, choices: readonly string[]): Completion {
	const at = choices.indexOf(text);
	const next = at < 0 ? choices.find(choice => choice.startsWith(text)) : choices[(at + 1) % choices.length];
	const line = next ?? text;
	return { text: line, cursor: line.length, choices };
}

/** A selector, with or without stages behind it. */
function isQuery(text: string): boolean {
	const streams = streamsIn(text);
	return streams !== undefined && /^\s*(?:$|[|!])/.test(text.slice(streams.length));
}

/** The streams of a service as the operator knows them; for this run and, in a saved profile, for the next. */
export const streamsPrompt: LinePrompt<LogsPlace, LogsFindings, LogsState> = {
	label: 'its lines are in ',
	hint: 'enter keeps it  tab another  an empty line goes back to what is found',
	begin: ({ findings }) => lastValueOf(findings.target)?.selector ?? '',
	problem: text =>
		text.trim() === '' || isQuery(text.trim()) ? undefined : 'Type a stream selector, for instance {app="ledger"}.',
	complete: (field, shown) => completed(field.text, choicesOf(shown)),
	enter: (text, { place: { service }, findings, state }) => {
		const selector = text.trim();
		const target = lastValueOf(findings.target);
		if (service === undefined || (selector === target?.selector && !target.remembered)) return stay(state);
		return { type: 'select', streams: { service, selector } };
	},
};

const noService = 'These are not the lines of a service. : goes to others.';

const choose = ({ place }: LogsShown): Outcome<LogsState> =>
	place.service === undefined ? refuse(noService) : prompt('streams');

export const streamKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['S'],
		label: 'streams',
		help: 'Say in which streams the lines of this service are, when they were not found where they are; the profile remembers it.',
		run: choose,
	},
];

import type { Milliseconds } from '../../src/model/time.ts';
import { minute } from '../../src/model/time.ts';
import type { Fault } from './fault-proxy.ts';
import * as faults from './faults.ts';

/** What a fault must come to on every screen. */
export type Column = {
	readonly name: string;
	readonly fault: Fault;
	/**
	 * `told`: the screen says so, with whom, and it ends with the fault. `harmless`: the screen is as it would be without.
	 * `marked`: the same but for the words of it.
	 */
	readonly comes: 'told' | 'harmless' | 'marked';
	/** The words that say what is wrong; what the screen must show is all of them. */
	readonly says: RegExp;
	/** The fault goes on until somebody gives up. */
	readonly lasts?: boolean;
};

export type ColumnSizes = {
	readonly now: () => Milliseconds;
	/** Bytes of an answer that is too large. */
	readonly huge: number;
};

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

/** Every fault, in the order of the matrix. */
export const columnsOf = ({ now, huge }: ColumnSizes): readonly Column[] => [
	told('refused', 'refuses', /refused the connection/),
	told('reset before headers', faults.resetsBeforeHeaders, /closed the connection before it answered/),
	told('reset after headers', faults.resetsAfterHeaders, /closed the connection in the middle of its answer/),
	lasting('stalled before headers', faults.stallsBeforeHeaders),
	lasting('stalled after headers', faults.stallsAt(0)),
	lasting('stalled in the body', faults.stallsAt(40)),
	lasting('trickle', faults.trickles()),
	told('truncated', faults.truncates(), /closed the connection in the middle of its answer/),
	told('damaged JSON', faults.corruptsJson, /JSON that breaks off or is damaged/),
	told('JSON cut off', faults.cutsJson, /JSON that breaks off or is damaged/),
	told('401', faults.answers(401, 'token expired'), /wants credentials, and was sent none \(401\)/),
	told('403', faults.answers(403, 'not yours'), /does not allow this \(403\)/),
	told('404', faults.answers(404, '404 page not found'), /does not know \/\S+/),
	told('413', faults.answers(413, 'too large'), /finds the question or its answer too large \(413\)/),
	told(
		'422',
		faults.answers(422, 'cannot do this'),
		/could not run the query \(422\)|gives no trace as large as this|did not accept the question \(422\)/,
	),
	told('429', faults.answers(429, 'slow down'), /asks for fewer questions \(429\)/),
	told(
		'429, Retry-After',
		faults.answers(429, 'slow down', { 'retry-after': '37' }),
		/(?=.*\b37 s)(?=.*asks for fewer questions \(429\))/,
	),
	told('500', faults.answers(500, 'out of memory'), /failed \(500\)/),
	told('502', faults.answers(502, '<html>Bad Gateway</html>', html), /gateway that cannot reach it \(502\)/),
	told('503', faults.answers(503, 'Service Unavailable'), /not ready or overloaded \(503\)/),
	told('504', faults.answers(504, 'upstream timed out'), /did not answer its gateway in time \(504\)/),
	told('login page', faults.answers(200, faults.loginPage, html), /web page instead of JSON/),
	told('empty 200', faults.answers(200, '', json), /answered nothing/),
	told('204', faults.answersNothing, /answered nothing/),
	told('text as JSON', faults.answers(200, 'all is well', json), /something that is not JSON \(200\)/),
	told(
		'protobuf',
		faults.answers(200, '\n\u0003\u0001abc', { 'content-type': 'application/protobuf' }),
		/something that is not JSON \(200\)/,
	),
	harmless('JSON as text', faults.namesType('text/plain')),
	harmless('JSON as HTML', faults.namesType('text/html')),
	told('redirect, same host', faults.redirects(), /redirects to http:\/\/127\.0\.0\.1/),
	told('redirect, other host', faults.redirects('login.example'), /redirects to https:\/\/login\.example/),
	told('gzip that is none', faults.liesAboutGzip, /compressed answer that is damaged/),
	told('gzip unannounced', faults.hidesGzip, /something that is not JSON \(200\)/),
	told('gzip cut off', faults.cutsGzip, /compressed answer that breaks off/),
	told('gzip bomb', faults.answersWithBomb(huge), /answered more than/),
	told('huge body', faults.answersHugely(huge), /answered more than/),
	marked('clock 10 min ahead', faults.hasClock(10 * minute, now), /clock \+10m/),
	marked('clock 10 min behind', faults.hasClock(-10 * minute, now), /clock -10m/),
	harmless('series twice', faults.duplicatesSeries),
	harmless('series reordered', faults.reordersSeries),
];

const told = (name: string, fault: Fault, says: RegExp): Column => ({ name, fault, comes: 'told', says });

const lasting = (name: string, fault: Fault): Column => ({
	...told(name, fault, /did not answer within/),
	lasts: true,
});

const harmless = (name: string, fault: Fault): Column => ({ name, fault, comes: 'harmless', says: /(?:)/ });

const marked = (name: string, fault: Fault, says: RegExp): Column => ({ name, fault, comes: 'marked', says });

/** What a field of a log line is for. */
export type FieldRole = 'time' | 'level' | 'message' | 'service' | 'logger' | 'request' | 'trace' | 'span';

/** A role and how good a claim the name has on it: 0 is the best. */
export type RoleClaim = { readonly role: FieldRole; readonly rank: number };

/**
 * The names that loggers give to their fields, best claim first (zap, slog, logrus, zerolog, pino, bunyan, winston, structlog,
 * logstash-encoder, ECS, GELF, Serilog, GCP, AWS, .NET, MongoDB, PostgreSQL, OpenTelemetry…). Written without `_ - .`
 * and in lower case, as `plainName` makes them.
 */
const names: Readonly<Record<FieldRole, readonly string[]>> = {
	time: words(
		'@timestamp timestamp time ts @t t datetime date eventtime loggedat asctime starttime startutc instant timemillis ' +
			'timestampseconds timestampnanos observedtimestamp timelocal timeiso8601 t$date recordtimetimestamp recordtimerepr ' +
			'instantepochsecond instantnanoofsecond',
	),
	level: words(
		'level lvl severity severitytext loglevel levelname levelvalue recordlevelname errorseverity severitynumber @l levelno ' +
			'recordlevelno priority l s',
	),
	message: words(
		'message msg @m renderedmessage fieldsmessage shortmessage recordmessage @mt messagetemplate body event log text m',
	),
	service: words('servicename service otelservicename ddservice app application appname component'),
	logger: words('logger loggername loglogger caller sourcecontext target category module'),
	request: words(
		'requestid reqid xrequestid httprequestid requestrequestid correlationid xcorrelationid corrid awsrequestid ' +
			'functionrequestid tracerequestid rid operationid amzrequestid xamzrequestid xamzcfid cfray rayid transactionid ' +
			'connectionid messageid jobid jid taskid conversationid uow idempotencykey sessionid',
	),
	trace: words(
		'traceid oteltraceid @tr ddtraceid logginggoogleapiscomtrace traceparent xb3traceid b3 ubertraceid xamzntraceid ' +
			'xraytraceid spantraceid trace operationid',
	),
	span: words('spanid otelspanid @sp ddspanid logginggoogleapiscomspanid xb3spanid spanspanid'),
};

/** Objects that loggers wrap their fields in: `attributes.trace_id` means what `trace_id` means. */
const wrapper =
	/^(?:(?:attributes?|attr|resources?|fields|context|ctx|contextmap|mdc|metadata|extra|properties|labels|data|record|kubernetes|json|state|scopes?|req\.headers|request\.headers|headers)\.){1,3}/;

function words(text: string): readonly string[] {
	return text.split(' ');
}

/** A name without `_ - .` and camel case, for comparing. */
export const plainName = (name: string): string => name.replace(/[_.\-/]/g, '').toLowerCase();

const claims = new Map<string, readonly RoleClaim[]>();
for (const role of Object.keys(names) as readonly FieldRole[]) {
	names[role].forEach((name, rank) => {
		claims.set(name, [...(claims.get(name) ?? []), { role, rank }]);
	});
}

const none: readonly RoleClaim[] = [];
/** What is wrapped steps back behind what is not: logrus moves a field `msg` of the program's own to `fields.msg`. */
const wrapped = (claims: readonly RoleClaim[]): readonly RoleClaim[] =>
	claims.map(({ role, rank }) => ({ role, rank: rank + 0.5 }));
const known = new Map<string, readonly RoleClaim[]>();
/** Lines may hold any number of different names; those in use fit well within this. */
const mostKnown = 5000;

/** What a field of this name may be, as loggers use the name; most names are nothing in particular. */
export function rolesOf(name: string): readonly RoleClaim[] {
	const before = known.get(name);
	if (before !== undefined) return before;
	const lower = name.toLowerCase();
	const inner = lower.replace(wrapper, '');
	const found =
		claims.get(plainName(lower)) ?? (inner === lower ? none : wrapped(claims.get(plainName(inner)) ?? none));
	if (known.size >= mostKnown) known.clear();
	known.set(name, found);
	return found;
}

/** How good a claim a field of this name has on a role; `undefined` when it has none. */
export function rankFor(role: FieldRole, name: string): number | undefined {
	for (const claim of rolesOf(name)) if (claim.role === role) return claim.rank;
	return undefined;
}

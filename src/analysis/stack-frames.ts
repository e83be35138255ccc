/** A line of a stack trace: V8, JVM, Python, Go, .NET, Ruby, PHP, Rust. */
export const isFrame = (line: string): boolean =>
	/^\s*(?:at\s|File "|\.\.\. \d+ (?:more|common)|#\d+ |\d+: |from .+:\d+|goroutine \d|[\w./*()-]+\(.*\)$|.+\.(?:go|rs|py|rb):\d+)/.test(
		line,
	);

/**
 * The innermost frames of the program's own code, where the trace begins in code of others: that is where somebody can
 * look. None where nothing tells one from the other, and where the first frame is the program's own already.
 */
export function ownFramesOf(stack: string): readonly string[] {
	const frames = framesOf(stack);
	const own = frames.filter(frame => !isForeign(frame));
	return own.length > 0 && frames[0] !== own[0] ? own.slice(0, mostFrames) : [];
}

/** What an exception was caused by in the end: the last `Caused by` (JVM), `--->` (.NET) or `[cause]` (V8). */
export const rootCauseIn = (stack: string): string | undefined =>
	linesOf(stack)
		.findLast(line => cause.test(line))
		?.replace(cause, '')
		.trim();

const cause = /^\s*(?:Caused by: |---> |\[cause\]: )/;

const mostFrames = 3;

/** Stacks of a recursion without end have thousands of lines. */
const linesOf = (stack: string): readonly string[] => stack.slice(0, 100_000).split(/\r?\n/);

/** Frames, the innermost first, each on one line: Go has its place on a line of its own, Python the source line. */
function framesOf(stack: string): readonly string[] {
	const lines = linesOf(stack);
	if (/^Traceback \(most recent call last\)/m.test(stack)) {
		return lines
			.filter(line => /^\s*File "/.test(line))
			.map(line => line.trim())
			.reverse();
	}
	return lines.flatMap((line, index) => {
		if (goPlace.test(line)) return [];
		const place = lines[index + 1] ?? '';
		if (goPlace.test(place)) return [`${line.trim()} ${place.trim()}`];
		return isFrame(line) && !/^\s*(?:\.\.\. \d+|goroutine )/.test(line) ? [line.trim()] : [];
	});
}

const goPlace = /^\s+\S+\.go:\d+/;

/** Frames of runtimes and packages, by where each language keeps them and by the well-known roots of the JVM and .NET. */
const foreign: readonly RegExp[] = [
	/\bnode:|\/node_modules\/|\(internal\/|at (?:async )?(?:Promise|Array|Map|Object)\.\w+ \(<anonymous>\)|\(<anonymous>\)/,
	/^at (?:[\w.-]+\/{1,2})?(?:javax?|jdk|sun|com\.sun|kotlinx?|scala|groovy|reactor|okhttp3|rx|jakarta)\./,
	/^at (?:[\w.-]+\/{1,2})?(?:org\.(?:springframework|apache|hibernate|postgresql|eclipse|jboss|mongodb|mariadb|jooq|junit)|io\.(?:netty|grpc|opentelemetry|undertow|quarkus|vertx|micrometer|lettuce|ktor|r2dbc)|com\.(?:zaxxer|mysql|google|fasterxml|microsoft|amazonaws|netflix|rabbitmq)|net\.bytebuddy|redis\.clients|ch\.qos)\./,
	/^at (?:System|Microsoft|Npgsql|Grpc|MySqlConnector|StackExchange|Polly|Dapper|lambda_method)\b/,
	/\/(?:site|dist)-packages\/|\/lib\/python\d|<frozen /,
	/\/(?:usr\/local\/go|go\d[\d.]*|libexec)\/src\/|\/pkg\/mod\/|\/vendor\/|\[internal function\]/,
	/\/gems\/|\/lib\/ruby\/|<internal:/,
	/\/rustc\/|\.cargo\/registry|(?:^|\s)<?(?:std|core|alloc|tokio|hyper|tower|rust_begin_unwind)\b(?:::|$)/,
];

const isForeign = (frame: string): boolean => foreign.some(pattern => pattern.test(frame));
